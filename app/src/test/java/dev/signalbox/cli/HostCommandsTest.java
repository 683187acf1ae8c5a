package dev.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of the machine and needs no appliance. */
class HostCommandsTest {
    @TempDir
    Path directory;

    @RegisterExtension
    final Terminal terminal = new Terminal(() -> directory);

    @Test
    void theDatabaseIsCopiedWithoutAnAppliance() {
        terminal.socket.close();
        assertThat(terminal.run("backup-database", "/srv/copy.db")).isZero();
        assertThat(terminal.host.asked).containsExactly("back up to /srv/copy.db");
        assertThat(terminal.out() + terminal.err()).isEmpty();
    }

    @Test
    void theDoctorsWordIsInTheExitCode() {
        assertThat(terminal.run("doctor")).isZero();
        terminal.host.isWell = false;
        assertThat(terminal.run("doctor")).isEqualTo(1);
        assertThat(terminal.out()).isEqualTo("ok  Docker\nok  Docker\n");
    }

    @Test
    void theKeysWordsAreInLines() {
        assertThat(terminal.run("key", "words")).isZero();
        assertThat(terminal.out()).isEqualTo("one two three four five six\nseven eight\n");
    }

    @Test
    void theKeyIsPutBackFromWhatIsPipedIn() {
        terminal.piped = "# kept by Mara\none two\n\n  three\n";
        assertThat(terminal.run("key", "restore")).isZero();
        assertThat(terminal.run("key", "confirm")).isZero();
        assertThat(terminal.run("key", "create")).isZero();
        assertThat(terminal.host.asked).containsExactly("restore from [one, two, three]", "confirm", "create a key");
    }

    @Test
    void whatTheMachineRefusesIsSaid() {
        terminal.host.refusal = "There is no database.";
        assertThat(terminal.run("backup-database", "/srv/copy.db")).isEqualTo(1);
        assertThat(terminal.err()).isEqualTo("error: There is no database.\n");
    }
}
