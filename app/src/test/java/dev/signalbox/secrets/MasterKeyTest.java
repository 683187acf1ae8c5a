package dev.signalbox.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeyTest {
    @TempDir
    Path directory;

    @Test
    void aMissingKeyIsNotReplaced() {
        assertRefused("missing");
        assertThat(file()).doesNotExist();
    }

    @Test
    void aKeyThatEverybodyReadsIsRefused() throws Exception {
        MasterKey.create(file(), new SecureRandom());
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
        assertRefused("readable by every user of this machine");
    }

    @Test
    void aKeyCutShortIsRefused() throws Exception {
        MasterKey.create(file(), new SecureRandom());
        Files.writeString(file(), "0123456789abcdef");
        assertRefused("cut short");
    }

    @Test
    void somethingElseIsRefused() throws Exception {
        MasterKey.create(file(), new SecureRandom());
        Files.writeString(file(), "hello");
        assertRefused("not a key");
    }

    @Test
    void anExistingKeyIsNeverOverwritten() throws Exception {
        assertThat(MasterKey.create(file(), new SecureRandom())).isTrue();
        var before = Files.readString(file());
        assertThat(MasterKey.create(file(), new SecureRandom())).isFalse();
        assertThat(file()).hasContent(before);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    private void assertRefused(String what) {
        assertThatThrownBy(() -> MasterKey.load(file()))
                .isInstanceOf(KeyUnusable.class)
                .hasMessage("Master key " + file() + " is " + what + "; restore it from your recovery kit.");
    }

    private Path file() {
        return directory.resolve("master.key");
    }
}
