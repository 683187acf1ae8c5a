package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.accounts.AuditKit;
import dev.signalbox.accounts.PeopleKit;
import dev.signalbox.accounts.Role;
import dev.signalbox.accounts.Sessions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody sets for themselves, and that it is theirs alone. */
class AccountPagesTest {
    private static final String NEW = "another five words for her";

    @TempDir
    Path directory;

    private World world;
    private Browsing viewer;
    private Browsing elsewhere;

    @BeforeEach
    void start() {
        world = new World(directory).start();
        viewer = world.signIn(Role.VIEWER);
        var person = viewer.session().person();
        elsewhere = new Browsing(world, PeopleKit.signIn(world.db, world.clock, world.ids, world.team, person));
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void everybodyHasIt() {
        for (var somebody : new Browsing[] {viewer, world.signIn(Role.OWNER)}) {
            var page = somebody.get("/account");
            assertThat(page.status()).as(page.body()).isEqualTo(200);
            assertThat(page.body())
                    .contains(somebody.session().person().email(), "This one", "Keyboard shortcuts", "Appearance")
                    .doesNotContain("${", "th:");
        }
        assertThat(viewer.get("/account").body()).contains("Sign out everywhere else", "Sign out test at 127.0.0.1");
    }

    @Test
    void aNameIsChanged() {
        assertThat(viewer.send("/account/name", Map.of("name", " Eva  Brandt ")).status())
                .isEqualTo(303);
        assertThat(viewer.get("/account").body()).contains("value=\"Eva Brandt\"");
        assertThat(viewer.send("/account/name", Map.of("name", "Eva Brandt")).status())
                .isEqualTo(303);
        var flawed = viewer.send("/account/name", Map.of("name", "root"));
        assertThat(flawed.status()).isEqualTo(422);
        assertThat(flawed.body()).contains("The audit log uses root for others", "value=\"root\"", "id=\"name-e\"");
        var other = world.signIn(Role.MEMBER);
        var taken = other.send("/account/name", Map.of("name", "Eva Brandt"));
        assertThat(taken.status()).isEqualTo(422);
        assertThat(taken.body()).contains("is or was somebody else here");
        var html = viewer.send("/account/name", Map.of("name", "<b>" + "x".repeat(80)));
        assertThat(html.body()).doesNotContain("<b>x");
    }

    @Test
    void aNewPasswordEndsTheOtherSessions() {
        var wrong = viewer.send("/account/password", Map.of("current", "not this one", "password", NEW));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body())
                .contains("This is not your password until now. Nothing was changed.", "id=\"current-e\"")
                .doesNotContain("not this one", NEW);
        var weak = viewer.send("/account/password", Map.of("current", PeopleKit.PASSWORD, "password", "short"));
        assertThat(weak.status()).isEqualTo(422);
        assertThat(weak.body()).contains("Use at least 12", "id=\"password-e\"");
        assertThat(elsewhere.get("/account").status()).isEqualTo(200);
        var done = viewer.send("/account/password", Map.of("current", PeopleKit.PASSWORD, "password", NEW));
        assertThat(done.status()).isEqualTo(303);
        var renewed = Visitor.of(world).with(Visitor.cookieOf(done)).get("/account");
        assertThat(renewed.status()).isEqualTo(200);
        assertThat(viewer.get("/account").status())
                .as("a copy of the cookie until now")
                .isEqualTo(303);
        assertThat(elsewhere.get("/account").status()).isEqualTo(303);
        assertThat(signIn(PeopleKit.PASSWORD).status()).isEqualTo(401);
        assertThat(signIn(NEW).status()).isEqualTo(303);
    }

    private Http.Reply signIn(String password) {
        return Visitor.of(world)
                .send("/sign-in", Map.of("email", viewer.session().person().email(), "password", password));
    }

    @Test
    void oneSessionIsEndedOrAllOthers() {
        assertThat(end(elsewhere).header("Location")).hasValue("/account");
        assertThat(elsewhere.get("/account").status()).isEqualTo(303);
        assertThat(end(elsewhere).status()).as("twice is once").isEqualTo(303);
        var third = new Browsing(
                world,
                PeopleKit.signIn(
                        world.db,
                        world.clock,
                        world.ids,
                        world.team,
                        viewer.session().person()));
        assertThat(viewer.send("/account/sessions/end-others", Map.of()).status())
                .isEqualTo(303);
        assertThat(third.get("/account").status()).isEqualTo(303);
        assertThat(end(viewer).header("Location")).hasValue("/sign-in");
        assertThat(viewer.get("/account").status()).isEqualTo(303);
    }

    @Test
    void whoHasAsManySessionsAsThereCanBeIsTold() {
        assertThat(viewer.get("/account").body()).doesNotContain("as many as one can have");
        for (int i = 0; i < Sessions.MOST; i++) {
            world.clock.advance(Duration.ofMinutes(2));
            viewer.get("/account");
            PeopleKit.signIn(
                    world.db,
                    world.clock,
                    world.ids,
                    world.team,
                    viewer.session().person());
        }
        assertThat(viewer.get("/account").body()).contains("as many as one can have", ">20</span>");
    }

    @Test
    void nobodyEndsTheSessionOfAnother() {
        var other = world.signIn(Role.OWNER);
        end(other);
        assertThat(other.get("/account").status()).isEqualTo(200);
        assertThat(AuditKit.recent(world.audit, world.team, 10))
                .noneMatch(line -> line.action().equals("sessions.end"));
    }

    private Http.Reply end(Browsing whose) {
        return viewer.send(
                "/account/sessions/end", Map.of("session", whose.session().id()));
    }

    @Test
    void choicesStayInTheBrowser() {
        var dark = viewer.send("/theme", Map.of("theme", "dark", "to", "/account"));
        assertThat(dark.header("Location")).hasValue("/account");
        assertThat(dark.header("Set-Cookie").orElseThrow()).contains("signalbox-theme=dark");
        var off = viewer.send("/keys", Map.of("keys", "off", "to", "//evil.example"));
        assertThat(off.header("Location")).hasValue("/projects");
    }
}
