package dev.signalbox.web;

import java.util.regex.Pattern;

/** Tells a path on this panel from everything else that a link can be made to lead to. */
final class SafePath {
    private static final int LONGEST = 2_000;
    private static final Pattern OURS = Pattern.compile("/(?![/\\\\])[\\x21-\\x5B\\x5D-\\x7E]*");

    private SafePath() {}

    static boolean isOurs(String path) {
        return path.length() <= LONGEST && OURS.matcher(path).matches();
    }
}
