package dev.signalbox.routing;

/** One address that answers requests of a release. */
public record Backend(String ip, int port) {
    public Backend {
        if (!ip.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}"))
            throw new IllegalArgumentException("not an IPv4 address: " + ip);
        if (port < 1 || port > 65_535) throw new IllegalArgumentException("not a port: " + port);
    }

    String url() {
        return "http://" + ip + ":" + port;
    }
}
