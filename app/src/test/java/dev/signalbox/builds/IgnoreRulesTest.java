package dev.signalbox.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IgnoreRulesTest {
    @ParameterizedTest
    @CsvSource({
        "node_modules, node_modules/a/b.js, true",
        "node_modules, web/node_modules/a.js, false",
        "**/node_modules, web/node_modules/a.js, true",
        "**/node_modules, node_modules/a.js, true",
        "/build, build/x, true",
        "./build/, build/x, true",
        "*.md, README.md, true",
        "*.md, docs/README.md, false",
        "**/*.md, docs/README.md, true",
        "docs/*, docs/a/b, true",
        "docs/?.md, docs/a.md, true",
        "docs/?.md, docs/ab.md, false",
        "**, anything/at/all, true",
        "a/**/z, a/z, true",
        "a/**/z, a/b/c/z, true",
        "a/**, a/b, true",
        "[a-c]x, bx, true",
        "[^a-c]x, bx, false",
        "[^a-c]x, dx, true",
        "[]]x, ]x, true",
        "a\\*b, a*b, true",
        "a\\*b, aXb, false",
        "a.b, aXb, false",
        "$(id), $(id), true",
        "../secret, secret, true",
        "x[a/b]y, xay, true",
    })
    void matchesAsDockerDoes(String pattern, String path, boolean excluded) {
        assertThat(rules(pattern).excludes(path)).isEqualTo(excluded);
    }

    @Test
    void theLastMatchingPatternDecides() {
        var rules = rules("*\n!src\nsrc/secret\n# !src/secret\n!src/secret/public.txt");

        assertThat(rules.excludes("README.md")).isTrue();
        assertThat(rules.excludes("src/main.py")).isFalse();
        assertThat(rules.excludes("src/secret/key")).isTrue();
        assertThat(rules.excludes("src/secret/public.txt")).isFalse();
    }

    @Test
    void theRepositoryTakesBackWhatWeLeaveOut() {
        var rules = IgnoreRules.of(List.of("**/.env*"), ".dockerignore", Optional.of("!.env.production"));

        assertThat(rules.excludes(".env.production")).isFalse();
        assertThat(rules.excludes("api/.env")).isTrue();
    }

    @Test
    void namesTheLineOfABrokenPattern() {
        assertThatThrownBy(() -> rules("a\nb[c"))
                .isInstanceOf(BuildRefused.class)
                .hasMessage(".dockerignore:2: 'b[c' is no valid pattern.");
    }

    private static IgnoreRules rules(String text) {
        return IgnoreRules.of(List.of(), ".dockerignore", Optional.of(text));
    }

    @Test
    void noPatternTakesForEver() {
        var pattern = "*a".repeat(60) + "*b";
        assertTimeoutPreemptively(
                Duration.ofSeconds(2),
                () -> assertThat(rules(pattern).excludes("a".repeat(200))).isFalse());
    }

    @ParameterizedTest
    @CsvSource({
        "**.pyc, a/b/c.pyc, true",
        "a**z, a/b/z, true",
        "**/b, ab, false",
        "**/b, a/xb, false",
        "a/**/**/z, a/z, true",
        "[a-], -, true",
        "*, a/b, true",
    })
    void twoStarsGoBeyondTheSlash(String pattern, String path, boolean excluded) {
        assertThat(rules(pattern).excludes(path)).isEqualTo(excluded);
    }

    @Test
    void refusesEndlessFiles() {
        assertThatThrownBy(() -> rules("a\n".repeat(1_001)))
                .hasMessage(
                        ".dockerignore:1001: there are more than 1,000 patterns. Name directories instead of files.");
        assertThatThrownBy(() -> rules("#".repeat(70_000)))
                .hasMessageStartingWith(".dockerignore is longer than 64 KB");
    }
}
