package dev.signalbox.git;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** Which paths and symbolic links a repository may have: none that means something else on another file system. */
final class PathRules {
    /** What Linux takes for a whole path. */
    private static final int LONGEST = 4096;

    /** Code points that HFS+ leaves out when it compares names. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\u200c-\\u200f\\u202a-\\u202e\\u206a-\\u206f\\ufeff]");

    /** What NTFS leaves out at the end of a name, and the streams it appends. */
    private static final Pattern NTFS_TAIL = Pattern.compile("[. ]+$|:.*$");

    private PathRules() {}

    /** Whether the last name of this path is one that git, or another file system, could take for {@code .git}. */
    static boolean isForbidden(String path) {
        if (path.getBytes(StandardCharsets.UTF_8).length > LONGEST) return true;
        var name = path.substring(path.lastIndexOf('/') + 1);
        // To Windows a backslash separates folders.
        for (var part : name.split("\\\\", -1)) if (isForbiddenName(part)) return true;
        return false;
    }

    private static boolean isForbiddenName(String name) {
        if (name.isEmpty() || name.equals(".") || name.equals("..")) return true;
        var visible = INVISIBLE.matcher(name).replaceAll("");
        var stored = NTFS_TAIL.matcher(visible).replaceAll("").toLowerCase(Locale.ROOT);
        return stored.equals(".git") || stored.equals("git~1");
    }

    /**
     * Whether a link at this path ends inside the repository: relative, climbing no higher than the top, and not climbing
     * again after it has gone down, where another link may have led elsewhere.
     */
    static boolean staysInside(String path, String target) {
        if (target.isEmpty() || target.startsWith("/") || target.indexOf('\0') >= 0) return false;
        long room = path.chars().filter(character -> character == '/').count();
        boolean wentDown = false;
        for (var part : target.split("/", -1)) {
            if (part.isEmpty() || part.equals(".")) continue;
            if (!part.equals("..")) {
                wentDown = true;
            } else if (wentDown || room-- == 0) {
                return false;
            }
        }
        return true;
    }
}
