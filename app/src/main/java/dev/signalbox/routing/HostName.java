package dev.signalbox.routing;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A host name in the one form in which names are compared: ASCII, small letters, no dot at the end. */
public record HostName(String value) {
    public static final String RULE = "Use a full host name such as shop.example.com, without http://, port or path.";

    static final int LONGEST_LABEL = 63;

    private static final int LONGEST = 253;
    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern FORMAT = Pattern.compile(LABEL + "(\\." + LABEL + ")+");
    /** Browsers read a name that ends in a number as an address. */
    private static final Pattern ADDRESS = Pattern.compile("(.*\\.)?([0-9]+|0x[0-9a-f]*)");

    public HostName {
        if (!isValid(value)) throw new IllegalArgumentException("not a host name");
    }

    /** Takes what people type, in any case and any script; empty when it breaks the {@link #RULE}. */
    public static Optional<HostName> parse(String text) {
        if (text.length() > LONGEST + 1) return Optional.empty();
        try {
            // Throws for what no host name can hold: blanks, back-ticks, control characters.
            var ascii = isAscii(text) ? text : IDN.toASCII(text, IDN.USE_STD3_ASCII_RULES);
            var plain = ascii.toLowerCase(Locale.ROOT);
            if (plain.endsWith(".")) plain = plain.substring(0, plain.length() - 1);
            return isValid(plain) ? Optional.of(new HostName(plain)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether this is that domain or a name under it. */
    boolean isWithin(String domain) {
        return value.equals(domain) || value.endsWith("." + domain);
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(character -> character < 128);
    }

    private static boolean isValid(String text) {
        return text.length() <= LONGEST
                && FORMAT.matcher(text).matches()
                && !ADDRESS.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
