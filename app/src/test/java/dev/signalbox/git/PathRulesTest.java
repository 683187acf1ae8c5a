package dev.signalbox.git;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathRulesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                ".git",
                ".GIT",
                ".Git",
                ".g\u200cit",
                ".git\u200c",
                "\ufeff.git",
                ".git.",
                ".git ",
                ".git . ",
                "git~1",
                "GIT~1",
                ".git::$INDEX_ALLOCATION",
                ".git:x",
                "a\\.git",
                ".git\\config",
                "..",
                ".",
                "..\\x",
                "",
                "a\\\\b"
            })
    void namesThatGitOrAnotherFileSystemTakesForItsOwnAreForbidden(String name) {
        assertThat(PathRules.isForbidden(name)).isTrue();
        assertThat(PathRules.isForbidden("some/folder/" + name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".gitignore",
                ".gitattributes",
                ".github",
                "git",
                "a.git",
                ".git2",
                "...",
                "git~2",
                "..x",
                "x..",
                "ä",
                "a b",
                "a\\b",
                ".env"
            })
    void namesThatOnlyLookAlikeAreAllowed(String name) {
        assertThat(PathRules.isForbidden(name)).isFalse();
        assertThat(PathRules.isForbidden("some/folder/" + name)).isFalse();
    }

    @Test
    void pathsHaveAnEnd() {
        assertThat(PathRules.isForbidden("d/".repeat(2_047) + "xy")).isFalse();
        assertThat(PathRules.isForbidden("d/".repeat(2_047) + "xyz")).isTrue();
        assertThat(PathRules.isForbidden("ä".repeat(2_049))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "link, /etc/shadow",
        "link, ..",
        "link, ../x",
        "link, ./../x",
        "link, ''",
        "a/link, ../../x",
        "a/link, b/../../..",
        "a/link, b/../x",
        "a/b/link, ../../../x"
    })
    void linksOutOfTheRepositoryAreSeen(String path, String target) {
        assertThat(PathRules.staysInside(path, target)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "link, x",
        "link, ./x//y/",
        "link, .",
        "a/link, ..",
        "a/link, ../x",
        "a/link, ./.././x/y",
        "a/b/link, ../../x",
        "link, ...",
        "link, ..x/y"
    })
    void linksInsideTheRepositoryAreLeftAlone(String path, String target) {
        assertThat(PathRules.staysInside(path, target)).isTrue();
    }
}
