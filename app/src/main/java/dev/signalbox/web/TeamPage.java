package dev.signalbox.web;

import dev.signalbox.accounts.Invitation;
import dev.signalbox.accounts.Member;
import dev.signalbox.accounts.Role;
import dev.signalbox.web.Rights.Right;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is in the team, who is invited, and what each may.
 *
 * @param mayManage whether the reader invites and changes others
 * @param offered the roles that the reader may give
 * @param made an invitation that was just made, shown this once
 * @param problem why what was asked was not done; null when nothing was
 */
record TeamPage(
        String summary,
        List<MemberRow> members,
        boolean mayManage,
        List<Choice> offered,
        List<InvitationRow> invitations,
        List<String> roles,
        List<Right> rights,
        @Nullable MadeLink made,
        @Nullable String problem) {
    TeamPage {
        members = List.copyOf(members);
        offered = List.copyOf(offered);
        invitations = List.copyOf(invitations);
        roles = List.copyOf(roles);
        rights = List.copyOf(rights);
    }

    /**
     * Somebody in the team.
     *
     * @param choices the roles they can be given; empty where the reader may not change it
     * @param leave whether they go by themselves, because they are the reader
     * @param goPath where they can be taken out, or leave; null where the reader may not do that
     */
    record MemberRow(
            String path,
            String name,
            String initials,
            String email,
            boolean you,
            String role,
            List<Choice> choices,
            @Nullable Moment seen,
            boolean leave,
            @Nullable String goPath) {}

    record InvitationRow(String path, String role, String about) {}

    record MadeLink(String link, String role, String until) {}

    static MemberRow row(Member member, String reader, Role mine, boolean mayManage, Clock clock) {
        var person = member.person();
        var you = person.id().equals(reader);
        var mayChange = mayManage && !you && mine.covers(member.role());
        var path = Paths.TEAM + "/members/" + person.id();
        return new MemberRow(
                path,
                person.name(),
                Frame.initials(person.name()),
                person.email(),
                you,
                title(member.role()),
                mayChange ? choices(mine, member.role()) : List.of(),
                Moment.ofNullable(member.seenAt(), clock),
                you,
                goPath(you, mayChange, path));
    }

    private static @Nullable String goPath(boolean you, boolean mayChange, String path) {
        if (you) return Paths.TEAM + "/leave";
        return mayChange ? path + "/remove" : null;
    }

    static InvitationRow row(Invitation invitation, Clock clock) {
        var left = JoinPages.left(invitation.expiresAt(), clock.instant());
        return new InvitationRow(
                Paths.TEAM + "/invitations/" + invitation.id(),
                title(invitation.role()),
                left + " left · made "
                        + Moment.of(invitation.createdAt(), clock).text() + " by " + invitation.by());
    }

    /** The roles that somebody of this role may give, the most powerful first. */
    static List<Choice> choices(Role giver, Role chosen) {
        return Arrays.stream(Role.values())
                .filter(giver::covers)
                .map(role -> new Choice(role.word(), title(role), role == chosen))
                .toList()
                .reversed();
    }

    static List<String> titles() {
        return Arrays.stream(Role.values()).map(TeamPage::title).toList();
    }

    static String title(Role role) {
        return Words.capital(role.word());
    }
}
