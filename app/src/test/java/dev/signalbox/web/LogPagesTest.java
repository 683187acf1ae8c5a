package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.accounts.Role;
import dev.signalbox.engine.ContainerId;
import dev.signalbox.engine.ContainerSpec;
import dev.signalbox.engine.Limits;
import dev.signalbox.engine.Profile;
import dev.signalbox.logs.ContainerLine;
import dev.signalbox.projects.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogPagesTest {
    private static final String PATH = "/projects/shop/environments/production/services/web/logs";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    private World world;
    private Browsing viewer;
    private Workload workload;
    private ContainerId web;
    private int printed;

    @BeforeEach
    void start() {
        world = new World(directory).start();
        viewer = world.signIn(Role.VIEWER);
        var project = world.project(world.team, "shop");
        workload = world.workload(project, world.service(project, "web"));
        web = world.engine.createContainer(new ContainerSpec(
                "web",
                world.engine.addImage("app"),
                Profile.RECIPE,
                null,
                Map.of(),
                Map.of(),
                null,
                List.of(),
                Limits.DEFAULT));
        world.engine.startContainer(web);
        world.features.logs().capture(workload.id(), "web.1 #12", web);
    }

    @AfterEach
    void stop() {
        world.features.logs().close();
        world.close();
    }

    @Test
    void beforeAnythingIsPrintedThePageSaysSo() {
        assertThat(viewer.get(PATH).body()).contains("Nothing printed yet", "sse-connect=");
    }

    @Test
    void linesAreShownWithWhenAndWhoAndErrorsAreMarked() {
        print("GET / 200");
        printError("it broke");
        var page = viewer.get(PATH);
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        assertThat(page.body())
                .contains(
                        "2 lines", "<li><time>14:32:05.123</time><b>OUT</b><b>web.1 #12</b><span>GET / 200</span></li>")
                .contains(
                        "<li class=\"err\"><time>14:32:05.123</time><b>ERR</b><b>web.1 #12</b><span>it broke</span></li>")
                .doesNotContain("th:", "${");
    }

    @Test
    void whatIsPrintedIsNeverMoreThanText() {
        print(
                "<script>alert(1)</script> \u001b[31mred\u001b[0m \u001b]0;title\u0007\u001b]8;;https://evil.example\u0007x"
                        + "\u001b[2J\rover\u202e");
        assertThat(viewer.get(PATH).body())
                .contains("&lt;script&gt;alert(1)&lt;/script&gt; ", "<span class=\"bad\">red</span>")
                .doesNotContain("<script>alert", "\u001b", "title\u0007", "evil.example", "\u202e");
        print("x".repeat(70_000));
        assertThat(viewer.get(PATH).body()).contains("xxx [line cut]</span>");
    }

    @Test
    void theTemplateAndTheStreamMakeTheSameOfALine() throws IOException {
        try (var stream = Events.of(viewer, viewer.get(PATH).body())) {
            printError("<b> & 'quoted' \"text\" \u001b[1;32mgood\u001b[0m");
            var event = stream.next();
            assertThat(event).contains("event: line");
            var html = event.getLast().substring("data: ".length());
            assertThat(viewer.get(PATH).body()).contains(html);
        }
    }

    @Test
    void theStreamGoesOnWhereThePageEndedAndThenWhereItEnded() throws IOException {
        print("one");
        var page = viewer.get(PATH).body();
        print("two");
        String id;
        try (var stream = Events.of(viewer, page)) {
            var event = stream.next();
            assertThat(event.getLast()).contains("two").doesNotContain("one");
            id = event.getFirst().substring("id: ".length());
        }
        print("three");
        try (var stream = new Events(viewer, PATH + "/stream?find=&after=" + id)) {
            assertThat(stream.next().getLast()).contains("three").doesNotContain("two");
        }
    }

    @Test
    void whatAReaderMissesIsCounted() throws IOException {
        print("first");
        var page = viewer.get(PATH).body();
        for (int i = 1; i <= 1_010; i++) world.engine.print(web, "line " + i);
        printed += 1_010;
        awaitKept();
        try (var stream = Events.of(viewer, page)) {
            assertThat(stream.next().getLast())
                    .startsWith("data: <li class=\"gap\" data-lines=\"10\">10 lines are left out here</li><li>")
                    .contains("line 11<")
                    .doesNotContain("line 10<", "line 1010<");
            // Much at once is sent in parts.
            assertThat(stream.next().getLast()).contains("line 1010<");
        }
    }

    @Test
    void linesAreFoundAndMarked() {
        print("Checkout <b>done</b>");
        printError("\u001b[31mcheck\u001b[0mout failed");
        print("something else");
        var page = viewer.get(PATH + "?find=checkOUT").body();
        assertThat(page)
                .contains(
                        "2 lines with \u201ccheckOUT\u201d",
                        "<mark>Checkout</mark> &lt;b&gt;done",
                        "<mark>checkout</mark> failed")
                .doesNotContain("something else");
        assertThat(viewer.get(PATH + "?find=checkout&errors=only").body())
                .contains("1 error line with", "failed", "checked")
                .doesNotContain("&lt;b&gt;done");
        assertThat(viewer.get(PATH + "?find=%3Cscript%3Ealert(1)").body())
                .contains("0 lines", "&lt;script&gt;alert(1)")
                .doesNotContain("<script>alert");
    }

    @Test
    void whatIsFoundCanBeKept() {
        print("\u001b[31mone\u001b[0m");
        printError("two");
        var file = viewer.get(PATH + "/download");
        assertThat(file.header("Content-Disposition")).hasValue("attachment; filename=\"shop-web-production.log\"");
        assertThat(file.header("Content-Type").orElseThrow()).startsWith("text/plain");
        assertThat(file.body())
                .isEqualTo("2026-11-19T14:32:05.123Z web.1 #12 | one\n2026-11-19T14:32:05.123Z web.1 #12 ! two\n");
        assertThat(viewer.get(PATH + "/download?errors=only").body()).doesNotContain("one");
    }

    @Test
    void whatIsRefusedIsNoFile() {
        world.start(
                new WebSettings(0, World.PANEL, 1_000, 1_000, 1_000, 1_000, 1_000, 0, 2_000), UnaryOperator.identity());
        var refused = viewer.get(PATH + "/download");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Content-Disposition")).isEmpty();
        assertThat(refused.body()).contains("<h1>");
    }

    @Test
    void aPositionThatIsNoneIsRefused() {
        assertThat(viewer.get(PATH + "/stream?after=-1").status()).isEqualTo(422);
        assertThat(viewer.get(PATH + "/stream?after=" + "9".repeat(30)).status())
                .isEqualTo(422);
    }

    @Test
    void aLineIsRenderedOnceForMany() {
        var lines = new RenderedLines();
        var line = new ContainerLine(Instant.parse("2026-11-19T00:00:00Z"), "web.1", false, "hello", 42);
        assertThat(lines.html(line)).isSameAs(lines.html(line)).contains("<time>00:00:00.000</time>");
        var other = new ContainerLine(line.at(), "web.1", false, "other", 42);
        assertThat(lines.html(other)).contains("other");
    }

    private void print(String text) {
        world.engine.print(web, text);
        printed++;
        awaitKept();
    }

    private void printError(String text) {
        world.engine.printError(web, text);
        printed++;
        awaitKept();
    }

    private void awaitKept() {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (kept() < printed && System.nanoTime() < end) Thread.onSpinWait();
        assertThat(kept()).isEqualTo(printed);
    }

    private int kept() {
        return world.features.logs().tail(workload.id(), 10_000).size();
    }
}
