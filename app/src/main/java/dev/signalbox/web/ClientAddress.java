package dev.signalbox.web;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a request came from. We listen on loopback only, so whoever reaches us is the router or somebody on this machine;
 * the router drops what a client claims about itself and adds one entry, the last.
 */
final class ClientAddress {
    private static final Pattern PLAUSIBLE = Pattern.compile("[0-9a-fA-F:.]{2,45}");

    private ClientAddress() {}

    static String of(String peer, @Nullable String forwardedFor) {
        if (forwardedFor == null) return peer;
        var last = forwardedFor.substring(forwardedFor.lastIndexOf(',') + 1).strip();
        return PLAUSIBLE.matcher(last).matches() ? last : peer;
    }

    /** What is counted as one visitor: an IPv4 address, or the /64 that an IPv6 user gets. */
    static String visitor(String address) {
        if (address.indexOf(':') < 0) return address;
        var groups = address.split(":", -1);
        var network = new StringBuilder();
        for (int i = 0; i < Math.min(4, groups.length) && !groups[i].isEmpty(); i++) {
            network.append(groups[i]).append(':');
        }
        return network.append(":/64").toString();
    }
}
