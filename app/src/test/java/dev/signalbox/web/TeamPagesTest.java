package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.accounts.Accounts.TokenRequest;
import dev.signalbox.accounts.AuditKit;
import dev.signalbox.accounts.Member;
import dev.signalbox.accounts.Permission;
import dev.signalbox.accounts.Role;
import dev.signalbox.accounts.Scope;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The team's page, and the way in that it makes for others. */
class TeamPagesTest {
    private static final Pattern LINK = Pattern.compile("id=\"link\">http://[^/<]+(/join/[A-Za-z0-9_-]{43})<");

    @TempDir
    Path directory;

    private World world;
    private Browsing owner;
    private Browsing viewer;
    private Visitor visitor;

    @BeforeEach
    void start() {
        world = new World(directory).start();
        owner = world.signIn(Role.OWNER);
        viewer = world.signIn(Role.VIEWER);
        visitor = Visitor.of(world);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void anOwnerSeesAllOfIt() {
        var page = owner.get("/team");
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        assertThat(page.body())
                .contains("3 people in team", name(viewer), name(owner), "Invite somebody", "Open invitations")
                .contains("Role of " + name(viewer), "/team/leave")
                .doesNotContain("Role of " + name(owner), "${", "th:");
        assertThat(page.body().split("<th scope=\"row\">", -1)).hasSize(Permission.values().length + 1);
        assertThat(page.body().length()).isLessThan(45_000);
    }

    @Test
    void aViewerSeesItWithoutForms() {
        var page = viewer.get("/team");
        assertThat(page.status()).isEqualTo(200);
        assertThat(main(page))
                .contains(name(owner), "What each role can do", "/team/leave")
                .doesNotContain("<form", "<select", "Invite somebody", "Open invitations", "/remove");
        assertThat(page.body()).doesNotContain("href=\"/audit\"");
        for (var path : new String[] {"/team/invitations", path(owner) + "/role", path(owner) + "/remove"}) {
            assertThat(viewer.send(path, role(path)).status()).as(path).isEqualTo(403);
        }
        assertThat(viewer.get(path(owner) + "/remove").status()).isEqualTo(403);
    }

    private static Map<String, String> role(String path) {
        return path.endsWith("/remove") ? Map.of() : Map.of("role", "viewer");
    }

    @Test
    void aRoleIsChangedAndHoldsAtOnce() {
        var done = owner.send(path(viewer) + "/role", Map.of("role", "admin"));
        assertThat(done.status()).isEqualTo(303);
        assertThat(done.header("Location")).hasValue("/team");
        assertThat(viewer.get("/audit").status()).isEqualTo(200);
        assertThat(AuditKit.recent(world.audit, world.team, 5))
                .filteredOn(line -> line.action().equals("members.change-role"))
                .singleElement()
                .satisfies(line -> assertThat(line.object()).isEqualTo(name(viewer)));
        assertThat(owner.send(path(viewer) + "/role", Map.of("role", "admin")).status())
                .as("twice is once")
                .isEqualTo(303);
    }

    @Test
    void whatIsRefusedIsSaidAndChangesNothing() {
        var unknown = owner.send(path(viewer) + "/role", Map.of("role", "emperor"));
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.body()).contains("Choose one of the roles that are offered. Nothing was changed.");
        var admin = world.signIn(Role.ADMIN);
        var tooWeak = admin.send(path(viewer) + "/role", Map.of("role", "owner"));
        assertThat(tooWeak.status()).isEqualTo(403);
        assertThat(tooWeak.body()).contains("This needs the role owner. Ask somebody of your team who has it.");
        assertThat(admin.get(path(owner) + "/remove").status()).isEqualTo(403);
        assertThat(roleOf(viewer)).isEqualTo(Role.VIEWER);
        assertThat(owner.send("/team/members/per_000000000000/role", Map.of("role", "admin"))
                        .status())
                .isEqualTo(404);
        var foreign = world.signIn(world.otherTeam, Role.VIEWER);
        assertThat(owner.send(path(foreign) + "/role", Map.of("role", "admin")).status())
                .isEqualTo(404);
        assertThat(AuditKit.recent(world.audit, world.team, 50))
                .noneMatch(line -> line.action().equals("members.change-role")
                        && line.outcome().equals("done"));
    }

