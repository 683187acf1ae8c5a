package dev.signalbox.web;

import dev.signalbox.accounts.Accounts;
import dev.signalbox.accounts.Change;
import dev.signalbox.accounts.Invitation;
import dev.signalbox.accounts.Invitations;
import dev.signalbox.accounts.Invite;
import dev.signalbox.accounts.Member;
import dev.signalbox.accounts.Members;
import dev.signalbox.accounts.Permission;
import dev.signalbox.accounts.Role;
import dev.signalbox.accounts.TeamScope;
import dev.signalbox.web.Draft.Nothing;
import dev.signalbox.web.Places.TeamTab;
import dev.signalbox.web.TeamPage.MadeLink;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The team: its members and their roles, and the links by which others come in. */
final class TeamPages {
    private static final String LAST_OWNER =
            " is the only owner, and a team always has one. Nothing was changed." + " Make somebody else owner first.";

    private final Resources resources;
    private final Accounts accounts;
    private final Members members;
    private final Invitations invitations;
    private final Places places;
    private final Clock clock;

    TeamPages(Resources resources, Features features, Places places, Clock clock) {
        this.resources = resources;
        this.accounts = features.accounts();
        this.members = features.members();
        this.invitations = features.invitations();
        this.places = places;
        this.clock = clock;
    }

    List<PageRoute<?, ?>> routes() {
        var team = resources.team().at(Paths.TEAM);
        var member = member();
        return List.of(
                team.get("", "team.page", "Who is in the team, and what each may.")
                        .needs(Permission.READ_TEAM)
                        .page(this::show),
                team.get("/leave", "members.leave.page", "What ends with leaving the team.")
                        .everyMember("everybody may leave")
                        .page(this::askToLeave),
                team.post("/leave", "members.remove", "Leaves the team.")
                        .everyMember("everybody may leave")
                        .page(this::leave)
                        .afterPassword()
                        .recordedByFeature(),
                member.post("/role", "members.change-role", "Gives somebody another role.")
                        .needs(Permission.MANAGE_MEMBERS)
                        .takes(RoleForm.class)
                        .page(this::changeRole)
                        .afterPassword()
                        .recordedByFeature(),
                member.get("/remove", "members.remove.page", "What ends when somebody is taken out of the team.")
                        .needs(Permission.MANAGE_MEMBERS)
                        .page(this::askToRemove),
                member.post("/remove", "members.remove", "Takes somebody out of the team.")
                        .needs(Permission.MANAGE_MEMBERS)
                        .page(this::remove)
                        .afterPassword()
                        .recordedByFeature(),
                team.post("/invitations", "invitations.create", "Makes a link by which somebody comes in.")
                        .needs(Permission.MANAGE_MEMBERS)
                        .takes(RoleForm.class)
                        .page(this::invite)
                        .afterPassword()
                        .recordedByFeature(),
                invitation()
                        .post("/revoke", "invitations.revoke", "Ends a link that nobody has used.")
                        .needs(Permission.MANAGE_MEMBERS)
                        .page(this::revoke)
                        .recordedByFeature());
    }

    private Resource<Member> member() {
        return new Resource<>(
                Paths.TEAM + "/members/{person}",
                (caller, names) -> members.list(caller.team()).stream()
                        .filter(member -> member.person().id().equals(names.get("person")))
                        .findFirst());
    }

    private Resource<Invitation> invitation() {
        return new Resource<>(
                Paths.TEAM + "/invitations/{invitation}",
                (caller, names) -> invitations.list(caller.team()).stream()
                        .filter(invitation -> invitation.id().equals(names.get("invitation")))
                        .findFirst());
    }

    record RoleForm(String role) {}

    /** @param last whether they are the only owner, who cannot go */
    record GoPage(String name, String email, boolean you, boolean last, String team, String path) {}

    // The page --------------------------------------------------------------------------------------------------------

    private Reply show(PageCall<TeamScope, Nothing> call) {
        return page(call, null, null);
    }

    private Reply.View page(PageCall<?, ?> call, @Nullable MadeLink made, @Nullable String problem) {
        var caller = call.caller();
        var team = caller.team();
        var mayManage = caller.may(Permission.MANAGE_MEMBERS);
        var reader = call.session().person().id();
        var list = members.list(team);
        var people = list.size() == 1 ? "You are alone in " : list.size() + " people in ";
        var page = new TeamPage(
                people + accounts.teamName(team)
                        + ". Who can do what is in the table below; every change is in the audit log.",
                list.stream()
                        .map(member -> TeamPage.row(member, reader, caller.role(), mayManage, clock))
                        .toList(),
                mayManage,
                TeamPage.choices(caller.role(), Role.MEMBER),
                mayManage ? invitations.list(team).stream().map(this::row).toList() : List.of(),
                TeamPage.titles(),
                Rights.table(),
                made,
                problem);
        return Reply.view("team", page, places.team(TeamTab.TEAM, caller));
    }

