package dev.signalbox;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads variables as what they should be, and collects what is wrong, so that all of it is said at once. */
final class SettingVariables {
    private static final int HIGHEST_PORT = 65_535;
    private static final int LONGEST_DOMAIN = 200;
    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    /** Browsers read a name that ends in a number as an address. */
    private static final Pattern DOMAIN = Pattern.compile("(" + LABEL + "\\.)*(?!([0-9]+|0x[0-9a-f]*)$)" + LABEL);

    private static final Pattern INSTANCE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?");

    private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{2,5} ?M|[1-9][0-9]{0,4} ?G)B");
    private static final long MEGA = 1_000_000;
    private static final long GIGA = 1_000 * MEGA;

    private final Map<String, String> environment;
    private final Map<Integer, String> ports = new LinkedHashMap<>();
    private final List<String> mistakes = new ArrayList<>();

    SettingVariables(Map<String, String> environment) {
        this.environment = environment;
    }

    private Optional<String> find(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    String text(String name, String otherwise) {
        return find(name).orElse(otherwise);
    }

    int port(String name, int otherwise) {
        var text = text(name, Integer.toString(otherwise));
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > HIGHEST_PORT) {
            mistake(name, text, "a port, 0 to 65535");
            return otherwise;
        }
        var port = Integer.parseInt(text);
        var other = port == 0 ? null : ports.putIfAbsent(port, name);
        if (other != null) {
            mistakes.add(name + " and " + other + " are both " + port + ". Set them to different ports.");
        }
        return port;
    }

    @Nullable String domain(String name) {
        var found = find(name).orElse(null);
        if (found == null
                || (found.length() <= LONGEST_DOMAIN && DOMAIN.matcher(found).matches())) return found;
        mistake(name, found, "a domain in small letters that leads here, such as apps.example.com");
        return null;
    }

    @Nullable InetAddress address(String name) {
        var found = find(name).orElse(null);
        if (found == null) return null;
        var address = SslipName.literal(found);
        if (address.isEmpty()) {
            mistake(name, found, "the IP address that this machine has on the internet, such as 203.0.113.7");
        }
        return address.orElse(null);
    }

    @Nullable String instance(String name) {
        var found = find(name).orElse(null);
        if (found == null || INSTANCE.matcher(found).matches()) return found;
        mistake(name, found, "up to 40 small letters, digits and dashes");
        return null;
    }

    Path path(String name, String otherwise) {
        var text = text(name, otherwise);
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            mistake(name, text, "the path of a file");
            return Path.of(otherwise);
        }
    }

    URI socket(String name, String otherwise) {
        var text = text(name, otherwise);
        if (text.matches("unix:///[^\\s?#%]+")) return URI.create(text);
        mistake(name, text, "the socket of the Docker engine on this machine, such as " + otherwise);
        return URI.create(otherwise);
    }

    /** 0 where nothing is set. */
    long bytes(String name) {
        var text = text(name, "");
        if (text.isEmpty()) return 0;
        var parts = SIZE.matcher(text);
        if (parts.matches()) {
            var unit = parts.group(1).endsWith("G") ? GIGA : MEGA;
            return unit * Long.parseLong(parts.group(1).replaceAll("[^0-9]", ""));
        }
        mistake(name, text, "a size from 100 MB on, such as 500 MB or 10 GB");
        return 0;
    }

    private void mistake(String name, String is, String should) {
        mistakes.add(name + " is '" + is + "'. Set it to " + should + ".");
    }

    /**
     * Ends the reading.
     *
     * @throws Misconfigured when something was wrong
     */
    void requireNoMistakes() {
        if (!mistakes.isEmpty()) throw new Misconfigured(mistakes);
    }
}
