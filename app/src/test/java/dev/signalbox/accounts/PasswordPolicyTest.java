package dev.signalbox.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.secrets.Secret;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordPolicyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "seven77",
                "eleven11111",
                "aaaaaaaaaaaa",
                "ababababababab",
                "abcabcabcabca",
                "123456789012",
                "abcdefghijklmnop",
                "qwertyuiop[]",
                "poiuytrewq12",
                "1qaz2wsx3edc4rfv",
                "password1234",
                "Password1234!",
                "P A S S W O R D 2026",
                "iloveyou2026!",
                "ILoveYouForever",
                "!!welcome2026",
                "correct horse battery staple",
                "letmeinplease",
                "my signalbox is great",
                "lindqvist and more words",
                "xx mara@acme.example xx"
            })
    void suchPasswordsAreRefusedWithASentence(String password) {
        assertThat(flaw(password)).hasValueSatisfying(flaw -> {
            assertThat(flaw.field()).isEqualTo("password");
            assertThat(flaw.message()).endsWith(".");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "twelve chars",
                "alllowercaseandlong",
                "73519482650371",
                "пароль из слов",
                "🚂🚃🚋🚞🚝🚄🚅🚈🚇🚆🚉🚊",
                "four unrelated words of hers",
                "password manager says 7Hq",
                " leading and trailing "
            })
    void suchPasswordsAreTakenWhateverTheyAreMadeOf(String password) {
        assertThat(flaw(password)).isEmpty();
    }

    @Test
    void lengthIsCountedInCharacters() {
        var words = "trainsand boats and planes by night ".repeat(10);
        assertThat(flaw(words.substring(0, 256))).isEmpty();
        assertThat(flaw(words.substring(0, 257))).isPresent();
    }

    @Test
    void aShortNameForbidsNothing() {
        assertThat(PasswordPolicy.flaw(new Secret("always and forever here"), "Al", "al@acme.example"))
                .isEmpty();
    }

    private static Optional<Flaw> flaw(String password) {
        return PasswordPolicy.flaw(new Secret(password), "Mara Lindqvist", "mara@acme.example");
    }
}
