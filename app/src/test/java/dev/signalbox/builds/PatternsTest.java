package dev.signalbox.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Files made to keep those busy who read them. */
class PatternsTest {
    @Test
    void aDirectiveOfSpacesIsReadInOnePass() {
        soon(() -> Dockerfile.parse("# a=" + " ".repeat(200_000) + "\nFROM debian\n"));
        soon(() -> Dockerfile.parse("# a" + " ".repeat(200_000) + "\nFROM debian\n"));
    }

    @Test
    void hereDocumentsWithoutEndAreReadInOnePass() {
        soon(() -> Dockerfile.parse("FROM debian\n" + "RUN <<A\n".repeat(30_000)));
    }

    @Test
    void referencesWithoutEndAreReadInOnePass() {
        soon(() -> assertThatThrownBy(() -> OwnDockerfile.of("Dockerfile", "FROM " + "${a:-".repeat(50_000) + "\n"))
                .isInstanceOf(BuildRefused.class));
    }

    @Test
    void deepNamesDoNotOverflowTheStack() {
        var names = "a" + ".b".repeat(50_000);
        plan(MapTree.of(
                "requirements.txt",
                "django",
                "main.py",
                "",
                "manage.py",
                "os.environ.setdefault('DJANGO_SETTINGS_MODULE', '" + names + "')"));
        var json = "{\"scripts\": {\"build\": \"vite build\"}}";
        plan(MapTree.of("package.json", json, "vite.config.js", "outDir: 'a" + "/b".repeat(50_000) + "!'"));
    }

    @Test
    void aYarnPathOfManyYarnsIsReadSoon() {
        var json = "{\"scripts\": {\"start\": \"node x.js\"}, \"packageManager\": \"\"}";
        plan(MapTree.of("package.json", json, "yarn.lock", "", ".yarnrc.yml", "yarnPath: " + "yarn-1".repeat(40_000)));
    }

    @Test
    void onlyLockFilesMayBeLarge() {
        var large = " ".repeat(300_000);
        var files = new SourceFiles(MapTree.of("package.json", large, "package-lock.json", large, "uv.lock", large));

        assertThatThrownBy(() -> files.text("package.json"))
                .hasMessage("package.json is larger than 256 KB, which is more than is read of such a file.");
        assertThat(files.text("package-lock.json")).isPresent();
        assertThat(files.text("uv.lock")).isPresent();
    }

    private static void plan(MapTree tree) {
        soon(() -> Planner.plan("svc-x", new SourceFiles(tree)));
    }

    private static void soon(Executable reading) {
        assertTimeoutPreemptively(Duration.ofSeconds(3), reading);
    }
}
