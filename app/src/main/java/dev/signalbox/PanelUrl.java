package dev.signalbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Pattern;

/**
 * Where people reach the panel as long as it has no name of its own: on the machine's address, since it answers to no name
 * but {@code localhost}.
 */
final class PanelUrl {
    private static final String LOCALHOST = "localhost";
    /** A base domain that is made of the machine's public address, which is on no interface behind NAT. */
    private static final Pattern MADE_OF_ADDRESS =
            Pattern.compile("(\\d{1,3})-(\\d{1,3})-(\\d{1,3})-(\\d{1,3})\\.sslip\\.io");

    private PanelUrl() {}

    /** Without a path, and without a slash at its end. */
    static String of(Settings settings) {
        return "http://" + host(settings.baseDomain()) + (settings.httpPort() == 80 ? "" : ":" + settings.httpPort());
    }

    private static String host(String baseDomain) {
        if (baseDomain.equals(LOCALHOST)) return LOCALHOST;
        var address = MADE_OF_ADDRESS.matcher(baseDomain);
        return address.matches() ? address.replaceAll("$1.$2.$3.$4") : ownAddress();
    }

    /** The address that this machine would speak from to the world; nothing is sent to find it out. */
    private static String ownAddress() {
        try (var socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 9));
            var address = socket.getLocalAddress();
            if (address.isAnyLocalAddress() || address.isLoopbackAddress()) return LOCALHOST;
            return address instanceof Inet6Address ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
        } catch (UncheckedIOException e) {
            // There is no way out of this machine.
            return LOCALHOST;
        } catch (IOException e) {
            throw new UncheckedIOException("The machine's own address cannot be found out.", e);
        }
    }
}
