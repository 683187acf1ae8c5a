package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files that pages load: the right ones, small, kept for as long as they are right, and no others. */
class AssetsTest {
    private static final List<String> FIRST_VISIT =
            List.of("signalbox.css", "signalbox.js", "htmx.js", "sse.js", "icons.svg");
    private static final int FIRST_VISIT_BYTES = 55 * 1024;
    private static final int SCRIPT_BYTES = 12 * 1024;

    @TempDir
    static Path directory;

    private static World world;

    private final Assets assets = new Assets();

    @BeforeAll
    static void start() {
        world = new World(directory)
                .start(new WebSettings(0, World.PANEL, 1, 1, 1, 1, 1, 1, 1), UnaryOperator.identity());
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @ParameterizedTest
    @CsvSource({
        "signalbox.css, text/css; charset=utf-8, --accent",
        "signalbox.js, text/javascript; charset=utf-8, data-copy",
        "htmx.js, text/javascript; charset=utf-8, htmx",
        "sse.js, text/javascript; charset=utf-8, sse-connect",
        "icons.svg, image/svg+xml; charset=utf-8, id=\"mark\"",
        "favicon.svg, image/svg+xml; charset=utf-8, <svg"
    })
    void aFileIsKeptForEverUnderItsAddress(String name, String mediaType, String content) {
        var address = assets.url(name);
        assertThat(address).matches("/static/" + Pattern.quote(name) + "\\?v=[0-9a-f]{8}");
        var reply = world.http().get(address).send();
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).contains(mediaType);
        assertThat(reply.header("Cache-Control")).contains("public, max-age=31536000, immutable");
        assertThat(reply.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(reply.header("Content-Encoding")).isEmpty();
        assertThat(reply.body()).contains(content);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?v=00000000", "?v=", "?x=1"})
    void underAnotherAddressItIsAskedForAgain(String query) {
        var reply = world.http().get("/static/signalbox.css" + query).send();
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Cache-Control")).contains("no-cache");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br, gzip", "gzip, deflate, br, zstd", "gzip;q=0.5, *;q=0", "br;q=1.0, gzip;q=1.0"})
    void itIsPackedForThoseWhoCanUnpackIt(String accepted) {
        var reply = world.http()
                .get("/static/signalbox.css")
                .with("Accept-Encoding", accepted)
                .send();
        assertThat(reply.header("Content-Encoding")).contains("gzip");
        assertThat(reply.header("Vary")).contains("Accept-Encoding");
        assertThat(Integer.parseInt(reply.header("Content-Length").orElseThrow()))
                .isEqualTo(Asset.load("/static/signalbox.css").packed().length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "br", "gzip;q=0", "gzip;q=0.0", "xgzip"})
    void itIsNotPackedForOthers(String accepted) {
        var reply = world.http()
                .get("/static/signalbox.css")
                .with("Accept-Encoding", accepted)
                .send();
        assertThat(reply.header("Content-Encoding")).isEmpty();
        assertThat(reply.body()).contains("--accent");
    }

    @Test
    void packingLosesNothing() throws IOException {
        var asset = Asset.load("/static/htmx.js");
        try (var in = new GZIPInputStream(new ByteArrayInputStream(asset.packed()))) {
            assertThat(in.readAllBytes()).isEqualTo(asset.plain());
        }
        assertThat(asset.packed()).isSameAs(asset.packed());
    }

    @Test
    void whoHasItIsToldSo() {
        for (var accepted : List.of("identity", "gzip")) {
            var tag = world.http()
                    .get("/static/icons.svg")
                    .with("Accept-Encoding", accepted)
                    .send()
                    .header("ETag")
                    .orElseThrow();
            var reply = world.http()
                    .get("/static/icons.svg")
                    .with("Accept-Encoding", accepted)
                    .with("If-None-Match", tag)
                    .send();
            assertThat(reply.status()).isEqualTo(304);
            assertThat(reply.header("ETag")).contains(tag);
            assertThat(reply.body()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/static/",
                "/static/nothing.css",
                "/static/sse.LICENSE",
                "/static/SIGNALBOX.css",
                "/static/signalbox.css/",
                "/static/signalbox.css%00",
                "/static/..%2fdb%2fmigration",
                "/static/%2e%2e/logback.xml",
                "/static/../logback.xml"
            })
    void nothingElseIsThere(String target) {
        assertThat(world.http().rawGet(target)).matches(answer -> answer.startsWith("HTTP/1.1 40"), "not there");
    }

    @Test
    void aPageCannotNameAFileThatIsNotThere() {
        assertThatThrownBy(() -> assets.url("nothing.css")).hasMessage("no page loads nothing.css");
    }

    /** A page with ten icons would have used up a visitor's share after a few clicks. */
    @Test
    void filesDoNotCountAgainstTheVisitor() {
        for (var i = 0; i < 10; i++) {
            assertThat(world.http().get("/static/favicon.svg").send().status()).isEqualTo(200);
        }
    }

    @Test
    void aFirstVisitLoadsLittle() {
        assertThat(FIRST_VISIT.stream()
                        .mapToInt(name -> Asset.load("/static/" + name).packed().length)
                        .sum())
                .isLessThan(FIRST_VISIT_BYTES);
        assertThat(Asset.load("/static/signalbox.js").plain()).hasSizeLessThan(SCRIPT_BYTES);
    }

    /** Strict rules for what runs in browsers: see the policy in {@link SecurityHeaders}. */
    @Test
    void theScriptRunsNoTextAndSetsNoStyle() {
        assertThat(text("signalbox.js"))
                .doesNotContainPattern(
                        "\\beval\\(|new Function|setTimeout\\(['\"`]|setAttribute\\(['\"]style|\\.on[a-z]+ =")
                .doesNotContain("innerHTML", "insertAdjacentHTML", "document.write");
    }

    @Test
    void whatTheStylesheetAndTheSpriteLoadIsInside() {
        assertThat(text("signalbox.css")).doesNotContain("url(", "@import");
        assertThat(text("icons.svg")).doesNotContain("<script", "<style", "style=", "href=");
    }

    private static String text(String name) {
        return new String(Asset.load("/static/" + name).plain(), StandardCharsets.UTF_8);
    }
}
