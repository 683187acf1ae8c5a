package dev.signalbox.projects;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameTest {
    @ParameterizedTest
    @ValueSource(strings = {"ab", "web-shop", "a1", "pr-12", "abcdefghijklmnopqrstuvwxyz1234"})
    void takes(String text) {
        assertThat(Name.parse(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a",
                "A",
                "Shop",
                "1shop",
                "-shop",
                "shop-",
                "web shop",
                "web_shop",
                "../x",
                "%2e%2e%2f",
                "a;id",
                "$(id)",
                "`id`",
                "a|id",
                "a&id",
                "'id'",
                "\"id\"",
                "a\nb",
                "--help",
                "-oProxyCommand=id",
                "a\u0000b",
                "\u001b[1m",
                "\u202eab",
                "caf\u00e9",
                "\ud83d\ude80",
                "abcdefghijklmnopqrstuvwxyz12345",
                "admin",
                "git",
                "api"
            })
    void refuses(String text) {
        assertThat(Name.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {10_000, 1_000_000})
    void refusesTheHugeAtOnce(int length) {
        assertThat(Name.parse("a".repeat(length))).isEmpty();
    }
}
