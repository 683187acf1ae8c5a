package dev.signalbox.projects;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The name of a project, environment or service: safe in a host name, a URL, a path and a terminal. */
public record Name(String value) {
    public static final String RULE =
            "Use 2 to 30 characters: a to z, 0 to 9 and -, starting with a letter, and no word of Signalbox's own such"
                    + " as api, git or static. For example web-shop.";

    private static final int LONGEST = 30;
    private static final Pattern FORMAT = Pattern.compile("[a-z][a-z0-9-]*[a-z0-9]");
    private static final Set<String> RESERVED = Set.of(
            "admin", "api", "www", "git", "static", "health", "setup", "login", "signalbox", "panel", "localhost");

    public Name {
        if (!isValid(value)) throw new IllegalArgumentException("not a name");
    }

    /** Empty when the text breaks the {@link #RULE} or is a word of the appliance's own. */
    public static Optional<Name> parse(String text) {
        return isValid(text) ? Optional.of(new Name(text)) : Optional.empty();
    }

    private static boolean isValid(String text) {
        return text.length() <= LONGEST && FORMAT.matcher(text).matches() && !RESERVED.contains(text);
    }

    @Override
    public String toString() {
        return value;
    }
}
