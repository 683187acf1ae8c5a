package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The panel's script, in the browser it is for. */
class ScriptIT {
    @TempDir
    static Path directory;

    @RegisterExtension
    static final ScriptPage page = new ScriptPage(() -> directory);

    @Test
    void aCommandIsCopiedAsItIsTyped() {
        page.browser()
                .driver()
                .executeCdpCommand(
                        "Browser.grantPermissions",
                        Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
        page.browser().find("#copy").click();
        page.browser().await("said", () -> page.browser().text("[role=status]").equals("Copied"));
        assertThat(page.browser().driver().executeAsyncScript("navigator.clipboard.readText().then(arguments[0])"))
                .isEqualTo("cd shop\ngit push");
        assertThat(page.browser().find("#copy use").getDomAttribute("href")).endsWith("#i-check");
    }

    /** The panel begins on plain HTTP, where browsers give no clipboard to scripts. */
    @Test
    void itIsCopiedWithoutAClipboardToo() {
        page.browser()
                .run("Object.defineProperty(navigator, 'clipboard', { value: undefined });"
                        + "addEventListener('copy', () => { window.copied = document.activeElement.value })");
        page.browser().find("#copy").click();
        page.browser().await("said", () -> page.browser().text("[role=status]").equals("Copied"));
        assertThat(page.browser().run("return copied")).isEqualTo("cd shop\ngit push");
        assertThat(page.browser().all(".cmd textarea")).isEmpty();
        assertThat(page.focused()).isEqualTo("copy");
    }

    @Test
    void menusCloseAndGiveTheFocusBack() {
        page.browser().find("#account summary").click();
        page.browser().find("#shortcuts").sendKeys(Keys.ESCAPE);
        assertThat(page.isOpen("#account")).isFalse();
        assertThat(page.browser().run("return document.activeElement.textContent"))
                .isEqualTo("Account");
        page.browser().find("#account summary").click();
        page.browser().find("h1").click();
        assertThat(page.isOpen("#account")).isFalse();
    }

    @Test
    void theThemeChangesAtOnceAndIsKept() throws InterruptedException {
        var light = page.browser().find("body").getCssValue("background-color");
        page.browser().find("#account summary").click();
        page.browser().find("#dark").click();
        assertThat(page.browser().find("body").getCssValue("background-color")).isNotEqualTo(light);
        assertThat(page.browser().find("#dark").getDomAttribute("aria-pressed")).isEqualTo("true");
        assertThat(page.received()).isEqualTo("theme csrf=c1&theme=dark");
    }

    @Test
    void aFormIsSentOnce() throws InterruptedException {
        page.browser()
                .run("const form = document.querySelector('#plain'); form.requestSubmit(form.querySelector('button'));"
                        + "form.requestSubmit()");
        assertThat(page.browser().find("#plain button").getDomAttribute("aria-busy"))
                .isEqualTo("true");
        assertThat(page.received()).isEqualTo("save a=1");
        page.browser().run("document.querySelector('#plain').requestSubmit()");
        page.browser().find("#smooth button").click();
        assertThat(page.received()).isEqualTo("save b=2");
        page.browser()
                .await(
                        "ready again",
                        () -> page.browser().find("#smooth button").getDomAttribute("aria-busy") == null);
        page.browser().find("#smooth button").click();
        assertThat(page.received()).isEqualTo("save b=2");
        assertThat(page.pages.received).isEmpty();
    }

    @Test
    void aQuestionIsAskedOverThePage() throws InterruptedException {
        page.browser().find("#ask").click();
        page.browser().await("asked", () -> !page.browser().all("dialog[open]").isEmpty());
        assertThat(page.browser().find("dialog[open]").getAccessibleName()).isEqualTo("Remove web?");
        page.browser().press(Keys.ESCAPE);
        page.browser()
                .await("closed", () -> page.browser().all("dialog:not(#keys)").isEmpty());
        assertThat(page.focused()).isEqualTo("ask");
        page.browser().find("#ask").click();
        page.browser().await("asked", () -> !page.browser().all("dialog[open]").isEmpty());
        page.browser().find("#keep").click();
        page.browser()
                .await("closed", () -> page.browser().all("dialog:not(#keys)").isEmpty());
        page.browser().find("#ask").click();
        page.browser().await("asked", () -> !page.browser().all("dialog[open]").isEmpty());
        page.browser().find("dialog [form=remove]").click();
        assertThat(page.received()).isEqualTo("remove ");
    }

    @Test
    void keysGoToWhatTheyName() {
        page.browser().press("g");
        page.browser().press("d");
        assertThat(page.browser().driver().getCurrentUrl()).endsWith("#deployments");
        page.browser().press("/");
        assertThat(page.focused()).isEqualTo("search");
        page.browser().press("e", "?");
        assertThat(page.browser().find("#search").getDomProperty("value")).isEqualTo("e?");
        page.browser().run("document.activeElement.blur()");
        page.browser().find("#one").sendKeys("?");
        assertThat(page.isOpen("#keys")).isTrue();
        page.browser().press("e");
        assertThat(page.isOpen("#account")).isFalse();
        page.browser().find("#keys [data-close]").click();
        assertThat(page.isOpen("#keys")).isFalse();
        assertThat(page.focused()).isEqualTo("one");
        page.browser().press("e");
        assertThat(page.isOpen("#account")).isTrue();
        page.browser().find("#shortcuts").click();
        assertThat(page.isOpen("#keys")).isTrue();
        assertThat(page.isOpen("#account")).isFalse();
    }

    @Test
    void keysGoThroughTheRows() {
        page.browser().press("j");
        assertThat(page.focused()).isEqualTo("one");
        page.browser().press("j");
        assertThat(page.focused()).isEqualTo("two");
        page.browser().press("j");
        assertThat(page.focused()).isEqualTo("two");
        page.browser().press(".");
        assertThat(page.isOpen("#more")).isTrue();
        page.browser().press("k");
        page.browser().press(Keys.ENTER);
        assertThat(page.browser().driver().getCurrentUrl()).endsWith("#one");
    }

    @Test
    void keysAreOffForThoseWhoWantNone() {
        page.browser().run("document.documentElement.dataset.keys = 'off'");
        page.browser().press("e");
        assertThat(page.isOpen("#account")).isFalse();
        page.browser().find("#account summary").click();
        page.browser().press(Keys.ESCAPE);
        assertThat(page.isOpen("#account")).isFalse();
    }

    @Test
    void timesGoOn() {
        var now = Instant.ofEpochMilli((Long) page.browser().run("return Date.now()"));
        page.browser()
                .run(
                        "document.querySelector('#time').dateTime = arguments[0]",
                        now.minusSeconds(95).toString());
        page.browser().run("document.querySelector('#during').dateTime = arguments[0]", now.toString());
        page.browser()
                .await("it is a while ago", () -> page.browser().text("#time").equals("1 min ago"));
        page.browser().await("two seconds", () -> page.browser().text("#during").equals("2 s so far"));
        page.browser()
                .run(
                        "document.querySelector('#time').dateTime = arguments[0]",
                        now.minusSeconds(7300).toString());
        page.browser().await("hours", () -> page.browser().text("#time").equals("2 h ago"));
    }
}