    private TeamPage.InvitationRow row(Invitation invitation) {
        return TeamPage.row(invitation, clock);
    }

    // Members ---------------------------------------------------------------------------------------------------------

    private Reply changeRole(PageCall<Member, RoleForm> call) {
        var person = call.resource().person();
        var role = Role.parse(call.form().role());
        if (role.isEmpty()) return page(call, null, notOffered()).refused();
        return switch (members.changeRole(call.caller(), person.id(), role.get(), call.visit())) {
            case Change.Done() ->
                new Reply.Go(
                        Paths.TEAM,
                        person.name() + " is " + role.get().word() + " now. It holds from their next click.");
            case Change.LastOwner() ->
                page(call, null, person.name() + LAST_OWNER).status(409);
            case Change.NoSuchMember() -> throw new Refusal(Problem.NOT_FOUND);
            case Change.RoleTooWeak(var needed) -> throw new Refusal(Problem.roleTooWeak(needed));
        };
    }

    private Reply askToRemove(PageCall<Member, Nothing> call) {
        return go(
                call,
                call.resource(),
                Paths.TEAM + "/members/" + call.resource().person().id() + "/remove");
    }

    private Reply remove(PageCall<Member, Nothing> call) {
        var person = call.resource().person();
        return switch (members.remove(call.caller(), person.id(), call.visit())) {
            case Change.Done() ->
                new Reply.Go(
                        Paths.TEAM,
                        person.name() + " is out of the team. Their sessions, tokens and invitations have ended.");
            case Change.LastOwner() ->
                page(call, null, person.name() + LAST_OWNER).status(409);
            case Change.NoSuchMember() -> throw new Refusal(Problem.NOT_FOUND);
            case Change.RoleTooWeak(var needed) -> throw new Refusal(Problem.roleTooWeak(needed));
        };
    }

    private Reply askToLeave(PageCall<TeamScope, Nothing> call) {
        return go(call, reader(call), Paths.TEAM + "/leave");
    }

    private Reply leave(PageCall<TeamScope, Nothing> call) {
        var person = call.session().person();
        return switch (members.remove(call.caller(), person.id(), call.visit())) {
            case Change.Done(), Change.NoSuchMember() -> Reply.go(SignInPages.SIGN_IN);
            case Change.LastOwner() ->
                page(call, null, person.name() + LAST_OWNER).status(409);
            case Change.RoleTooWeak(var needed) -> throw new Refusal(Problem.roleTooWeak(needed));
        };
    }

    private Member reader(PageCall<?, ?> call) {
        var id = call.session().person().id();
        return members.list(call.caller().team()).stream()
                .filter(member -> member.person().id().equals(id))
                .findFirst()
                .orElseThrow(() -> new Refusal(Problem.NOT_FOUND));
    }

    private Reply go(PageCall<?, ?> call, Member member, String path) {
        var person = member.person();
        var caller = call.caller();
        var you = person.id().equals(call.session().person().id());
        if (!you && !caller.role().covers(member.role())) throw new Refusal(Problem.roleTooWeak(member.role()));
        var owners = members.list(caller.team()).stream()
                .filter(other -> other.role() == Role.OWNER)
                .count();
        var page = new GoPage(
                person.name(),
                person.email(),
                you,
                member.role() == Role.OWNER && owners == 1,
                accounts.teamName(caller.team()),
                path);
        return Reply.view("member-go", page, places.team(TeamTab.TEAM, caller));
    }

    // Invitations -----------------------------------------------------------------------------------------------------

    private Reply invite(PageCall<TeamScope, RoleForm> call) {
        var role = Role.parse(call.form().role());
        if (role.isEmpty()) return page(call, null, notOffered()).refused();
        return switch (invitations.create(call.caller(), role.get(), call.visit())) {
            case Invite.Made(var invitation, var link) ->
                page(
                        call,
                        new MadeLink(
                                call.origin() + Paths.JOIN + "/" + link.reveal(),
                                role.get().word(),
                                Moment.minute(invitation.expiresAt())),
                        null);
            case Invite.RoleTooWeak(var needed) -> throw new Refusal(Problem.roleTooWeak(needed));
        };
    }

    private Reply revoke(PageCall<Invitation, Nothing> call) {
        var revoked = invitations.revoke(call.caller(), call.resource().id(), call.visit());
        return new Reply.Go(
                Paths.TEAM,
                revoked
                        ? "Revoked. The link leads nowhere any more."
                        : "Nothing was revoked: it was used meanwhile, or it makes more than you are.");
    }

    private static String notOffered() {
        return "Choose one of the roles that are offered. Nothing was changed.";
    }
}
