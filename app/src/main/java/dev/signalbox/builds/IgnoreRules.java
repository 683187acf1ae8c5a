package dev.signalbox.builds;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/**
 * Which files stay out of a build, in the language of .dockerignore: the last pattern that matches a path, or a directory
 * above it, decides; one that begins with {@code !} takes files back in.
 */
final class IgnoreRules {
    private static final int LONGEST = 64 << 10;
    private static final int MOST_RULES = 1_000;
    /** Seconds of work; whoever needs more has written it to need more. */
    private static final long MOST_WORK = 20_000_000_000L;

    private final List<Rule> rules;
    private long work;

    private IgnoreRules(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    private record Rule(boolean takesBack, Glob glob) {}

    /**
     * Our own patterns, then those of the repository's file, which therefore win.
     *
     * @param path of that file, for messages
     */
    static IgnoreRules of(List<String> patterns, String path, Optional<String> text) {
        var rules = new ArrayList<Rule>();
        patterns.forEach(pattern -> rule(pattern).ifPresent(rules::add));
        if (text.orElse("").length() > LONGEST)
            throw new BuildRefused(
                    PlainText.of(path)
                            + " is longer than 64 KB, which is more than is read of such a file. Name directories instead of files.");
        int number = 0;
        int ours = rules.size();
        for (var line : text.orElse("").lines().toList()) {
            number++;
            if (line.startsWith("#")) continue;
            try {
                rule(line).ifPresent(rules::add);
                if (rules.size() - ours > MOST_RULES)
                    throw BuildRefused.at(
                            path, number, "there are more than 1,000 patterns. Name directories instead of files.");
            } catch (PatternSyntaxException e) {
                throw BuildRefused.at(path, number, "'" + PlainText.of(line.strip()) + "' is no valid pattern.");
            }
        }
        return new IgnoreRules(rules);
    }

    boolean excludes(String path) {
        for (var rule : rules.reversed()) {
            work += (long) rule.glob().size() * path.length();
            if (work > MOST_WORK)
                throw new BuildRefused(
                        "The patterns of .dockerignore take too long to match with the files of this repository. Use fewer and shorter ones.");
            if (rule.glob().matches(path)) return !rule.takesBack();
        }
        return false;
    }

    private static Optional<Rule> rule(String line) {
        var text = line.strip();
        boolean takesBack = text.startsWith("!");
        var pattern = clean(takesBack ? text.substring(1).strip() : text);
        return pattern.isEmpty() ? Optional.empty() : Optional.of(new Rule(takesBack, Glob.compile(pattern)));
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
}
