package dev.signalbox.routing;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The TCP connections of this host's own network, as the kernel lists them. */
final class Connections {
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    private static final String ESTABLISHED = "01";
    private static final String LISTENING = "0A";
    private static final String MAPPED = "0000000000000000FFFF0000";

    private Connections() {}

    /** How many connections lead from here to this address. */
    static int to(Backend backend) {
        var address = hex(backend.ip()) + ":" + hex(backend.port());
        var mapped = MAPPED + address;
        return count(line -> line.state().equals(ESTABLISHED)
                && (line.remote().equals(address) || line.remote().equals(mapped)));
    }

    /** How many sockets wait for connections on this port, at whatever address of this host. */
    static int listenersOn(int port) {
        var end = ":" + hex(port);
        return count(line -> line.state().equals(LISTENING) && line.local().endsWith(end));
    }

    private static int count(Predicate<Line> wanted) {
        int count = 0;
        for (var table : TABLES) {
            if (!Files.exists(table)) continue;
            try (Stream<String> lines = Files.lines(table)) {
                count += Math.toIntExact(
                        lines.skip(1).map(Line::parse).filter(wanted).count());
            } catch (IOException e) {
                throw new RoutingException("The kernel's list of connections in " + table + " cannot be read.", e);
            }
        }
        return count;
    }

    /** The kernel writes the four bytes of an address as one number of this machine, which is little-endian. */
    private static String hex(String ip) {
        var bytes = InetAddress.ofLiteral(ip).getAddress();
        return String.format(Locale.ROOT, "%02X%02X%02X%02X", bytes[3], bytes[2], bytes[1], bytes[0]);
    }

    private static String hex(int port) {
        return String.format(Locale.ROOT, "%04X", port);
    }

    private record Line(String local, String remote, String state) {
        static Line parse(String text) {
            var columns = text.strip().split("\\s+", 5);
            return new Line(columns[1], columns[2], columns[3]);
        }
    }
}
