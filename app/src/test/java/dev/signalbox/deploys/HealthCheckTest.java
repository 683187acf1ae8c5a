package dev.signalbox.deploys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.deploys.HealthCheck.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthCheckTest {
    @ParameterizedTest
    @ValueSource(strings = {"/", "/up", "/health/ready", "/api/v1/_ok.json", "/up?deep=yes&db=1", "/~me/-/"})
    void aPathIsWhatCanBeAskedFor(String text) {
        assertThat(HealthCheck.isPath(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "up",
                "/ok;id",
                "/$(id)",
                "/`id`",
                "/a|id",
                "/a&id",
                "/'id'",
                "/\"id\"",
                "/\nid",
                "/%0aid",
                "/${IFS}",
                "--help",
                "../../x",
                "/../../x",
                "/a/..",
                "/a/../b",
                "/.",
                "/..?a=b",
                "/%2e%2e%2f",
                "/a b",
                "/\u0000",
                "/\u001b",
                "/\u202e",
                "/\ud83d\ude00",
                "http://example.com/",
                "/a HTTP/1.1",
                "/a\r\nHost: b",
                "/a#b"
            })
    void aPathIsNothingElse(String text) {
        assertThat(HealthCheck.isPath(text)).isFalse();
    }

    @Test
    void aPathIsNotEndless() {
        assertThat(HealthCheck.isPath("/" + "a".repeat(199))).isTrue();
        assertThat(HealthCheck.isPath("/" + "a".repeat(200))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x$(id)", "", "a b", "a:80", "a..b", "-a", "a\r\nb", "a/b"})
    void aHostIsAName(String text) {
        assertThat(HealthCheck.isHost(text)).isFalse();
        assertThat(HealthCheck.isHost("shop.example.com")).isTrue();
        assertThat(HealthCheck.isHost("localhost")).isTrue();
    }

    @Test
    void anyAnswerBelow500WillDoUnlessOneIsWanted() {
        assertThat(HealthCheck.usual(Kind.HTTP).isGood(404)).isTrue();
        assertThat(HealthCheck.usual(Kind.HTTP).isGood(500)).isFalse();
        var strict = new HealthCheck(Kind.HTTP, "/up", 204, null, null, null, null, null);
        assertThat(strict.isGood(204)).isTrue();
        assertThat(strict.isGood(200)).isFalse();
    }

    @Test
    void whatIsNotAskedOverHttpHasOnlyToBeThere() {
        var elsewhere = new HealthCheck(Kind.HTTP, "/up", 204, "shop.example.com", null, null, null, null);
        assertThat(elsewhere.isGoodThroughRouter(400)).isTrue();
        assertThat(elsewhere.isGoodThroughRouter(503)).isFalse();
        var tcp = HealthCheck.usual(Kind.TCP);
        assertThat(tcp.isGoodThroughRouter(500)).isTrue();
        assertThat(tcp.isGoodThroughRouter(502)).isFalse();
    }
}
