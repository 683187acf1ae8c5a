package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.accounts.PeopleKit;
import dev.signalbox.accounts.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What signing in gives, how long it lasts, and what is asked again. */
class SignInPagesTest {
    private static final String WRONG = "not the password at all";

    @TempDir
    Path directory;

    private World world;
    private Browsing owner;
    private Visitor visitor;

    @BeforeEach
    void start() {
        world = new World(directory).start();
        owner = world.signIn(Role.OWNER);
        visitor = Visitor.of(world);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void behindTlsTheCookieIsGuarded() {
        var reply = visitor.form("/sign-in", form(PeopleKit.PASSWORD))
                .with("X-Forwarded-Proto", "https")
                .send();
        assertThat(reply.header("Set-Cookie").orElseThrow())
                .matches("__Host-signalbox=[A-Za-z0-9_-]{43};.*")
                .contains("Secure", "HttpOnly", "SameSite=Lax", "Path=/")
                .doesNotContain("Domain");
        var cookie = Visitor.cookieOf(reply);
        assertThat(visitor.with(cookie)
                        .ask("GET", "/projects")
                        .with("X-Forwarded-Proto", "https")
                        .send()
                        .status())
                .isEqualTo(200);
        // What came over TLS is nothing over plain HTTP, and the other way round.
        assertThat(visitor.with(cookie).get("/projects").status()).isEqualTo(303);
        var plain = Visitor.cookieOf(visitor.send("/sign-in", form(PeopleKit.PASSWORD)));
        assertThat(visitor.with(plain)
                        .ask("GET", "/projects")
                        .with("X-Forwarded-Proto", "https")
                        .send()
                        .status())
                .isEqualTo(303);
    }

    @Test
    void aCookieFromBeforeIsNotTheOneAfter() {
        var planted = "signalbox=" + "A".repeat(43);
        var first = Visitor.cookieOf(visitor.with(planted).send("/sign-in", form(PeopleKit.PASSWORD)));
        assertThat(first).isNotEqualTo(planted);
        assertThat(visitor.with(planted).get("/projects").status()).isEqualTo(303);
        var second = Visitor.cookieOf(visitor.with(first).send("/sign-in", form(PeopleKit.PASSWORD)));
        assertThat(visitor.with(first).get("/projects").status()).isEqualTo(303);
        assertThat(visitor.with(second).get("/projects").status()).isEqualTo(200);
    }

    @Test
    void signedOutIsSignedOut() {
        assertThat(owner.send("/sign-out", Map.of()).status()).isEqualTo(303);
        assertThat(owner.get("/projects").status()).isEqualTo(303);
        assertThat(owner.fragment("/projects", "projects").status()).isEqualTo(401);
        assertThat(owner.send("/sign-out", Map.of()).status()).isEqualTo(303);
    }

    @Test
    void aSessionEndsAfterThirtyDaysHoweverMuchItIsUsed() {
        for (int round = 0; round < 65; round++) {
            world.clock.advance(Duration.ofHours(11));
            assertThat(owner.get("/projects").status()).isEqualTo(200);
        }
        world.clock.advance(Duration.ofHours(11));
        assertThat(owner.get("/projects").status()).isEqualTo(303);
    }

    @Test
    void aSessionEndsAfterTwelveIdleHours() {
        world.clock.advance(Duration.ofHours(12).minusSeconds(1));
        assertThat(owner.get("/projects").status()).isEqualTo(200);
        world.clock.advance(Duration.ofHours(12));
        assertThat(owner.get("/projects").status()).isEqualTo(303);
    }

    @Test
    void whoIsUnknownHearsTheSameAsWhoIsWrong() {
        var known = visitor.send("/sign-in", form(WRONG));
        var unknown = visitor.send("/sign-in", Map.of("email", "nobody@example.com", "password", WRONG));
        assertThat(unknown.status()).isEqualTo(known.status()).isEqualTo(401);
        assertThat(unknown.body().replace("nobody@example.com", email())).isEqualTo(known.body());
    }

    @Test
    void strangersDoNotHoldBackWhoSignedInWithTheSameBrowserBefore() {
        var first = visitor.send("/sign-in", form(PeopleKit.PASSWORD));
        var device = deviceOf(first);
        for (int i = 1; i <= 6; i++) {
            visitor.at("203.0.113." + i).send("/sign-in", form(WRONG));
        }
        assertThat(visitor.send("/sign-in", form(PeopleKit.PASSWORD)).status()).isEqualTo(429);
        var again = visitor.with(device).send("/sign-in", form(PeopleKit.PASSWORD));
        assertThat(again.status()).isEqualTo(303);
        assertThat(deviceOf(again)).isNotEqualTo(device);
        assertThat(visitor.with(device).get("/projects").status())
                .as("it lets nobody in")
                .isEqualTo(303);
    }

    @Test
    void theCookieOfTheBrowserIsGuardedLikeThatOfTheSession() {
        var reply = visitor.form("/sign-in", form(PeopleKit.PASSWORD))
                .with("X-Forwarded-Proto", "https")
                .send();
        assertThat(reply.response().headers().allValues("Set-Cookie"))
                .filteredOn(header -> header.startsWith("__Host-signalbox-device="))
                .singleElement()
                .satisfies(header -> assertThat(header)
                        .contains("Secure", "HttpOnly", "SameSite=Lax", "Path=/")
                        .doesNotContain("Domain"));
    }

    private static String deviceOf(Http.Reply reply) {
        return reply.response().headers().allValues("Set-Cookie").stream()
                .map(header -> header.split(";", 2)[0])
                .filter(pair -> pair.startsWith("signalbox-device="))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void manyWrongPasswordsFromManyAddressesMakeEverybodyWait() {
        for (int i = 1; i <= 6; i++) {
            visitor.at("203.0.113." + i).send("/sign-in", form(WRONG));
        }
        var held = visitor.at("198.51.100.1").send("/sign-in", form(PeopleKit.PASSWORD));
        assertThat(held.status()).isEqualTo(429);
        assertThat(held.header("Retry-After")).isPresent();
        assertThat(held.body()).contains("Too many wrong passwords for this account. Try again in");
        assertThat(owner.get("/projects").status()).isEqualTo(200);
        world.clock.advance(Duration.ofMinutes(16));
        assertThat(visitor.send("/sign-in", form(PeopleKit.PASSWORD)).status()).isEqualTo(303);
    }

    @Test
    void noHeaderOfAClientMakesItAnother() {
        world.start(new WebSettings(0, World.PANEL, 10, 100, 100, 100, 100, 20, 2_000), UnaryOperator.identity());
        for (int i = 0; i < 10; i++) tryFrom(i);
        var refused = tryFrom(77);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isPresent();
        assertThat(refused.header("RateLimit")).isPresent();
        assertThat(refused.body()).contains("Too many requests. Try again in");
        assertThat(visitor.at("203.0.113.99").get("/sign-in").status()).isEqualTo(200);
    }

    private Http.Reply tryFrom(int i) {
        return visitor.at("198.51.100." + i + ", 203.0.113.7")
                .form("/sign-in", Map.of("email", "nobody" + i + "@example.com", "password", WRONG))
                .with("X-Real-IP", "192.0.2." + i)
                .with("Forwarded", "for=192.0.2." + i)
                .with("CF-Connecting-IP", "192.0.2." + i)
                .send();
    }

    @Test
    void afterwardsOneIsOnOurOwnPages() {
        for (var to : new String[] {
            "//evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "/\\evil.example",
            "/\t/evil.example",
            " //evil.example",
            "data:text/html,x",
            "projects",
            "/x\r\nSet-Cookie: a=b"
        }) {
            var fields = new HashMap<>(form(PeopleKit.PASSWORD));
            fields.put("to", to);
            assertThat(visitor.send("/sign-in", fields).header("Location"))
                    .as(to)
                    .hasValue("/projects");
        }
    }

    @Test
    void theFormIsShortAndSaysWhatPlainHttpMeans() {
        var here = visitor.get("/sign-in");
        assertThat(here.body()).contains("<h1>Sign in</h1>").doesNotContain("plain HTTP", "class=\"error\"", "_csrf");
        var there = visitor.ask("GET", "/sign-in").with("X-Forwarded-Host", "x").send();
        assertThat(there.status()).isEqualTo(200);
        assertThat(world.http().rawGet("/sign-in", "Accept: text/html")).doesNotContain("plain HTTP");
        assertThat(world.http()
                        .raw("GET /sign-in HTTP/1.1\r\nHost: " + World.PANEL
                                + "\r\nAccept: text/html\r\nConnection: close\r\n\r\n"))
                .contains("plain HTTP");
    }

    private String email() {
        return owner.session().person().email();
    }

    private Map<String, String> form(String password) {
        return Map.of("email", email(), "password", password);
    }
}
