package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.web.Browser.Size;
import dev.signalbox.web.Browser.Theme;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Takes the pictures of the panel. With the directory of the drawings that it was built from in the property {@code
 * signalbox.mocks}, each is also put beside its drawing, for somebody to look at.
 */
class ShotsIT {
    private static final Optional<Path> MOCKS =
            Optional.ofNullable(System.getProperty("signalbox.mocks")).map(Path::of);
    private static final Path SHOTS = Path.of(System.getProperty("signalbox.shots", "target/shots"));
    private static final int GAP = 24;

    @TempDir
    static Path told;

    @TempDir
    static Path untold;

    /** A page, and the drawing of the same name. */
    private record Shot(String name, String path) {}

    private static final List<Shot> TOLD = List.of(
            new Shot("project", AcmeStory.SHOP),
            new Shot("service", AcmeStory.WEB),
            new Shot("deployment-live", AcmeStory.WEB + "/deployments/143"),
            new Shot("deployment-failed", AcmeStory.WORKER + "/deployments/61"),
            new Shot("variables", AcmeStory.WEB + "/variables"));

    @Test
    void everyPictureIsTaken() throws IOException {
        if (MOCKS.isEmpty()) {
            System.out.println("signalbox.mocks is not set: the pages are taken alone, not beside their drawings.");
        }
        try (var story = AcmeStory.told(told);
                var browser = Browser.start()) {
            story.tour().signIn(browser);
            for (var shot : TOLD) take(browser, story, shot);
        }
        try (var story = AcmeStory.beginning(untold);
                var browser = Browser.start()) {
            story.tour().signIn(browser);
            take(browser, story, new Shot("projects-empty", "/projects"));
        }
    }

    private static void take(Browser browser, AcmeStory story, Shot shot) throws IOException {
        for (var size : Size.values()) {
            for (var theme : Theme.values()) {
                browser.size(size);
                browser.theme(theme);
                var page = SHOTS.resolve(name(shot, size, theme) + ".png");
                browser.open(story.address() + shot.path);
                browser.screenshot(page);
                assertThat(ImageIO.read(page.toFile()).getWidth()).isEqualTo(size.width());
                if (MOCKS.isPresent()) beside(browser, MOCKS.get().resolve(shot.name + ".html"), page);
            }
        }
        assertThat(browser.violations()).isEmpty();
    }

    private static String name(Shot shot, Size size, Theme theme) {
        return shot.name + "-" + size.width() + "-" + theme.name().toLowerCase(Locale.ROOT);
    }

    /** The drawing on the left, the page on the right. */
    private static void beside(Browser browser, Path drawing, Path page) throws IOException {
        var drawn = Files.createTempFile("drawing", ".png");
        browser.open(drawing.toUri().toString());
        browser.screenshot(drawn);
        var left = ImageIO.read(drawn.toFile());
        var right = ImageIO.read(page.toFile());
        Files.delete(drawn);
        var both = new BufferedImage(
                left.getWidth() + GAP + right.getWidth(),
                Math.max(left.getHeight(), right.getHeight()),
                BufferedImage.TYPE_INT_RGB);
        var canvas = both.createGraphics();
        canvas.setColor(Color.GRAY);
        canvas.fillRect(0, 0, both.getWidth(), both.getHeight());
        canvas.drawImage(left, 0, 0, null);
        canvas.drawImage(right, left.getWidth() + GAP, 0, null);
        canvas.dispose();
        var file = SHOTS.resolve("beside").resolve(page.getFileName());
        Files.createDirectories(file.getParent());
        ImageIO.write(both, "png", file.toFile());
    }
}
