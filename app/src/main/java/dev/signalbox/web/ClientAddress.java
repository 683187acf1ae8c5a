package dev.signalbox.web;

import java.util.List;
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

    /** How many {@link #networks} there are of an address. */
    static final int NETWORKS = 3;

    /**
     * What is counted as one visitor, an IPv4 address or the /64 that an IPv6 user gets, and the networks around it, the
     * narrower first.
     */
    static List<String> networks(String address) {
        if (address.indexOf(':') < 0) {
            var parts = address.split("\\.", -1);
            return List.of(address, beginning(parts, 3, ".") + "0/24", beginning(parts, 2, ".") + "0.0/16");
        }
        var groups = address.split(":", -1);
        return List.of(
                beginning(groups, 4, ":") + ":/64",
                beginning(groups, 3, ":") + ":/48",
                beginning(groups, 2, ":") + ":/32");
    }

    /** What is left out of an address is zero. */
    private static String beginning(String[] parts, int count, String separator) {
        var beginning = new StringBuilder();
        for (int i = 0; i < Math.min(count, parts.length) && !parts[i].isEmpty(); i++) {
            beginning.append(parts[i]).append(separator);
        }
        return beginning.toString();
    }
}
