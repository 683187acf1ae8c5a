package dev.signalbox.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.engine.FakeEngine;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fixes name commands that this machine has. */
class InitSystemTest {
    private static final Pattern COMMAND = Pattern.compile("systemctl|journalctl|timedatectl");

    @TempDir
    Path root;

    private InitSystem init;

    @BeforeEach
    void look() {
        init = new InitSystem(root);
    }

    @Test
    void withSystemdItsCommandsAreNamed() throws IOException {
        Files.createDirectories(root.resolve("run/systemd/system"));
        unit();
        assertThat(fixes()).allMatch(fix -> COMMAND.matcher(fix).find());
    }

    @Test
    void withoutSystemdNoneOfThemIs() throws IOException {
        unit(); // left by an image that had one
        assertThat(fixes()).noneMatch(fix -> COMMAND.matcher(fix).find());
        assertThat(init.startSignalbox())
                .contains("after a reboot", "install.sh", "Its log: /var/log/signalbox/signalbox.log");
    }

    @Test
    void whatIsInstalledBelowAPrefixIsNoUnit() throws IOException {
        Files.createDirectories(root.resolve("run/systemd/system"));
        assertThat(init.startSignalbox()).contains("install.sh").doesNotContain("systemctl");
        assertThat(init.startDocker()).contains("systemctl start docker");
    }

    @Test
    void commandsNameTheProgramThatIsAskedAndItsLog() throws IOException {
        Files.createDirectories(root.resolve("run/systemd/system"));
        unit(); // another installation's
        var other = InitSystem.of(root, "/srv/try/opt/signalbox/versions/1.0-0a1b2c3d");
        assertThat(other.startSignalbox())
                .contains(
                        "sudo /srv/try/opt/signalbox/current/installer/install.sh --yes --prefix /srv/try.",
                        "Its log: /srv/try/var/log/signalbox/signalbox.log");
        assertThat(InitSystem.of(root, "/opt/signalbox/versions/1.0-0a1b2c3d")).isEqualTo(init);
        assertThat(InitSystem.of(root, "/home/me/signalbox/target")).isEqualTo(init);
    }

    @Test
    void aNameThatIsNoUnitsIsPutIntoNoCommand() throws IOException {
        Files.createDirectories(root.resolve("run/systemd/system"));
        assertThat(init.stopForGood("nginx")).endsWith("--now nginx");
        assertThat(init.stopForGood("x; reboot")).endsWith("--now NAME");
    }

    @Test
    void aCheckSaysWhatTheMachineHas() throws IOException {
        int free;
        try (var socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertThat(new PanelCheck(free, init).examine().fix()).isEqualTo(init.startSignalbox());
        assertThat(new RouterCheck(free, init).examine().fix()).endsWith("see: " + init.signalboxLog());
        var engine = new FakeEngine(Clock.systemUTC());
        assertThat(new DockerCheck(engine, init).examine().fix()).isEmpty();
    }

    private List<String> fixes() {
        return List.of(
                init.startSignalbox(),
                init.signalboxLog(),
                init.startDocker(),
                init.reloadDocker(),
                init.restartDocker(),
                init.setFirewall(),
                init.keepClock(),
                init.stopForGood("nginx"));
    }

    private void unit() throws IOException {
        Files.createDirectories(root.resolve("etc/systemd/system"));
        Files.writeString(root.resolve("etc/systemd/system/signalbox.service"), "[Service]");
    }
}
