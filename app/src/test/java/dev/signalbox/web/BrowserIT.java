package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.web.Axe.Violation;
import dev.signalbox.web.Browser.Size;
import dev.signalbox.web.Browser.Theme;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That the browser of the other tests sees what it is said to see, and leaves nothing behind. */
class BrowserIT {
    @TempDir
    static Path directory;

    private static World world;
    private static String address;

    @BeforeAll
    static void start() {
        world = new World(directory).start(World.unlimited(), new TestPages()::with);
        address = "http://localhost:" + world.http().port();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void theFirstPageIsGoodOnEveryScreen(Theme theme) throws IOException {
        try (var browser = Browser.start()) {
            browser.theme(theme);
            for (var size : Size.values()) {
                browser.size(size);
                browser.open(address + "/");
                assertThat(browser.find("h1").getText()).isEqualTo("Sign in");
                assertThat(Axe.violations(browser)).isEmpty();
                var picture = directory.resolve(theme + "-" + size + ".png");
                browser.screenshot(picture);
                assertThat(ImageIO.read(picture.toFile()).getWidth()).isEqualTo(size.width());
            }
            assertThat(browser.violations()).isEmpty();
            assertThat(browser.errors()).isEmpty();
        }
    }

    @Test
    void aPageWithAllOurFilesGivesNoComplaint() {
        try (var browser = Browser.start()) {
            browser.open(address + "/try/page/plain");
            assertThat(browser.find("[data-copy]").isDisplayed()).isTrue();
            assertThat(browser.run("return document.querySelector('.ico use').getBBox().width"))
                    .isNotEqualTo(0L);
            for (var theme : Theme.values()) {
                browser.theme(theme);
                assertThat(Axe.violations(browser)).isEmpty();
            }
            assertThat(browser.violations()).isEmpty();
            assertThat(browser.errors()).isEmpty();
        }
    }

    @Test
    void themesDiffer() {
        try (var browser = Browser.start()) {
            browser.open(address + "/try/page/plain");
            var light = browser.find("body").getCssValue("background-color");
            browser.theme(Theme.DARK);
            assertThat(browser.find("body").getCssValue("background-color")).isNotEqualTo(light);
        }
    }

    @Test
    void whatIsWrongIsSeen() {
        try (var browser = Browser.start()) {
            browser.open(address + "/try/page/wrong");
            assertThat(browser.driver().getTitle()).isEqualTo("Wrong");
            assertThat(browser.violations())
                    .hasSize(3)
                    .anyMatch(text -> text.contains("script-src"))
                    .anyMatch(text -> text.contains("style-src"))
                    .anyMatch(text -> text.contains("img-src"));
            assertThat(browser.errors()).singleElement().asString().contains("404");
            assertThat(Axe.violations(browser))
                    .extracting(Violation::rule)
                    .contains("image-alt", "html-has-lang", "region");
        }
    }

    @Test
    void scriptsAreReallyOff() {
        try (var browser = Browser.withoutScripts()) {
            browser.open(address + "/try/page/plain");
            assertThat(browser.find("#without").isDisplayed()).isTrue();
            assertThat(browser.find("[data-copy]").isDisplayed()).isFalse();
            assertThat(browser.all("[role=status]")).isEmpty();
            assertThat(browser.violations()).isEmpty();
            assertThat(browser.errors()).isEmpty();
        }
        try (var browser = Browser.start()) {
            browser.open(address + "/try/page/plain");
            assertThat(browser.all("#without")).isEmpty();
            browser.await("the script ran", () -> browser.all("[role=status]").size() == 1);
        }
    }

    @Test
    void nothingStaysBehind() {
        Path profile;
        try (var browser = Browser.start()) {
            profile = browser.profile();
            assertThat(profile).isDirectory();
            assertThat(Browser.processes(profile)).isNotEmpty();
        }
        assertThat(profile).doesNotExist();
        assertThat(Browser.processes(profile)).isEmpty();
    }
}
