package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.web.RateLimits.Limit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One request too many is refused, for a while, and only to whom it applies. */
class RateLimitsTest {
    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final Limit ONCE = new Limit("visitor", 1, QUARTER);

    @TempDir
    Path directory;

    private World world;

    @BeforeEach
    void start() {
        world = new World(directory);
        world.start(new WebSettings(0, World.PANEL, 10, 12, 15, 5, 7, 20, 2_000), UnaryOperator.identity());
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void theFiguresAreTheOnesThatWerePromised() {
        var settings = WebSettings.defaults(0, null);
        assertThat(settings.visitorLimit()).isEqualTo(new Limit("visitor", 100, QUARTER));
        assertThat(settings.tokenLimit()).isEqualTo(new Limit("token", 1_200, QUARTER));
    }

    @Test
    void guessingTokensEndsAfterTheLimit() {
        for (int i = 0; i < 10; i++) assertThat(guess("203.0.113.1").status()).isEqualTo(401);
        var refused = guess("203.0.113.1");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("too_many_requests");
        assertThat(refused.header("Retry-After")).contains("901");
        assertThat(refused.header("RateLimit-Policy")).contains("\"visitor\";q=10;w=900");
        assertThat(refused.header("RateLimit")).contains("\"visitor\";r=0;t=901");
    }

    @Test
    void theLastHopCountsAndNotWhatTheClientSays() {
        for (int i = 0; i < 10; i++) guess("198.51.100." + i + ", 203.0.113.1");
        assertThat(guess("198.51.100.77, 203.0.113.1").status()).isEqualTo(429);
        assertThat(guess("203.0.113.2").status()).isEqualTo(401);
        var others = world.http()
                .get("/api/v1/projects")
                .with("X-Forwarded-For", "203.0.113.1")
                .with("X-Real-IP", "192.0.2.1")
                .with("Forwarded", "for=192.0.2.1")
                .with("CF-Connecting-IP", "192.0.2.1")
                .send();
        assertThat(others.status()).isEqualTo(429);
    }

    @Test
    void oneUserOfIpv6IsOneVisitor() {
        for (int i = 0; i < 10; i++) guess("2001:db8:1:2::" + i);
        assertThat(guess("2001:db8:1:2:ffff::1").status()).isEqualTo(429);
        assertThat(guess("2001:db8:1:3::1").status()).isEqualTo(401);
    }

    @Test
    void aGoodTokenIsCountedByItself() {
        var first = world.owner();
        var second = world.owner();
        for (int i = 0; i < 10; i++) guess("203.0.113.1");
        for (int i = 0; i < 12; i++) assertThat(list(first).status()).isEqualTo(200);
        assertThat(list(first).status()).isEqualTo(429);
        assertThat(list(second).status()).isEqualTo(200);
    }

    @Test
    void itEnds() {
        for (int i = 0; i < 11; i++) guess("203.0.113.1");
        world.clock.advance(QUARTER.minusSeconds(1));
        assertThat(guess("203.0.113.1").status()).isEqualTo(429);
        world.clock.advance(Duration.ofSeconds(1));
        assertThat(guess("203.0.113.1").status()).isEqualTo(401);
    }

    @Test
    void watchingHasItsOwnCount() {
        for (int i = 0; i < 11; i++) guess("203.0.113.1");
        for (int i = 0; i < 7; i++) assertThat(health().status()).isEqualTo(200);
        assertThat(health().status()).isEqualTo(429);
    }

    @Test
    void theOpenPagesAreCountedToo() {
        for (int i = 0; i < 10; i++) {
            var path = i % 2 == 0 ? "/sign-in" : "/api/v1/openapi.json";
            assertThat(world.http().get(path).send().status()).isEqualTo(200);
        }
        assertThat(world.http().get("/sign-in").send().status()).isEqualTo(429);
        assertThat(world.http().get("/api/v1/openapi.json").send().status()).isEqualTo(429);
    }

    @Test
    void strangersDoNotCrowdOutWhoIsSignedIn() {
        var limits = new RateLimits(world.clock);
        for (int i = 0; i < 60_000; i++)
            limits.countVisitor(ONCE, "10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255));
        assertThat(limits.count(ONCE, "ses_one").isExceeded()).isFalse();
        assertThat(limits.count(ONCE, "ses_two").isExceeded()).isFalse();
        assertThat(limits.count(ONCE, "ses_one").isExceeded()).isTrue();
    }

    @Test
    void whoFillsTheMemoryHoldsUpTheirNeighboursAlone() {
        var limits = new RateLimits(world.clock);
        limits.countVisitor(ONCE, "192.0.2.1");
        for (int i = 0; i < 60_000; i++) limits.countVisitor(ONCE, "2001:db8:1:" + Integer.toHexString(i) + "::1");
        assertThat(limits.countVisitor(ONCE, "192.0.2.1").isExceeded())
                .as("counted before")
                .isTrue();
        assertThat(limits.countVisitor(ONCE, "2001:db8:1:fff0::1").isExceeded())
                .as("of the /48 that fills it")
                .isTrue();
        assertThat(limits.countVisitor(ONCE, "2001:db8:2:1::1").isExceeded())
                .as("of the next one")
                .isFalse();
        assertThat(limits.countVisitor(ONCE, "198.51.100.1").isExceeded()).isFalse();
        assertThat(limits.countVisitor(ONCE, "198.51.100.2").isExceeded())
                .as("of the same /24")
                .isTrue();
        assertThat(limits.countVisitor(ONCE, "198.51.101.1").isExceeded()).isFalse();
    }

    @Test
    void manyVisitorsDoNotFillTheMemory() {
        var limits = new RateLimits(world.clock);
        for (int i = 0; i < 160_000; i++) {
            limits.countVisitor(
                    ONCE, Integer.toHexString(0x2000 + (i >> 16)) + ":" + Integer.toHexString(i & 0xffff) + "::1");
        }
        assertThat(limits.countVisitor(ONCE, "203.0.113.1").isExceeded())
                .as("counted with all for whom there is no room")
                .isTrue();
        world.clock.advance(QUARTER);
        assertThat(limits.countVisitor(ONCE, "203.0.113.1").isExceeded()).isFalse();
    }

    private Http.Reply guess(String address) {
        return world.http()
                .get("/api/v1/projects")
                .with("X-Forwarded-For", address)
                .as("signalbox_000000000000_" + "0".repeat(40))
                .send();
    }

    private Http.Reply list(String token) {
        return world.http()
                .get("/api/v1/projects")
                .with("X-Forwarded-For", "203.0.113.1")
                .as(token)
                .send();
    }

    private Http.Reply health() {
        return world.http()
                .get("/health")
                .with("X-Forwarded-For", "203.0.113.1")
                .send();
    }
}
