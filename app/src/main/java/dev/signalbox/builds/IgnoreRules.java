package dev.signalbox.builds;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which files stay out of a build, in the language of .dockerignore: the last pattern that matches a path, or a directory
 * above it, decides; one that begins with {@code !} takes files back in.
 */
final class IgnoreRules {
    private final List<Rule> rules;

    private IgnoreRules(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    private record Rule(boolean takesBack, Pattern pattern) {
        boolean matches(String path) {
            for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
                if (pattern.matcher(path.substring(0, end)).matches()) return true;
            }
            return pattern.matcher(path).matches();
        }
    }

    /**
     * Our own patterns, then those of the repository's file, which therefore win.
     *
     * @param path of that file, for messages
     */
    static IgnoreRules of(List<String> patterns, String path, Optional<String> text) {
        var rules = new ArrayList<Rule>();
        patterns.forEach(pattern -> rule(pattern).ifPresent(rules::add));
        int number = 0;
        for (var line : text.orElse("").lines().toList()) {
            number++;
            if (line.startsWith("#")) continue;
            try {
                rule(line).ifPresent(rules::add);
            } catch (PatternSyntaxException e) {
                throw BuildRefused.at(path, number, "'" + PlainText.of(line.strip()) + "' is no valid pattern.");
            }
        }
        return new IgnoreRules(rules);
    }

    boolean excludes(String path) {
        for (var rule : rules.reversed()) {
            if (rule.matches(path)) return !rule.takesBack();
        }
        return false;
    }

    private static Optional<Rule> rule(String line) {
        var text = line.strip();
        boolean takesBack = text.startsWith("!");
        var pattern = clean(takesBack ? text.substring(1).strip() : text);
        return pattern.isEmpty() ? Optional.empty() : Optional.of(new Rule(takesBack, Pattern.compile(regex(pattern))));
    }

    /** Paths begin at the root of the repository, however a pattern says so. */
    private static String clean(String pattern) {
        var parts = new ArrayList<String>();
        for (var part : pattern.split("/", -1)) {
            if (part.isEmpty() || part.equals(".")) continue;
            if (!part.equals("..")) parts.add(part);
            else if (!parts.isEmpty()) parts.removeLast();
        }
        return String.join("/", parts);
    }

    private static String regex(String pattern) {
        var regex = new StringBuilder();
        int i = 0;
        while (i < pattern.length()) {
            char c = pattern.charAt(i);
            if (pattern.startsWith("**/", i)) {
                regex.append("(?:.*/)?");
                i += 3;
            } else if (pattern.startsWith("**", i)) {
                regex.append(".*");
                i += 2;
            } else if (c == '[') {
                i = set(pattern, i, regex);
            } else if (c == '\\') {
                if (i + 1 == pattern.length()) throw new PatternSyntaxException("ends in a backslash", pattern, i);
                regex.append(Pattern.quote(pattern.substring(i + 1, i + 2)));
                i += 2;
            } else {
                regex.append(
                        switch (c) {
                            case '*' -> "[^/]*";
                            case '?' -> "[^/]";
                            default -> Pattern.quote(String.valueOf(c));
                        });
                i++;
            }
        }
        return regex.toString();
    }

    /** A set of characters, {@code [a-z]} or {@code [^a-z]}; returns where the pattern goes on. */
    private static int set(String pattern, int from, StringBuilder regex) {
        int i = from + 1;
        regex.append("(?!/)[");
        if (pattern.startsWith("^", i)) {
            regex.append('^');
            i++;
        }
        boolean closed = false;
        for (boolean first = true; i < pattern.length() && !closed; first = false, i++) {
            char c = pattern.charAt(i);
            if (c == ']' && !first) {
                closed = true;
            } else if (c == '-' && !first) {
                regex.append('-');
            } else {
                if (c == '\\' && i + 1 < pattern.length()) c = pattern.charAt(++i);
                if (!Character.isLetterOrDigit(c)) regex.append('\\');
                regex.append(c);
            }
        }
        if (!closed) throw new PatternSyntaxException("is not closed", pattern, from);
        regex.append(']');
        return i;
    }
}
