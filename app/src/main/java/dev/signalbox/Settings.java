package dev.signalbox;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How this appliance is set up, from {@code SIGNALBOX_…} variables.
 *
 * @param instance what a new appliance is called in Docker; null lets it choose
 * @param panelPort where the process itself listens, on loopback; 0 takes a free port
 * @param httpPort where the proxy takes requests
 * @param proxyApiPort where the proxy tells us what it does, on loopback
 * @param baseDomain under which services get their names
 */
public record Settings(
        @Nullable String instance,
        Path data,
        int panelPort,
        int httpPort,
        int httpsPort,
        int proxyApiPort,
        String baseDomain,
        Path masterKey,
        Path adminSocket,
        URI dockerHost,
        String proxyImage) {
    public static Settings of(Map<String, String> environment) {
        var data = Path.of(environment.getOrDefault("SIGNALBOX_DATA", "/var/lib/signalbox"));
        return new Settings(
                environment.get("SIGNALBOX_INSTANCE"),
                data,
                port(environment, "SIGNALBOX_PANEL_PORT", 7420),
                port(environment, "SIGNALBOX_HTTP_PORT", 80),
                port(environment, "SIGNALBOX_HTTPS_PORT", 443),
                port(environment, "SIGNALBOX_PROXY_API_PORT", 8099),
                environment.getOrDefault("SIGNALBOX_BASE_DOMAIN", "localhost"),
                Path.of(environment.getOrDefault("SIGNALBOX_MASTER_KEY", "/etc/signalbox/master.key")),
                Path.of(environment.getOrDefault("SIGNALBOX_ADMIN_SOCKET", "/run/signalbox/admin.sock")),
                URI.create(environment.getOrDefault("SIGNALBOX_DOCKER_HOST", "unix:///var/run/docker.sock")),
                environment.getOrDefault("SIGNALBOX_PROXY_IMAGE", "traefik:v3.7"));
    }

    Path database() {
        return data.resolve("signalbox.db");
    }

    private static int port(Map<String, String> environment, String name, int otherwise) {
        var text = environment.get(name);
        if (text == null) return otherwise;
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65_535) {
            throw new IllegalArgumentException(name + " is '" + text + "'. Set it to a port, 0 to 65535.");
        }
        return Integer.parseInt(text);
    }
}
