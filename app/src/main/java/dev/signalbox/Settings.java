package dev.signalbox;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How this appliance is set up, from {@code SIGNALBOX_…} variables.
 *
 * @param instance what a new appliance is called in Docker; null lets it choose
 * @param panelPort where the process itself listens, on loopback; 0 takes a free port
 * @param httpPort where the proxy takes requests
 * @param proxyApiPort where the proxy tells us what it does, on loopback
 * @param baseDomain under which services get their names
 * @param buildCacheBytes how much builds may keep for later; 0 takes what suits the disk
 * @param publicAddress where the world reaches this machine; null where nobody said, and it is on an interface of its own
 */
public record Settings(
        @Nullable String instance,
        Path data,
        int panelPort,
        int httpPort,
        int httpsPort,
        int proxyApiPort,
        String baseDomain,
        @Nullable InetAddress publicAddress,
        Path masterKey,
        Path adminSocket,
        URI dockerHost,
        String proxyImage,
        long buildCacheBytes) {
    private static final String LOCALHOST = "localhost";

    /**
     * Reads them; what is left out, or empty, has its default.
     *
     * @throws Misconfigured with a sentence for each mistake
     */
    public static Settings of(Map<String, String> environment) {
        var variables = new SettingVariables(environment);
        var address = variables.address("SIGNALBOX_PUBLIC_ADDRESS");
        var settings = new Settings(
                variables.instance("SIGNALBOX_INSTANCE"),
                variables.path("SIGNALBOX_DATA", "/var/lib/signalbox"),
                variables.port("SIGNALBOX_PANEL_PORT", 7420),
                variables.port("SIGNALBOX_HTTP_PORT", 80),
                variables.port("SIGNALBOX_HTTPS_PORT", 443),
                variables.port("SIGNALBOX_PROXY_API_PORT", 8099),
                Objects.requireNonNullElseGet(variables.domain("SIGNALBOX_BASE_DOMAIN"), () -> baseDomain(address)),
                address,
                variables.path("SIGNALBOX_MASTER_KEY", "/etc/signalbox/master.key"),
                variables.path("SIGNALBOX_ADMIN_SOCKET", "/run/signalbox/admin.sock"),
                variables.socket("SIGNALBOX_DOCKER_HOST", "unix:///var/run/docker.sock"),
                variables.text("SIGNALBOX_PROXY_IMAGE", "traefik:v3.7"),
                variables.bytes("SIGNALBOX_BUILD_CACHE"));
        variables.requireNoMistakes();
        return settings;
    }

    private static String baseDomain(@Nullable InetAddress address) {
        return address == null ? LOCALHOST : SslipName.of(address);
    }

    Path database() {
        return data.resolve("signalbox.db");
    }
}
