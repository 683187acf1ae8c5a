package dev.signalbox.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNameTest {
    @ParameterizedTest
    @CsvSource({
        "shop.example.com, shop.example.com",
        "Shop.EXAMPLE.com, shop.example.com",
        "shop.example.com., shop.example.com",
        "bücher.example, xn--bcher-kva.example",
        "BÜCHER.example, xn--bcher-kva.example",
        "xn--BCHER-kva.example, xn--bcher-kva.example",
        "shop。example.com, shop.example.com",
        "a-b.c1.example, a-b.c1.example",
        "shop.localhost, shop.localhost",
    })
    void differentSpellingsOfOneNameAreEqual(String typed, String name) {
        assertThat(HostName.parse(typed)).contains(new HostName(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "localhost",
                "shop..example",
                ".shop.example",
                "shop.example..",
                "-shop.example",
                "shop-.example",
                "shop_1.example",
                "http://shop.example",
                "shop.example:8080",
                "shop.example/path",
                "shop example.com",
                "*.example.com",
                "shop.example`) || Host(`other.example",
                "{{ env \"HOME\" }}.example",
                "$(touch x).example",
                "shop.example\r\nX-Evil: 1",
                "127.0.0.1",
                "1.2",
                "shop.123",
                "shop.0x7f",
                "[::1]",
                "::1",
                "\u0000.example",
            })
    void whatIsNoHostNameIsRefused(String typed) {
        assertThat(HostName.parse(typed)).isEmpty();
    }

    @Test
    void lengthsAreLimited() {
        var label = "a".repeat(63);
        assertThat(HostName.parse(label + ".example")).isPresent();
        assertThat(HostName.parse(label + "a.example")).isEmpty();
        assertThat(HostName.parse((label + ".").repeat(3) + "b".repeat(61))).isPresent();
        assertThat(HostName.parse((label + ".").repeat(3) + "b".repeat(62))).isEmpty();
        assertThat(HostName.parse("a.".repeat(100_000))).isEmpty();
    }
}
