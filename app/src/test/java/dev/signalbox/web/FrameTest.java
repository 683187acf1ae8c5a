package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.accounts.PeopleKit;
import dev.signalbox.accounts.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for every page: who gets in, what surrounds it, what guards its forms. */
class FrameTest {
    @TempDir
    Path directory;

    private World world;
    private Browsing owner;

    @BeforeEach
    void start() {
        world = new World(directory).start();
        owner = world.signIn(Role.OWNER);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void aPageIsWholeAndKnowsWhoLooksAtIt() {
        world.project(world.team, "web-shop");
        var page = owner.get("/projects");
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        assertThat(page.body())
                .contains("web-shop", owner.session().person().name(), owner.csrf(), "/static/signalbox.css?v=")
                .doesNotContain("th:", "${");
        assertThat(page.header("Cache-Control")).hasValue("no-store");
        assertThat(page.header("Vary").orElseThrow()).contains("HX-Request");
    }

    @Test
    void aFragmentIsThatElementAndNothingAround() {
        world.project(world.team, "web-shop");
        var fragment = owner.fragment("/projects", "projects");
        assertThat(fragment.body().strip())
                .startsWith("<table")
                .endsWith("</table>")
                .contains("web-shop");
    }

    @Test
    void whoIsNotSignedInIsAskedToAndComesBack() {
        var reply =
                world.http().get("/projects?x=1").with("Accept", "text/html").send();
        assertThat(reply.status()).isEqualTo(303);
        assertThat(reply.header("Location")).hasValue("/sign-in?to=%2Fprojects%3Fx%3D1");
        var form = world.http()
                .get("/sign-in?to=%2Fprojects%3Fx%3D1")
                .with("Accept", "text/html")
                .send();
        assertThat(form.body()).contains("name=\"to\" value=\"/projects?x=1\"");
    }

    @Test
    void signingInGivesACookieThatNoScriptReads() {
        var reply = signIn(PeopleKit.PASSWORD, "/projects?x=1");
        assertThat(reply.status()).as(reply.body()).isEqualTo(303);
        assertThat(reply.header("Location")).hasValue("/projects?x=1");
        assertThat(reply.header("Set-Cookie").orElseThrow())
                .startsWith("signalbox=")
                .contains("HttpOnly", "SameSite=Lax", "Path=/")
                .doesNotContain("Secure");
    }

    @Test
    void aWrongPasswordIsSaidOnTheForm() {
        var reply = signIn("not the password", "/projects");
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.body()).contains("E-mail and password do not match.").doesNotContain("not the password");
    }

    @Test
    void nothingElseLeadsAwayFromHere() {
        for (var to :
                new String[] {"//evil.example", "https://evil.example", "javascript:alert(1)", "/\\evil.example"}) {
            assertThat(signIn(PeopleKit.PASSWORD, to).header("Location")).hasValue("/projects");
        }
    }

    @Test
    void aFormWithoutItsTokenIsRefused() {
        var bare = owner.form("/sign-out", Map.of()).send();
        assertThat(bare.status()).isEqualTo(403);
        assertThat(owner.get("/projects").status()).isEqualTo(200);
        var foreign = owner.form("/sign-out", Map.of("_csrf", owner.csrf()))
                .with("Origin", "https://evil.example")
                .send();
        assertThat(foreign.status()).isEqualTo(403);
        var good = owner.form("/sign-out", Map.of("_csrf", owner.csrf())).send();
        assertThat(good.status()).isEqualTo(303);
        assertThat(owner.get("/projects").status()).isEqualTo(303);
    }

    @Test
    void aSessionThatIdlesEnds() {
        world.clock.advance(Duration.ofHours(13));
        assertThat(owner.get("/projects").status()).isEqualTo(303);
    }

    @Test
    void whatIsNotThereGetsAPageOfItsOwn() {
        var page = owner.get("/nowhere/at/all");
        assertThat(page.status()).isEqualTo(404);
        assertThat(page.body()).contains("<h1>Nothing at this address</h1>");
    }

    private Http.Reply signIn(String password, String to) {
        var fields = new HashMap<String, String>();
        fields.put("email", owner.session().person().email());
        fields.put("password", password);
        fields.put("to", to);
        return world.http()
                .post("/sign-in")
                .with("Content-Type", "application/x-www-form-urlencoded")
                .with("Accept", "text/html")
                .body(Browsing.encode(fields))
                .send();
    }
}
