package dev.signalbox;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names that everybody's resolver turns into the address they are made of: what apps are called as long as there is no domain. */
final class SslipName {
    private static final String DOMAIN = ".sslip.io";
    private static final Pattern FOUR_NUMBERS = Pattern.compile("([0-9]{1,3}\\.){3}[0-9]{1,3}");

    private SslipName() {}

    static String of(InetAddress address) {
        return address.getHostAddress().replaceAll("[.:]", "-") + DOMAIN;
    }

    /** The address that such a name is made of. */
    static Optional<InetAddress> addressIn(String name) {
        if (!name.endsWith(DOMAIN)) return Optional.empty();
        var label = name.substring(0, name.length() - DOMAIN.length());
        return literal(label.replace('-', '.')).or(() -> literal(label.replace('-', ':')));
    }

    /** An address in the form that people write; the JDK's own reading takes 203.7 for one too. */
    static Optional<InetAddress> literal(String text) {
        if (text.indexOf(':') < 0 && !FOUR_NUMBERS.matcher(text).matches()) return Optional.empty();
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** As it stands in a URL. */
    static String inUrl(InetAddress address) {
        return address instanceof Inet6Address ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
    }
}
