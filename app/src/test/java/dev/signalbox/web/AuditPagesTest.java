package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.accounts.Audit.Act;
import dev.signalbox.accounts.Audit.Line;
import dev.signalbox.accounts.Audit.Outcome;
import dev.signalbox.accounts.AuditKit;
import dev.signalbox.accounts.Role;
import dev.signalbox.accounts.TeamScope;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit log as people read it, page by page, and as a file. */
class AuditPagesTest {
    @TempDir
    Path directory;

    private World world;
    private Browsing owner;
    private Browsing admin;

    @BeforeEach
    void start() {
        world = new World(directory).start();
        owner = world.signIn(Role.OWNER);
        admin = world.signIn(Role.ADMIN);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void itIsForAdminsAndOwners() {
        for (var role : new Role[] {Role.VIEWER, Role.MEMBER}) {
            var refused = world.signIn(role).get("/audit");
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.body()).contains("This needs the role admin.");
            assertThat(world.signIn(role).get("/audit/export").status()).isEqualTo(403);
        }
        assertThat(admin.get("/audit").status()).isEqualTo(200);
        assertThat(owner.get("/audit").body())
                .contains("Asked to read the audit log", "Denied", "the role is too weak");
    }

    @Test
    void rowsAreSentencesByDay() {
        var variable = "/projects/shop/environments/staging/services/web/variables/DATABASE_URL/reveal";
        act("variables.reveal", variable, Outcome.REFUSED, "role_too_weak");
        world.clock.advance(Duration.ofDays(1));
        act("variables.change", "/api/v1/projects/shop/services/web/variables", Outcome.DONE, "A_KEY B_KEY");
        act("odd.thing", "x", Outcome.FAILED, null);
        var page = world.signIn(Role.OWNER).get("/audit");
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        assertThat(page.body())
                .contains("Asked to reveal", "<code>DATABASE_URL</code>", "shop / web · staging")
                .contains("Changed", "<code>A_KEY</code>", "<code>B_KEY</code>", ">shop / web<")
                .contains("odd.thing", "Failed", "Today, ", "Yesterday, ")
                .doesNotContain("${", "th:");
    }

    @Test
    void itIsFoundByTextAndOutcome() {
        act("projects.create", "web-shop", Outcome.DONE, null);
        act("projects.delete", "blog", Outcome.REFUSED, null);
        assertThat(owner.get("/audit?text=web-").body()).contains("web-shop").doesNotContain(">blog<");
        assertThat(owner.get("/audit?outcome=refused").body())
                .contains(">blog<")
                .doesNotContain(">web-shop<");
        var nothing = owner.get("/audit?text=%3Cimg%20src%3Dx%3E&outcome=failed");
        assertThat(nothing.body())
                .contains("Nothing like this", "value=\"&lt;img src=x&gt;\"")
                .doesNotContain("<img src=x>");
        assertThat(owner.get("/audit?outcome=odd&older=x&newer=99999999999999999999")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void pagesFollowEachOtherWithoutALossAndBack() {
        for (int i = 0; i < 120; i++) act("projects.create", "made-" + i + "-", Outcome.DONE, null);
        var first = owner.get("/audit");
        var second = owner.get(next(first, "older"));
        var third = owner.get(next(second, "older"));
        for (int i = 0; i < 120; i++) {
            var name = ">made-" + i + "-<";
            assertThat(List.of(first, second, third))
                    .filteredOn(page -> page.body().contains(name))
                    .hasSize(1);
        }
        assertThat(entries(owner.get(next(third, "newer")))).isEqualTo(entries(second));
        assertThat(entries(owner.get(next(second, "newer")))).isEqualTo(entries(first));
        assertThat(first.body()).doesNotContain("?newer=");
        assertThat(third.body()).doesNotContain("?older=");
        assertThat(first.body().length()).isLessThan(45_000);
    }

    @Test
    void rowsOfOthersAndOfTheMachineAreNotForAll() {
        record(world.otherTeam, "projects.create", "theirs-", Outcome.DONE, null);
        record(null, "setup.token", "machine-", Outcome.DONE, null);
        assertThat(owner.get("/audit").body()).contains("machine-").doesNotContain("theirs-");
        assertThat(admin.get("/audit").body()).doesNotContain("machine-", "theirs-");
        assertThat(admin.get("/audit/export").body()).doesNotContain("machine-", "theirs-");
    }

    @Test
    void theFileHoldsAllRowsAndNoFormula() {
        for (int i = 0; i < 1_100; i++) act("projects.create", "made-" + i, Outcome.DONE, null);
        act("projects.create", "=HYPERLINK(\"http://evil.example\")", Outcome.DONE, "@x, \"y\"");
        var file = owner.get("/audit/export");
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.header("Content-Type").orElseThrow()).startsWith("text/csv");
        assertThat(file.header("Content-Disposition").orElseThrow())
                .matches("attachment; filename=\"signalbox-audit-[0-9-]{10}\\.csv\"");
        assertThat(file.body()).contains("\"'=HYPERLINK(\"\"http://evil.example\"\")\"", "\"'@x, \"\"y\"\"\"");
        assertThat(file.body().lines().filter(line -> line.contains("projects.create")))
                .hasSize(1_101);
        // made-7, made-70 to made-79 and made-700 to made-799, and above them the heading.
        assertThat(owner.get("/audit/export?text=made-7").body().lines()).hasSize(1 + 1 + 10 + 100);
        assertThat(owner.get("/audit/export?text=not-made").body().lines()).hasSize(1);
    }

    @Test
    void aLongSearchStopsSaysSoAndGoesOn() {
        act("projects.create", "needle-1", Outcome.DONE, null);
        for (int i = 0; i < World.SEARCHED; i++) act("projects.create", "hay", Outcome.DONE, null);
        act("projects.create", "needle-2", Outcome.DONE, null);
        var first = admin.get("/audit?text=needle");
        assertThat(first.body()).contains(">needle-2<").doesNotContain(">needle-1<");
        var stop = Pattern.compile("Searched to entry ([0-9]+)\\. <a href=\"([^\"]+)\"")
                .matcher(first.body());
        assertThat(stop.find()).isTrue();
        assertThat(stop.group(2)).isEqualTo("/audit?text=needle&amp;older=" + stop.group(1));
        var second = admin.get("/audit?text=needle&older=" + stop.group(1));
        assertThat(second.body()).contains(">needle-1<").doesNotContain(">needle-2<", "Searched to");
        assertThat(admin.get("/audit?text=hay").body()).doesNotContain("Searched to");
        assertThat(admin.get("/audit?text=nothing").body())
                .contains("Nothing like this so far", "Searched to entry")
                .doesNotContain("No entry has this text");
        var back = admin.get("/audit?text=needle&newer=0");
        assertThat(back.body()).contains(">needle-1<", "Searched to entry").doesNotContain(">needle-2<");
    }

    @Test
    void theChainIsShown() {
        act("projects.create", "web-shop", Outcome.DONE, null);
        owner.get("/audit");
        var end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!owner.get("/audit").body().contains("Chain intact, 1 entry,") && System.nanoTime() < end) {
            LockSupport.parkNanos(20_000_000);
        }
        assertThat(owner.get("/audit").body()).contains("Chain intact");
    }

