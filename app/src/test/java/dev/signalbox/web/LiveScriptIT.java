package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WindowType;

/** What the panel's script does with streams: parts that are fetched again, logs that go on. */
class LiveScriptIT {
    @TempDir
    static Path directory;

    @RegisterExtension
    static final ScriptPage page = new ScriptPage(() -> directory);

    @Test
    void aPingFetchesAgain() {
        page.pages.send("1", "ping", "");
        page.browser().await("fetched", () -> page.browser().text("#part").equals("part 1"));
        page.pages.send("2", "ping", "");
        page.browser().await("fetched", () -> page.browser().text("#part").equals("part 2"));
    }

    @Test
    void aPingThatComesWhileAPartIsOnItsWayIsForTheNext() throws InterruptedException {
        page.browser().run("""
                const part = document.createElement('p')
                part.id = 'whole'
                part.setAttribute('hx-get', '/try/whole')
                part.setAttribute('hx-trigger', 'sse:ping')
                part.setAttribute('hx-swap', 'outerHTML')
                document.querySelector('#part').after(part)
                htmx.process(part)
                """);
        page.browser().run("htmx.trigger('#whole', 'sse:ping')");
        assertThat(page.received()).isEqualTo("whole");
        page.browser().run("htmx.trigger('#whole', 'sse:ping')");
        page.pages.wholes.add(whole("old"));
        page.pages.wholes.add(whole("new"));
        page.browser().await("the last", () -> page.browser().text("#whole").equals("new"));
        assertThat(page.received()).isEqualTo("whole");
        assertThat(page.pages.received).isEmpty();
    }

    private static String whole(String text) {
        return "<p id=\"whole\" hx-get=\"/try/whole\" hx-trigger=\"sse:ping\" hx-swap=\"outerHTML\">" + text + "</p>";
    }

    @Test
    void aBrokenStreamGoesOnAfterItsLastLine() throws InterruptedException {
        page.pages.send("7", "line", "<li><span>Seven</span></li>");
        page.browser().await("a line", () -> page.browser().all(".log li").size() == 2);
        page.pages.breakOff();
        assertThat(page.received()).isEqualTo("stream after=7");
        page.browser()
                .await("what was missed", () -> page.browser().text("#part").equals("part 1"));
        page.pages.send("8", "line", "<li><span>Eight</span></li>");
        page.browser().await("the next", () -> page.browser().all(".log li").size() == 3);
        page.pages.send("9", "ping", "");
        page.browser().await("fetched once", () -> page.browser().text("#part").equals("part 2"));
    }

    /** Browsers open no more than six connections to one place. */
    @Test
    void pagesThatNobodySeesLeaveTheConnectionsToOthers() throws InterruptedException {
        var first = page.browser().driver().getWindowHandle();
        for (int i = 0; i < 8; i++) {
            page.browser().driver().switchTo().newWindow(WindowType.TAB);
            page.browser().open(page.address());
            assertThat(page.received()).startsWith("stream");
        }
        for (var tab : page.browser().driver().getWindowHandles()) {
            if (!tab.equals(first))
                page.browser().driver().switchTo().window(tab).close();
        }
        page.browser().driver().switchTo().window(first);
        page.browser().driver().executeCdpCommand("Page.bringToFront", Map.of());
        assertThat(page.received()).startsWith("stream");
        // Tabs that came to the front for a moment, as others were closed, have fetched too.
        page.browser()
                .await("what was missed", () -> !page.browser().text("#part").equals("part 0"));
    }

    @Test
    void aLogIsFollowedUntilTheReaderLooksBack() {
        lines(1, 200);
        assertThat(scrolled()).isZero();
        assertThat(isSeen("line 200")).isTrue();

        page.browser().press("f");
        assertThat(page.browser().text("#says")).isEqualTo("Paused");
        assertThat(page.browser().text("#follow")).isEqualTo("Follow");
        lines(201, 300);
        assertThat(isSeen("line 200")).isTrue();
        assertThat(isSeen("line 300")).isFalse();

        page.browser().press("f");
        assertThat(page.browser().text("#says")).isEqualTo("Following");
        assertThat(isSeen("line 300")).isTrue();

        page.browser().run("document.querySelector('.tail').scrollTop = -1000");
        page.browser().await("noticed", () -> page.browser().text("#says").equals("Paused"));
        var before = top("line 240");
        lines(301, 400);
        assertThat(top("line 240")).isEqualTo(before);

        page.browser().press("w");
        assertThat(page.browser().find(".log span").getCssValue("white-space-collapse"))
                .isEqualTo("preserve");
        assertThat(page.browser().find("[data-wrap]").getDomAttribute("aria-pressed"))
                .isEqualTo("false");
    }

    @Test
    void aLongLogSaysWhatItDoesNotShow() {
        for (var first = 1; first < 5_200; first += 400) lines(first, first + 399);
        assertThat(page.browser().all(".log li")).hasSize(5_000);
        assertThat(page.browser().text(".log li")).isEqualTo("202 earlier lines are not shown here");
        assertThat(isSeen("line 5200")).isTrue();

        page.browser().press("f");
        page.pages.send("x", "line", "<li><span>one</span></li><li><span>two</span></li>");
        page.pages.send("x", "ping", "");
        page.browser().await("all came", () -> page.browser().text("#part").equals("part 1"));
        assertThat(page.browser().all(".log li")).hasSize(5_000);
        page.browser().press("f");
        page.browser()
                .await(
                        "said",
                        () -> page.browser()
                                .text(".log li:last-child")
                                .equals("2 lines came while you did not follow"));
        assertThat(page.browser().text(".log li")).isEqualTo("203 earlier lines are not shown here");
    }

    /** Sends these lines at once and waits for the last. */
    private static void lines(int first, int last) {
        page.pages.send(
                Integer.toString(last),
                "line",
                IntStream.rangeClosed(first, last)
                        .mapToObj(number -> "<li><span>line " + number + "</span></li>")
                        .collect(Collectors.joining()));
        page.browser()
                .await(
                        "line " + last,
                        () -> page.browser().text(".log li:last-child").equals("line " + last));
    }

    private static long scrolled() {
        return ((Number) page.browser().run("return document.querySelector('.tail').scrollTop")).longValue();
    }

    private static double top(String line) {
        return ((Number) page.browser()
                        .run(
                                "return [...document.querySelectorAll('.log li')].find(each => each.textContent === arguments[0])"
                                        + ".getBoundingClientRect().top - document.querySelector('.tail').getBoundingClientRect().top",
                                line))
                .doubleValue();
    }

    private static boolean isSeen(String line) {
        var height = ((Number) page.browser().run("return document.querySelector('.tail').clientHeight")).doubleValue();
        return top(line) >= 0 && top(line) < height;
    }
}
