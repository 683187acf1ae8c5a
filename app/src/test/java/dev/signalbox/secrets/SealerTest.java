package dev.signalbox.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealerTest {
    private static final Secret PASSWORD = new Secret("correct horse \u2603");

    @TempDir
    Path directory;

    private Sealer sealer;

    @BeforeEach
    void makeKey() throws Exception {
        sealer = sealer("one.key", "variables.sealed_value");
    }

    @Test
    void opensWhatItSealed() {
        var sealed = sealer.seal("wl_1/TOKEN", PASSWORD);
        assertThat(sealed).startsWith("v1:").doesNotContain("horse");
        assertThat(sealer.open("wl_1/TOKEN", sealed).reveal()).isEqualTo(PASSWORD.reveal());
    }

    @Test
    void sealsTheSameDifferentlyEachTime() {
        assertThat(sealer.seal("row", PASSWORD)).isNotEqualTo(sealer.seal("row", PASSWORD));
    }

    @Test
    void aValueMovedToAnotherRowDoesNotOpen() {
        var sealed = sealer.seal("wl_1/TOKEN", PASSWORD);
        assertThatThrownBy(() -> sealer.open("wl_2/TOKEN", sealed)).isInstanceOf(SealBroken.class);
    }

    @Test
    void aValueMovedToAnotherColumnDoesNotOpen() throws Exception {
        var sealed = sealer.seal("row", PASSWORD);
        assertThatThrownBy(() -> sealer("one.key", "releases.sealed_variables").open("row", sealed))
                .isInstanceOf(SealBroken.class);
    }

    @Test
    void anAlteredValueDoesNotOpen() {
        var sealed = sealer.seal("row", PASSWORD);
        var last = sealed.charAt(sealed.length() - 3);
        var altered = sealed.substring(0, sealed.length() - 3)
                + (last == 'A' ? 'B' : 'A')
                + sealed.substring(sealed.length() - 2);
        assertThatThrownBy(() -> sealer.open("row", altered)).isInstanceOf(SealBroken.class);
        assertThatThrownBy(() -> sealer.open("row", "plain text")).isInstanceOf(SealBroken.class);
    }

    @Test
    void anotherMasterKeyIsNamedAsTheReason() throws Exception {
        var sealed = sealer.seal("row", PASSWORD);
        assertThatThrownBy(() -> sealer("two.key", "variables.sealed_value").open("row", sealed))
                .hasMessageContaining("another master key");
    }

    @Test
    void aSecretDoesNotPrintItself() {
        assertThat(PASSWORD).hasToString("***");
        assertThat(PASSWORD.matches(new Secret(PASSWORD.reveal()))).isTrue();
        assertThat(PASSWORD.matches(new Secret("other"))).isFalse();
    }

    private Sealer sealer(String key, String column) throws Exception {
        var random = new SecureRandom();
        MasterKey.create(directory.resolve(key), random);
        return new Sealer(MasterKey.load(directory.resolve(key)), column, random);
    }
}
