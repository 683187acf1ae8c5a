package dev.signalbox.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Reads from the kernel which TCP ports are listened on in a container, without a program inside it. */
final class ListeningSockets {
    private static final String LISTEN = "0A";
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;

    private ListeningSockets() {}

    /** Empty when the process ended meanwhile. */
    static List<Listener> of(Path process) throws IOException {
        var lines = new ArrayList<String>();
        for (var table : List.of("net/tcp", "net/tcp6")) {
            try {
                lines.addAll(Files.readAllLines(process.resolve(table)));
            } catch (NoSuchFileException e) {
                // The container ended, or this host has no IPv6.
            }
        }
        return parse(lines);
    }

    static List<Listener> parse(List<String> lines) {
        var loopbackOnly = new TreeMap<Integer, Boolean>();
        for (var line : lines) {
            var columns = line.strip().split("\\s+", -1);
            if (columns.length <= STATE || !columns[STATE].equals(LISTEN)) continue;
            var local = columns[LOCAL_ADDRESS].split(":", 2);
            var address = new BoundAddress(local[0]);
            if (address.isDockersResolver()) continue;
            loopbackOnly.merge(Integer.parseInt(local[1], 16), address.isLoopback(), Boolean::logicalAnd);
        }
        return loopbackOnly.entrySet().stream()
                .map(port -> new Listener(port.getKey(), port.getValue()))
                .toList();
    }

    /** An address as the kernel prints it: words of 32 bits in the machine's order, which is little-endian where we run. */
    private record BoundAddress(String hex) {
        private static final String IPV6_LOOPBACK = "0".repeat(24) + "01000000";
        private static final String IPV4_IN_IPV6 = "0".repeat(16) + "FFFF0000";
        private static final int LOOPBACK_NET = 127;
        private static final String RESOLVER = "0B00007F";

        boolean isLoopback() {
            return hex.equals(IPV6_LOOPBACK) || (isIpv4() && Integer.parseInt(ipv4().substring(6), 16) == LOOPBACK_NET);
        }

        /** Docker listens on 127.0.0.11 in every container of ours. */
        boolean isDockersResolver() {
            return isIpv4() && ipv4().equals(RESOLVER);
        }

        private boolean isIpv4() {
            return hex.length() == 8 || hex.startsWith(IPV4_IN_IPV6);
        }

        private String ipv4() {
            return hex.substring(hex.length() - 8);
        }
    }
}
