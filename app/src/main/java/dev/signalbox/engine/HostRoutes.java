package dev.signalbox.engine;

import dev.signalbox.engine.EngineException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where this host sends packets by itself: a subnet of ours must not hide a private network or a VPN from it. */
final class HostRoutes {
    private static final Path TABLE = Path.of("/proc/net/route");
    private static final int DESTINATION = 1;
    private static final int MASK = 7;

    private HostRoutes() {}

    static List<Subnet> read() {
        try {
            return parse(Files.readAllLines(TABLE));
        } catch (IOException e) {
            throw new EngineException(Kind.REFUSED, "The routes of this host cannot be read from " + TABLE + ".", e);
        }
    }

    /** The default route is left out: it overlaps everything. */
    static List<Subnet> parse(List<String> table) {
        return table.stream()
                .skip(1)
                .map(line -> line.split("\\s+", -1))
                .map(columns -> new Subnet(number(columns[DESTINATION]), Integer.bitCount(number(columns[MASK]))))
                .filter(route -> route.prefix() > 0)
                .toList();
    }

    /** The kernel prints the bytes of network order as one number of the machine, which is little-endian where we run. */
    private static int number(String hex) {
        return Integer.reverseBytes(Integer.parseUnsignedInt(hex, 16));
    }
}