    @Test
    void theLastOwnerStays() {
        var alone = world.signIn(world.otherTeam, Role.OWNER);
        assertThat(alone.get("/team/leave").body())
                .contains("the only owner, and a team always has one")
                .doesNotContain("btn stop sure");
        var refused = alone.send("/team/leave", Map.of());
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body())
                .contains("is the only owner", "Nothing was changed. Make somebody else owner first.");
        assertThat(alone.send(path(alone) + "/role", Map.of("role", "viewer")).status())
                .isEqualTo(409);
        assertThat(alone.get("/team").status()).isEqualTo(200);
    }

    @Test
    void whoIsRemovedIsOutAtOnce() {
        var token = world.accounts.createToken(
                world.team,
                new TokenRequest(
                        "theirs",
                        Role.VIEWER,
                        EnumSet.allOf(Scope.class),
                        null,
                        null,
                        viewer.session().person().id()));
        var question = owner.get(path(viewer) + "/remove");
        assertThat(question.body()).contains("Remove " + name(viewer), "signed out at once", "tokens");
        assertThat(owner.send(path(viewer) + "/remove", Map.of()).status()).isEqualTo(303);
        assertThat(viewer.get("/team").status()).isEqualTo(303);
        assertThat(world.http()
                        .get("/api/v1/whoami")
                        .as(token.text().reveal())
                        .send()
                        .status())
                .isEqualTo(401);
        assertThat(owner.send(path(viewer) + "/remove", Map.of()).status())
                .as("a second time there is nobody")
                .isEqualTo(404);
        assertThat(AuditKit.recent(world.audit, world.team, 1).getFirst().action())
                .isEqualTo("members.remove");
    }

    @Test
    void everybodyMayLeave() {
        assertThat(viewer.get("/team/leave").body()).contains("Leave team?", "You are signed out at once");
        var left = viewer.send("/team/leave", Map.of());
        assertThat(left.header("Location")).hasValue("/sign-in");
        assertThat(viewer.get("/team").status()).isEqualTo(303);
    }

    @Test
    void anInvitationLetsOneIn() {
        var made = owner.send("/team/invitations", Map.of("role", "member"));
        assertThat(made.status()).as(made.body()).isEqualTo(200);
        assertThat(made.body()).contains("Shown only now", "It works once");
        var path = linkIn(made);
        assertThat(owner.get("/team").body()).contains("7 days left").doesNotContain(path);
        var asked = visitor.get(path);
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.body())
                .contains("<h1>Join team</h1>", name(owner), "<strong>member</strong>", "Deploy, go back, cancel")
                .doesNotContain("Read the audit log");
        var joined = visitor.send(path, newcomer());
        assertThat(joined.status()).as(joined.body()).isEqualTo(303);
        var page = visitor.with(Visitor.cookieOf(joined)).get("/team");
        assertThat(page.body()).contains("Priya Raman", "priya@acme.example");
        for (var again : new Http.Reply[] {visitor.get(path), visitor.send(path, newcomer())}) {
            assertThat(again.status()).isEqualTo(410);
            assertThat(again.body()).contains("This invitation does not work any more", "Nothing was changed.");
        }
        assertThat(world.members.list(world.team)).hasSize(4);
    }

    @Test
    void whatIsWrongWithANewcomerLeavesTheLinkGood() {
        var path = linkIn(owner.send("/team/invitations", Map.of("role", "viewer")));
        var tooShort =
                visitor.send(path, Map.of("name", "Priya Raman", "email", "priya@acme.example", "password", "short"));
        assertThat(tooShort.status()).isEqualTo(422);
        assertThat(tooShort.body()).contains("Use at least 12", "value=\"Priya Raman\"", "id=\"password-e\"");
        var taken = visitor.send(
                path,
                Map.of("name", "Priya", "email", viewer.session().person().email(), "password", "not the right one"));
        assertThat(taken.status()).isEqualTo(422);
        assertThat(taken.body()).contains("Somebody here has or had this address.", "The link still works.");
        var crossSite = visitor.form(path, newcomer())
                .with("Sec-Fetch-Site", "cross-site")
                .send();
        assertThat(crossSite.status()).isEqualTo(403);
        assertThat(visitor.send(path, newcomer()).status()).isEqualTo(303);
    }

    @Test
    void aLinkEndsWhenItIsRevokedOrOld() {
        var revoked = linkIn(owner.send("/team/invitations", Map.of("role", "viewer")));
        var id = world.invitations.list(world.team).getFirst().id();
        assertThat(viewer.send("/team/invitations/" + id + "/revoke", Map.of()).status())
                .isEqualTo(403);
        assertThat(visitor.get(revoked).status()).isEqualTo(200);
        assertThat(owner.send("/team/invitations/" + id + "/revoke", Map.of()).status())
                .isEqualTo(303);
        assertThat(owner.send("/team/invitations/" + id + "/revoke", Map.of()).status())
                .as("the second time there is none")
                .isEqualTo(404);
        assertThat(visitor.get(revoked).status()).isEqualTo(410);
        var old = linkIn(owner.send("/team/invitations", Map.of("role", "viewer")));
        world.clock.advance(Duration.ofDays(7));
        assertThat(visitor.get(old).status()).isEqualTo(410);
        assertThat(visitor.get("/join/x").status()).isEqualTo(410);
    }

    @Test
    void nobodyInvitesToMoreThanTheyAre() {
        var admin = world.signIn(Role.ADMIN);
        assertThat(admin.get("/team").body()).doesNotContain("<option value=\"owner\"");
        assertThat(admin.send("/team/invitations", Map.of("role", "owner")).status())
                .isEqualTo(403);
        assertThat(admin.send("/team/invitations", Map.of("role", "")).status()).isEqualTo(422);
        assertThat(world.invitations.list(world.team)).isEmpty();
    }

    @Test
    void namesThatAreHtmlStayText() {
        viewer.send("/account/name", Map.of("name", "<b>Eve</b>"));
        assertThat(owner.get("/team").body()).contains("&lt;b&gt;Eve&lt;/b&gt;").doesNotContain("<b>Eve");
        assertThat(owner.get(path(viewer) + "/remove").body()).doesNotContain("<b>Eve");
    }

    private static Map<String, String> newcomer() {
        return Map.of("name", "Priya Raman", "email", "priya@acme.example", "password", "all unrelated words of hers");
    }

    private static String linkIn(Http.Reply made) {
        var link = LINK.matcher(made.body());
        assertThat(link.find()).as(made.body()).isTrue();
        return link.group(1);
    }

    private Role roleOf(Browsing somebody) {
        return world.members.list(world.team).stream()
                .filter(member ->
                        member.person().id().equals(somebody.session().person().id()))
                .map(Member::role)
                .findFirst()
                .orElseThrow();
    }

    private static String main(Http.Reply page) {
        return page.body().substring(page.body().indexOf("<main"), page.body().indexOf("</main>"));
    }

    private static String name(Browsing somebody) {
        return somebody.session().person().name();
    }

    private static String path(Browsing somebody) {
        return "/team/members/" + somebody.session().person().id();
    }
}
