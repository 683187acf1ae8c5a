package dev.signalbox.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecoveryKitTest {
    @TempDir
    Path directory;

    /** Vectors that other programs agree on. */
    @ParameterizedTest
    @CsvSource({
        "00, abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon"
                + " abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon art",
        "7f, legal winner thank year wave sausage worth useful legal winner thank year wave sausage worth useful legal"
                + " winner thank year wave sausage worth title",
        "80, letter advice cage absurd amount doctor acoustic avoid letter advice cage absurd amount doctor acoustic"
                + " avoid letter advice cage absurd amount doctor acoustic bless",
        "ff, zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo vote"
    })
    void wordsAreThoseOfTheStandard(String everyByte, String words) {
        var key = HexFormat.of().parseHex(everyByte.repeat(32));
        assertThat(String.join(" ", RecoveryWords.of(key))).isEqualTo(words);
        assertThat(RecoveryWords.read(List.of(words.split(" ", -1)))).isEqualTo(key);
    }

    @Test
    void everyKeyComesBackFromItsWords() {
        var random = new Random(7);
        for (int round = 0; round < 50; round++) {
            var key = new byte[32];
            random.nextBytes(key);
            assertThat(RecoveryWords.read(RecoveryWords.of(key))).isEqualTo(key);
        }
    }

    @Test
    void theKeyIsPutBackAsItWas() throws Exception {
        MasterKey.create(key(), new SecureRandom());
        var before = Files.readString(key());
        var words = RecoveryKit.words(key());
        Files.delete(key());
        assertThat(RecoveryKit.restore(
                        key(), words.stream().map(String::toUpperCase).toList()))
                .isTrue();
        assertThat(key()).hasContent(before.strip());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key())))
                .isEqualTo("r--r-----");
        MasterKey.load(key());
    }

    @Test
    void aKeyThatIsThereIsLeftAlone() throws Exception {
        MasterKey.create(key(), new SecureRandom());
        var before = Files.readString(key());
        assertThat(RecoveryKit.restore(key(), RecoveryWords.of(new byte[32]))).isFalse();
        assertThat(key()).hasContent(before.strip());
    }

    @Test
    void wrongWordsMakeNoKey() {
        var words = new ArrayList<>(RecoveryWords.of(HexFormat.of().parseHex("0123456789abcdef".repeat(4))));
        assertWrong(words.subList(0, 23), "These are 23 words; the kit has 24.");
        var misspelt = new ArrayList<>(words);
        misspelt.set(4, "signalbox");
        assertWrong(misspelt, "Word 5 is not one of the words that kits are made of.");
        var turned = new ArrayList<>(words);
        Collections.swap(turned, 0, 1);
        assertWrong(turned, "Every word is a good one, but not all of them are right, or not in their order.");
        assertThat(key()).doesNotExist();
    }

    @Test
    void itIsAskedForUntilSomebodySaysTheyHaveIt() throws Exception {
        MasterKey.create(key(), new SecureRandom());
        assertThat(RecoveryKit.isConfirmed(key())).isFalse();
        RecoveryKit.confirm(key());
        assertThat(RecoveryKit.isConfirmed(key())).isTrue();
    }

    @Test
    void anotherKeyIsAskedForAgain() throws Exception {
        MasterKey.create(key(), new SecureRandom());
        RecoveryKit.confirm(key());
        Files.delete(key());
        MasterKey.create(key(), new SecureRandom());
        assertThat(RecoveryKit.isConfirmed(key())).isFalse();
    }

    @Test
    void whatIsWrittenDownTellsNothingOfTheKey() throws Exception {
        MasterKey.create(key(), new SecureRandom());
        RecoveryKit.confirm(key());
        var marker = Files.readString(directory.resolve("master.key.confirmed")).strip();
        assertThat(marker).matches("[0-9a-f]{16}");
        assertThat(Files.readString(key())).doesNotContain(marker);
    }

    private void assertWrong(List<String> words, String message) {
        assertThatThrownBy(() -> RecoveryKit.restore(key(), words))
                .isInstanceOf(WordsWrong.class)
                .hasMessage(message);
    }

    private Path key() {
        return directory.resolve("master.key");
    }
}