    @Test
    void namesThatAreHtmlStayText() {
        act("<script>x</script>", "<img src=x>", Outcome.DONE, "<b>detail</b>");
        assertThat(owner.get("/audit").body()).doesNotContain("<script>x", "<img src=x", "<b>detail");
    }

    @Test
    void sentencesSayWhoTheBrowserIs() {
        var agent = "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0";
        assertThat(sentence("sessions.sign-in", "ses_0123456789ab", "done", agent))
                .isEqualTo(new AuditSentence("Signed in", List.of(), "Firefox on Linux", ""));
        assertThat(sentence("sessions.sign-in", "mara@acme.example", "refused", "wrong password, 5 in a row")
                        .text())
                .isEqualTo("Tried to sign in");
    }

    @Test
    void detailsAreReadable() {
        var path = "/projects/shop/environments/production/services/web/deployments/redeploy";
        assertThat(sentence("deployments.create", path, "done", "deployment 143"))
                .isEqualTo(new AuditSentence("Deployed again", List.of(), "#143", "shop / web"));
        assertThat(sentence("invitations.create", "inv_0123456789ab", "done", "role: member"))
                .isEqualTo(new AuditSentence("Invited somebody", List.of(), "as member", ""));
    }

    private static AuditSentence sentence(String action, String object, String outcome, String detail) {
        return AuditSentence.of(new Line(1, Instant.EPOCH, "Mara", action, object, outcome, null, detail));
    }

    private void act(String action, String object, Outcome outcome, @Nullable String detail) {
        record(world.team, action, object, outcome, detail);
    }

    private void record(
            @Nullable TeamScope team, String action, String object, Outcome outcome, @Nullable String detail) {
        world.audit.record(new Act(team, "Mara", action, object, outcome, "192.0.2.1", "req_1", detail));
    }

    private static String next(Http.Reply page, String which) {
        var match = Pattern.compile("href=\"(/audit\\?" + which + "=[0-9]+)\"").matcher(page.body());
        assertThat(match.find()).as(which).isTrue();
        return match.group(1);
    }

    private static String entries(Http.Reply page) {
        var match = Pattern.compile("<span>(Entr[^<]+)</span>").matcher(page.body());
        assertThat(match.find()).isTrue();
        return match.group(1);
    }

    /** Nothing else is said of it. */
    @Test
    void anActThatIsItsOwnRecordIsThereOnce() {
        owner.send("/account/name", Map.of("name", "Mara Lindqvist"));
        owner.send("/account/name", Map.of("name", ""));
        assertThat(AuditKit.recent(world.audit, world.team, 10))
                .filteredOn(line -> line.action().equals("people.rename"))
                .hasSize(1);
    }
}
