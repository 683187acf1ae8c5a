package dev.signalbox.routing;

import java.nio.file.Path;

/**
 * Where the proxy listens and what it serves.
 *
 * @param instance tells this appliance's containers from another's on the same engine
 * @param directory holds the proxy's files
 * @param apiPort on loopback, for its own API, ping and metrics
 * @param panelPort on loopback, where our process answers
 * @param baseDomain what default host names end in
 * @param image the proxy's image, which must be on this machine
 */
public record ProxySettings(
        String instance,
        Path directory,
        int httpPort,
        int httpsPort,
        int apiPort,
        int panelPort,
        String baseDomain,
        String image) {
    /** The address of a host over plain HTTP. */
    String url(String host) {
        return "http://" + host + (httpPort == 80 ? "" : ":" + httpPort);
    }
}
