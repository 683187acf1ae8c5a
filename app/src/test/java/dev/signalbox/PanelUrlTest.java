package dev.signalbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PanelUrlTest {
    @ParameterizedTest
    @CsvSource({
        "localhost, 80, http://localhost",
        "localhost, 8080, http://localhost:8080",
        "203-0-113-7.sslip.io, 80, http://203.0.113.7",
        "203-0-113-7.sslip.io, 8080, http://203.0.113.7:8080",
        "2001-db8--7.sslip.io, 80, http://[2001:db8:0:0:0:0:0:7]"
    })
    void isWhereThePanelAnswers(String baseDomain, String port, String url) {
        assertThat(PanelUrl.of(settings(baseDomain, port))).isEqualTo(url);
    }

    /** It answers to no name but its own, which it has not got. */
    @Test
    void isTheMachinesAddressWhereTheAppsHaveADomain() {
        assertThat(PanelUrl.of(settings("apps.acme.example", "80")))
                .matches("http://(localhost|[0-9.]+|\\[[0-9a-f:%a-z]+])")
                .doesNotContain("acme", "0.0.0.0");
    }

    @Test
    void isThePublicAddressThatSomebodySaid() {
        var settings = Settings.of(
                Map.of("SIGNALBOX_BASE_DOMAIN", "apps.acme.example", "SIGNALBOX_PUBLIC_ADDRESS", "203.0.113.7"));
        assertThat(PanelUrl.of(settings)).isEqualTo("http://203.0.113.7");
    }

    private static Settings settings(String baseDomain, String port) {
        return Settings.of(Map.of("SIGNALBOX_BASE_DOMAIN", baseDomain, "SIGNALBOX_HTTP_PORT", port));
    }
}
