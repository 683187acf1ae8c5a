package dev.signalbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @Test
    void whatIsLeftOutOrEmptyHasItsDefault() {
        var settings = Settings.of(Map.of("SIGNALBOX_HTTP_PORT", " ", "SIGNALBOX_PUBLIC_ADDRESS", ""));
        assertThat(settings.httpPort()).isEqualTo(80);
        assertThat(settings.publicAddress()).isNull();
        assertThat(settings.baseDomain()).isEqualTo("localhost");
        assertThat(settings.database()).isEqualTo(Path.of("/var/lib/signalbox/signalbox.db"));
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203-0-113-7.sslip.io",
        "2001:db8::7, 2001-db8-0-0-0-0-0-7.sslip.io",
    })
    void appsAreNamedAfterThePublicAddress(String address, String baseDomain) {
        var settings = Settings.of(Map.of("SIGNALBOX_PUBLIC_ADDRESS", address));
        assertThat(settings.baseDomain()).isEqualTo(baseDomain);
        assertThat(SslipName.addressIn(baseDomain)).contains(settings.publicAddress());
    }

    @Test
    void aDomainOfOnesOwnGoesFirst() {
        var settings = Settings.of(
                Map.of("SIGNALBOX_PUBLIC_ADDRESS", "203.0.113.7", "SIGNALBOX_BASE_DOMAIN", "apps.acme.example"));
        assertThat(settings.baseDomain()).isEqualTo("apps.acme.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "apps.acme.example", "xn--bcher-kva.example", "2001-db8--7.sslip.io", "a"})
    void isADomain(String name) {
        assertThat(Settings.of(Map.of("SIGNALBOX_BASE_DOMAIN", name)).baseDomain())
                .isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP_PORT | http | a port, 0 to 65535",
                "PANEL_PORT | 65536 | a port, 0 to 65535",
                "HTTPS_PORT | -1 | a port, 0 to 65535",
                "BASE_DOMAIN | Apps.Acme.example | a domain in small letters that leads here, such as apps.example.com",
                "BASE_DOMAIN | 203.0.113.7 | a domain in small letters that leads here, such as apps.example.com",
                "BASE_DOMAIN | http://acme.example | a domain in small letters that leads here, such as apps.example.com",
                "BASE_DOMAIN | acme.example. | a domain in small letters that leads here, such as apps.example.com",
                "PUBLIC_ADDRESS | acme.example | the IP address that this machine has on the internet, such as 203.0.113.7",
                "PUBLIC_ADDRESS | 203.0.113 | the IP address that this machine has on the internet, such as 203.0.113.7",
                "INSTANCE | ../other | up to 40 small letters, digits and dashes",
                "DOCKER_HOST | tcp://0.0.0.0:2375 | the socket of the Docker engine on this machine, such as"
                        + " unix:///var/run/docker.sock",
                "DOCKER_HOST | /var/run/docker.sock | the socket of the Docker engine on this machine, such as"
                        + " unix:///var/run/docker.sock"
            })
    void aMistakeIsSaid(String name, String text, String should) {
        assertThatThrownBy(() -> Settings.of(Map.of("SIGNALBOX_" + name, text)))
                .isInstanceOf(Misconfigured.class)
                .hasMessage("SIGNALBOX_" + name + " is '" + text + "'. Set it to " + should + ".");
    }

    @Test
    void allMistakesAreSaidAtOnce() {
        assertThatThrownBy(() -> Settings.of(Map.of(
                        "SIGNALBOX_HTTP_PORT", "8099",
                        "SIGNALBOX_BASE_DOMAIN", "a..b",
                        "SIGNALBOX_PUBLIC_ADDRESS", "here")))
                .isInstanceOf(Misconfigured.class)
                .message()
                .hasLineCount(3)
                .contains(
                        "SIGNALBOX_PROXY_API_PORT and SIGNALBOX_HTTP_PORT are both 8099. Set them to different ports.");
    }

    @Test
    void nobodyHasToLoseAPortThatMayBeAny() {
        var settings = Settings.of(Map.of("SIGNALBOX_PANEL_PORT", "0", "SIGNALBOX_HTTPS_PORT", "0"));
        assertThat(settings.panelPort()).isZero();
    }
}
