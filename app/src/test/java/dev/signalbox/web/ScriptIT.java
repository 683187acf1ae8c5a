package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WindowType;

/** The panel's script, in the browser it is for. */
class ScriptIT {
    @TempDir
    static Path directory;

    private static final TestPages PAGES = new TestPages();
    private static World world;
    private static Browser browser;

    @BeforeAll
    static void start() {
        world = new World(directory).start(World.unlimited(), PAGES::with);
        browser = Browser.start();
    }

    @AfterAll
    static void stop() {
        browser.close();
        world.close();
    }

    @BeforeEach
    void open() throws InterruptedException {
        PAGES.received.clear();
        PAGES.fetched.set(0);
        browser.open(address());
        assertThat(received()).startsWith("stream");
    }

    @AfterEach
    void noComplaint() {
        assertThat(browser.violations()).isEmpty();
    }

    @Test
    void aCommandIsCopiedAsItIsTyped() {
        browser.driver()
                .executeCdpCommand(
                        "Browser.grantPermissions",
                        Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
        browser.find("#copy").click();
        browser.await("said", () -> browser.text("[role=status]").equals("Copied"));
        assertThat(browser.driver().executeAsyncScript("navigator.clipboard.readText().then(arguments[0])"))
                .isEqualTo("cd shop\ngit push");
        assertThat(browser.find("#copy use").getDomAttribute("href")).endsWith("#i-check");
    }

    /** The panel begins on plain HTTP, where browsers give no clipboard to scripts. */
    @Test
    void itIsCopiedWithoutAClipboardToo() {
        browser.run("Object.defineProperty(navigator, 'clipboard', { value: undefined });"
                + "addEventListener('copy', () => { window.copied = document.activeElement.value })");
        browser.find("#copy").click();
        browser.await("said", () -> browser.text("[role=status]").equals("Copied"));
        assertThat(browser.run("return copied")).isEqualTo("cd shop\ngit push");
        assertThat(browser.all(".cmd textarea")).isEmpty();
        assertThat(focused()).isEqualTo("copy");
    }

    @Test
    void menusCloseAndGiveTheFocusBack() {
        browser.find("#account summary").click();
        browser.find("#shortcuts").sendKeys(Keys.ESCAPE);
        assertThat(isOpen("#account")).isFalse();
        assertThat(browser.run("return document.activeElement.textContent")).isEqualTo("Account");
        browser.find("#account summary").click();
        browser.find("h1").click();
        assertThat(isOpen("#account")).isFalse();
    }

    @Test
    void theThemeChangesAtOnceAndIsKept() throws InterruptedException {
        var light = browser.find("body").getCssValue("background-color");
        browser.find("#account summary").click();
        browser.find("#dark").click();
        assertThat(browser.find("body").getCssValue("background-color")).isNotEqualTo(light);
        assertThat(browser.find("#dark").getDomAttribute("aria-pressed")).isEqualTo("true");
        assertThat(received()).isEqualTo("theme csrf=c1&theme=dark");
    }

    @Test
    void aFormIsSentOnce() throws InterruptedException {
        browser.run("const form = document.querySelector('#plain'); form.requestSubmit(form.querySelector('button'));"
                + "form.requestSubmit()");
        assertThat(browser.find("#plain button").getDomAttribute("aria-busy")).isEqualTo("true");
        assertThat(received()).isEqualTo("save a=1");
        browser.run("document.querySelector('#plain').requestSubmit()");
        browser.find("#smooth button").click();
        assertThat(received()).isEqualTo("save b=2");
        browser.await("ready again", () -> browser.find("#smooth button").getDomAttribute("aria-busy") == null);
        browser.find("#smooth button").click();
        assertThat(received()).isEqualTo("save b=2");
        assertThat(PAGES.received).isEmpty();
    }

    @Test
    void aQuestionIsAskedOverThePage() throws InterruptedException {
        browser.find("#ask").click();
        browser.await("asked", () -> !browser.all("dialog[open]").isEmpty());
        assertThat(browser.find("dialog[open]").getAccessibleName()).isEqualTo("Remove web?");
        browser.press(Keys.ESCAPE);
        browser.await("closed", () -> browser.all("dialog:not(#keys)").isEmpty());
        assertThat(focused()).isEqualTo("ask");
        browser.find("#ask").click();
        browser.await("asked", () -> !browser.all("dialog[open]").isEmpty());
        browser.find("#keep").click();
        browser.await("closed", () -> browser.all("dialog:not(#keys)").isEmpty());
        browser.find("#ask").click();
        browser.await("asked", () -> !browser.all("dialog[open]").isEmpty());
        browser.find("dialog [form=remove]").click();
        assertThat(received()).isEqualTo("remove ");
    }

    @Test
    void keysGoToWhatTheyName() {
        browser.press("g");
        browser.press("d");
        assertThat(browser.driver().getCurrentUrl()).endsWith("#deployments");
        browser.press("/");
        assertThat(focused()).isEqualTo("search");
        browser.press("e", "?");
        assertThat(browser.find("#search").getDomProperty("value")).isEqualTo("e?");
        browser.run("document.activeElement.blur()");
        browser.find("#one").sendKeys("?");
        assertThat(isOpen("#keys")).isTrue();
        browser.press("e");
        assertThat(isOpen("#account")).isFalse();
        browser.find("#keys [data-close]").click();
        assertThat(isOpen("#keys")).isFalse();
        assertThat(focused()).isEqualTo("one");
        browser.press("e");
        assertThat(isOpen("#account")).isTrue();
        browser.find("#shortcuts").click();
        assertThat(isOpen("#keys")).isTrue();
        assertThat(isOpen("#account")).isFalse();
    }

    @Test
    void keysGoThroughTheRows() {
        browser.press("j");
        assertThat(focused()).isEqualTo("one");
        browser.press("j");
        assertThat(focused()).isEqualTo("two");
        browser.press("j");
        assertThat(focused()).isEqualTo("two");
        browser.press(".");
        assertThat(isOpen("#more")).isTrue();
        browser.press("k");
        browser.press(Keys.ENTER);
        assertThat(browser.driver().getCurrentUrl()).endsWith("#one");
    }

    @Test
    void keysAreOffForThoseWhoWantNone() {
        browser.run("document.documentElement.dataset.keys = 'off'");
        browser.press("e");
        assertThat(isOpen("#account")).isFalse();
        browser.find("#account summary").click();
        browser.press(Keys.ESCAPE);
        assertThat(isOpen("#account")).isFalse();
    }

    @Test
    void timesGoOn() {
        var now = Instant.ofEpochMilli((Long) browser.run("return Date.now()"));
        browser.run(
                "document.querySelector('#time').dateTime = arguments[0]",
                now.minusSeconds(95).toString());
        browser.run("document.querySelector('#during').dateTime = arguments[0]", now.toString());
        browser.await("it is a while ago", () -> browser.text("#time").equals("1 min ago"));
        browser.await("two seconds", () -> browser.text("#during").equals("2 s so far"));
        browser.run(
                "document.querySelector('#time').dateTime = arguments[0]",
                now.minusSeconds(7300).toString());
        browser.await("hours", () -> browser.text("#time").equals("2 h ago"));
    }

    @Test
    void aPingFetchesAgain() {
        PAGES.send("1", "ping", "");
        browser.await("fetched", () -> browser.text("#part").equals("part 1"));
        PAGES.send("2", "ping", "");
        browser.await("fetched", () -> browser.text("#part").equals("part 2"));
    }

    @Test
    void aPingThatComesWhileAPartIsOnItsWayIsForTheNext() throws InterruptedException {
        browser.run("""
                const part = document.createElement('p')
                part.id = 'whole'
                part.setAttribute('hx-get', '/try/whole')
                part.setAttribute('hx-trigger', 'sse:ping')
                part.setAttribute('hx-swap', 'outerHTML')
                document.querySelector('#part').after(part)
                htmx.process(part)
                """);
        browser.run("htmx.trigger('#whole', 'sse:ping')");
        assertThat(received()).isEqualTo("whole");
        browser.run("htmx.trigger('#whole', 'sse:ping')");
        PAGES.wholes.add(whole("old"));
        PAGES.wholes.add(whole("new"));
        browser.await("the last", () -> browser.text("#whole").equals("new"));
        assertThat(received()).isEqualTo("whole");
        assertThat(PAGES.received).isEmpty();
    }

    private static String whole(String text) {
        return "<p id=\"whole\" hx-get=\"/try/whole\" hx-trigger=\"sse:ping\" hx-swap=\"outerHTML\">" + text + "</p>";
    }

    @Test
    void aBrokenStreamGoesOnAfterItsLastLine() throws InterruptedException {
        PAGES.send("7", "line", "<li><span>Seven</span></li>");
        browser.await("a line", () -> browser.all(".log li").size() == 2);
        PAGES.breakOff();
        assertThat(received()).isEqualTo("stream after=7");
        browser.await("what was missed", () -> browser.text("#part").equals("part 1"));
        PAGES.send("8", "line", "<li><span>Eight</span></li>");
        browser.await("the next", () -> browser.all(".log li").size() == 3);
        PAGES.send("9", "ping", "");
        browser.await("fetched once", () -> browser.text("#part").equals("part 2"));
    }

    /** Browsers open no more than six connections to one place. */
    @Test
    void pagesThatNobodySeesLeaveTheConnectionsToOthers() throws InterruptedException {
        var first = browser.driver().getWindowHandle();
        for (int i = 0; i < 8; i++) {
            browser.driver().switchTo().newWindow(WindowType.TAB);
            browser.open(address());
            assertThat(received()).startsWith("stream");
        }
        for (var tab : browser.driver().getWindowHandles()) {
            if (!tab.equals(first)) browser.driver().switchTo().window(tab).close();
        }
        browser.driver().switchTo().window(first);
        browser.driver().executeCdpCommand("Page.bringToFront", Map.of());
        assertThat(received()).startsWith("stream");
        // Tabs that came to the front for a moment, as others were closed, have fetched too.
        browser.await("what was missed", () -> !browser.text("#part").equals("part 0"));
    }

    @Test
    void aLogIsFollowedUntilTheReaderLooksBack() {
        lines(1, 200);
        assertThat(scrolled()).isZero();
        assertThat(isSeen("line 200")).isTrue();

        browser.press("f");
        assertThat(browser.text("#says")).isEqualTo("Paused");
        assertThat(browser.text("#follow")).isEqualTo("Follow");
        lines(201, 300);
        assertThat(isSeen("line 200")).isTrue();
        assertThat(isSeen("line 300")).isFalse();

        browser.press("f");
        assertThat(browser.text("#says")).isEqualTo("Following");
        assertThat(isSeen("line 300")).isTrue();

        browser.run("document.querySelector('.tail').scrollTop = -1000");
        browser.await("noticed", () -> browser.text("#says").equals("Paused"));
        var before = top("line 240");
        lines(301, 400);
        assertThat(top("line 240")).isEqualTo(before);

        browser.press("w");
        assertThat(browser.find(".log span").getCssValue("white-space-collapse"))
                .isEqualTo("preserve");
        assertThat(browser.find("[data-wrap]").getDomAttribute("aria-pressed")).isEqualTo("false");
    }

    @Test
    void aLongLogSaysWhatItDoesNotShow() {
        for (var first = 1; first < 5_200; first += 400) lines(first, first + 399);
        assertThat(browser.all(".log li")).hasSize(5_000);
        assertThat(browser.text(".log li")).isEqualTo("202 earlier lines are not shown here");
        assertThat(isSeen("line 5200")).isTrue();

        browser.press("f");
        PAGES.send("x", "line", "<li><span>one</span></li><li><span>two</span></li>");
        PAGES.send("x", "ping", "");
        browser.await("all came", () -> browser.text("#part").equals("part 1"));
        assertThat(browser.all(".log li")).hasSize(5_000);
        browser.press("f");
        browser.await("said", () -> browser.text(".log li:last-child").equals("2 lines came while you did not follow"));
        assertThat(browser.text(".log li")).isEqualTo("203 earlier lines are not shown here");
    }

    /** Sends these lines at once and waits for the last. */
    private static void lines(int first, int last) {
        PAGES.send(
                Integer.toString(last),
                "line",
                IntStream.rangeClosed(first, last)
                        .mapToObj(number -> "<li><span>line " + number + "</span></li>")
                        .collect(Collectors.joining()));
        browser.await("line " + last, () -> browser.text(".log li:last-child").equals("line " + last));
    }

    private static long scrolled() {
        return ((Number) browser.run("return document.querySelector('.tail').scrollTop")).longValue();
    }

    private static double top(String line) {
        return ((Number) browser.run(
                        "return [...document.querySelectorAll('.log li')].find(each => each.textContent === arguments[0])"
                                + ".getBoundingClientRect().top - document.querySelector('.tail').getBoundingClientRect().top",
                        line))
                .doubleValue();
    }

    private static boolean isSeen(String line) {
        var height = ((Number) browser.run("return document.querySelector('.tail').clientHeight")).doubleValue();
        return top(line) >= 0 && top(line) < height;
    }

    private static boolean isOpen(String selector) {
        return browser.find(selector).getDomAttribute("open") != null;
    }

    private static Object focused() {
        return browser.run("return document.activeElement.id");
    }

    private static String address() {
        return "http://localhost:" + world.http().port() + "/try/page/script";
    }

    private static String received() throws InterruptedException {
        var request = PAGES.received.poll(20, TimeUnit.SECONDS);
        assertThat(request).as("a request").isNotNull();
        return request;
    }
}
