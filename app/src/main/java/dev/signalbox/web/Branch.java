package dev.signalbox.web;

import java.util.Optional;
import java.util.regex.Pattern;

/** The name of a branch, as git takes it. */
record Branch(String value) {
    static final int LONGEST = 200;
    static final String RULE =
            "Use a branch name as git takes it: no spaces, no .., none of ~ ^ : ? * [ \\, not starting with - or /.";

    private static final Pattern FORBIDDEN = Pattern.compile("[\\x00-\\x20\\x7f~^:?*\\[\\\\\\p{Cf}]|\\.\\.|@\\{|//");

    static Optional<Branch> parse(String text) {
        return isValid(text) ? Optional.of(new Branch(text)) : Optional.empty();
    }

    private static boolean isValid(String text) {
        if (text.isEmpty() || text.length() > LONGEST || text.equals("@")) return false;
        if (text.startsWith("-") || text.startsWith("/") || text.endsWith("/") || text.endsWith(".")) return false;
        if (text.startsWith(".") || text.contains("/.") || text.endsWith(".lock") || text.contains(".lock/")) {
            return false;
        }
        return !FORBIDDEN.matcher(text).find();
    }
}
