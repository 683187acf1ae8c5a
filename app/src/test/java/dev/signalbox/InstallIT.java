package dev.signalbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.signalbox.Installation.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The installer as people run it, below a prefix and on free ports: what it makes, what a second run and an upgrade do to
 * it, and what is left when it is gone.
 */
@TestMethodOrder(OrderAnnotation.class)
class InstallIT {
    private static final Pattern READY = Pattern.compile("Ready in \\d+ s");

    @TempDir
    private static Path directory;

    private static Installation installed;
    private static List<String> firstLines = List.of();

    @BeforeAll
    static void pack() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "installing takes root");
        installed = new Installation(directory);
    }

    @AfterAll
    static void takeAway() throws Exception {
        if (installed != null) installed.remove();
    }

    @Test
    @Order(1)
    void portsThatAreTakenAreNamedWithTheirProgramAndNothingIsChanged() throws Exception {
        var ran = installed.installOnTakenPort();
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.output())
                .contains(
                        "is in use by java (process " + ProcessHandle.current().pid() + ")")
                .contains("Nothing was changed.");
        assertThat(installed.file("opt")).doesNotExist();
        assertThat(installed.file("etc")).doesNotExist();
    }

    @Test
    @Order(2)
    void endsWithAnAppThatAnswers() throws Exception {
        var ran = installed.install("--demo");
        assertThat(ran.exit()).as(ran.output()).isZero();
        firstLines = ran.lastLines(5);
        var panel = "http://localhost:" + installed.httpPort();
        assertThat(firstLines.get(0)).isEqualTo("Panel: " + panel);
        assertThat(firstLines.get(1)).matches("Sign in: demo@example.com / \\S{20,}");
        assertThat(firstLines.get(2)).isEqualTo("App: http://hello-node-demo.localhost:" + installed.httpPort());
        assertThat(firstLines.get(3)).isEqualTo("Git remote: " + panel + "/git/demo/hello-node.git");
        assertThat(firstLines.get(4)).matches(READY);
        assertThat(installed.askApp()).isEqualTo(200);
    }

    @Test
    @Order(3)
    void whatIsSecretIsReadableByItsOwnersAlone() throws Exception {
        assertThat(installed.mode("var/lib/signalbox")).isEqualTo("signalbox rwx------");
        assertThat(installed.mode("etc/signalbox/master.key")).isEqualTo("root r--r-----");
        assertThat(installed.mode("etc/signalbox/signalbox.env")).isEqualTo("root rw-r-----");
        assertThat(installed.mode("run/signalbox/admin.sock")).isEqualTo("signalbox rw-------");
        assertThat(installed.userOfProgram()).isEqualTo("signalbox");
    }

    @Test
    @Order(4)
    void commandsAreOnThePathAndWorkWithoutAPassword() throws Exception {
        var token = installed.command("token", "create", "--name", "laptop");
        assertThat(token.exit()).isZero();
        assertThat(token.output().strip()).matches("signalbox_\\S+");
        assertThat(installed.command("status").output()).contains("up on port " + installed.httpPort());
    }

    @Test
    @Order(5)
    void aSecondRunRepairsAndEndsAlike() throws Exception {
        Files.delete(installed.file("usr/local/bin/signalbox"));
        Files.delete(installed.file("etc/signalbox/signalbox.env"));
        var ran = installed.install("--demo");
        assertThat(ran.exit()).as(ran.output()).isZero();
        var lines = ran.lastLines(5);
        assertThat(lines.get(0)).isEqualTo(firstLines.get(0));
        assertThat(lines.get(1)).startsWith("Sign in: demo@example.com / ");
        assertThat(lines.subList(2, 4)).isEqualTo(firstLines.subList(2, 4));
        assertThat(installed.command("status").output()).contains("up on port " + installed.httpPort());
        assertThat(installed.askApp()).isEqualTo(200);
    }

    @Test
    @Order(6)
    void anOlderPackageIsRefused() throws Exception {
        var ran = installed.upgrade(installed.packageOf("0.0.9"));
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.output()).contains("This package is 0.0.9").contains("Nothing was changed.");
        assertThat(installed.askApp()).isEqualTo(200);
    }

    @Test
    @Order(7)
    void aProgramThatDoesNotStartGivesWayToTheOldOneByItself() throws Exception {
        var before = installed.current();
        var ran = installed.watchingTheApp(() -> installed.upgrade(installed.brokenPackageOf("9.0.0")));
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.output()).contains("The new program did not answer").contains("is back with the data as it was");
        assertThat(installed.current()).isEqualTo(before);
        assertThat(installed.command("status").output()).contains("up on port");
    }

    @Test
    @Order(8)
    void anUpgradeTakesTheDataAlongAndNoRequestOfAnApp() throws Exception {
        var before = installed.current();
        var ran = installed.watchingTheApp(() -> installed.upgrade(installed.packageOf("9.0.1")));
        assertThat(ran.exit()).as(ran.output()).isZero();
        assertThat(installed.current()).startsWith("9.0.1-");
        assertThat(installed.versions())
                .as("the one that runs and the one to go back to")
                .containsExactlyInAnyOrder(installed.current(), before);
        assertThat(installed.command("status").output()).contains("up on port");
        try (var copies = Files.list(installed.file("var/lib/signalbox/upgrades"))) {
            assertThat(copies).isNotEmpty();
        }
    }

    @Test
    @Order(9)
    void uninstallingKeepsTheDataUntilItIsPurged() throws Exception {
        var instance = installed.instance();
        assertThat(installed.uninstall()).extracting(Ran::exit).isEqualTo(0);
        assertThat(installed.file("var/lib/signalbox/signalbox.db")).exists();
        assertThat(installed.file("etc/signalbox/master.key")).exists();
        assertThat(installed.file("opt")).doesNotExist();
        assertThat(installed.containers(instance)).isEmpty();

        assertThat(installed.uninstall("--purge")).extracting(Ran::exit).isEqualTo(0);
        assertThat(leftFiles()).isEmpty();
        assertThat(installed.containers(instance)).isEmpty();
        assertThat(installed.images(instance)).isEmpty();
    }

    private static List<Path> leftFiles() throws IOException {
        try (var files = Files.walk(installed.file(""))) {
            return files.skip(1).toList();
        }
    }
}
