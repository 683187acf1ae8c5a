package dev.signalbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Where people reach the panel as long as it has no name of its own: on the machine's address, since it answers to no name
 * but {@code localhost}.
 */
final class PanelUrl {
    private static final String LOCALHOST = "localhost";

    private PanelUrl() {}

    /** Without a path, and without a slash at its end. */
    static String of(Settings settings) {
        return "http://" + host(settings) + (settings.httpPort() == 80 ? "" : ":" + settings.httpPort());
    }

    /** The public address is on no interface behind NAT; then somebody said it, or the base domain is made of it. */
    private static String host(Settings settings) {
        if (settings.publicAddress() != null) return SslipName.inUrl(settings.publicAddress());
        if (settings.baseDomain().equals(LOCALHOST)) return LOCALHOST;
        return SslipName.addressIn(settings.baseDomain()).map(SslipName::inUrl).orElseGet(PanelUrl::ownAddress);
    }

    /** The address that this machine would speak from to the world; nothing is sent to find it out. */
    private static String ownAddress() {
        try (var socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 9));
            var address = socket.getLocalAddress();
            if (address.isAnyLocalAddress() || address.isLoopbackAddress()) return LOCALHOST;
            return SslipName.inUrl(address);
        } catch (UncheckedIOException e) {
            // There is no way out of this machine.
            return LOCALHOST;
        } catch (IOException e) {
            throw new UncheckedIOException("The machine's own address cannot be found out.", e);
        }
    }
}
