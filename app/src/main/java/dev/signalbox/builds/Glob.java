package dev.signalbox.builds;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.regex.PatternSyntaxException;

/** One pattern of .dockerignore, matched in one pass over a path: nothing in it makes that pass begin again. */
final class Glob {
    private enum Kind {
        /** One character. */
        ONE,
        /** {@code *}: any characters but the slash. */
        STAR,
        /** {@code **}: any characters. */
        DEEP,
        /** Two stars and a slash: any directories, or none. */
        DIRECTORIES
    }

    private record Token(Kind kind, IntPredicate accepts) {}

    private final List<Token> tokens = new ArrayList<>();

    private Glob() {}

    /** @throws PatternSyntaxException when a set is not closed or runs backwards, or nothing follows a backslash */
    static Glob compile(String pattern) {
        var glob = new Glob();
        int i = 0;
        while (i < pattern.length()) {
            int c = pattern.codePointAt(i);
            if (pattern.startsWith("**/", i)) {
                glob.add(Kind.DIRECTORIES, Glob::isWithinName);
                i += 3;
            } else if (pattern.startsWith("**", i)) {
                glob.add(Kind.DEEP, Glob::isWithinName);
                i += 2;
            } else if (c == '*') {
                glob.add(Kind.STAR, Glob::isWithinName);
                i++;
            } else if (c == '?') {
                glob.add(Kind.ONE, Glob::isWithinName);
                i++;
            } else if (c == '[') {
                i = glob.set(pattern, i);
            } else {
                if (c == '\\' && ++i == pattern.length()) {
                    throw new PatternSyntaxException("ends in a backslash", pattern, i);
                }
                int literal = pattern.codePointAt(i);
                glob.add(Kind.ONE, other -> other == literal);
                i += Character.charCount(literal);
            }
        }
        return glob;
    }

    private static boolean isWithinName(int c) {
        return c != '/';
    }

    /** A star behind its like adds nothing. */
    private void add(Kind kind, IntPredicate accepts) {
        if (kind != Kind.ONE && !tokens.isEmpty() && tokens.getLast().kind() == kind) return;
        tokens.add(new Token(kind, accepts));
    }

    /** A set of characters, {@code [a-z]} or {@code [^a-z]}; returns where the pattern goes on. */
    private int set(String pattern, int from) {
        int i = from + 1;
        boolean without = pattern.startsWith("^", i);
        if (without) i++;
        var ranges = new Ranges(new ArrayList<>());
        int first = i;
        while (i < pattern.length() && (pattern.charAt(i) != ']' || i == first)) {
            i = skipBackslash(pattern, i);
            int low = pattern.codePointAt(i);
            int high = low;
            i += Character.charCount(low);
            if (pattern.startsWith("-", i) && i + 1 < pattern.length() && pattern.charAt(i + 1) != ']') {
                i = skipBackslash(pattern, i + 1);
                high = pattern.codePointAt(i);
                i += Character.charCount(high);
            }
            if (high < low) throw new PatternSyntaxException("runs backwards", pattern, i);
            ranges.bounds.add(new int[] {low, high});
        }
        if (i >= pattern.length()) throw new PatternSyntaxException("is not closed", pattern, from);
        add(Kind.ONE, c -> c != '/' && ranges.test(c) != without);
        return i + 1;
    }

    private static int skipBackslash(String pattern, int i) {
        return pattern.charAt(i) == '\\' && i + 1 < pattern.length() ? i + 1 : i;
    }

    private record Ranges(List<int[]> bounds) {
        boolean test(int c) {
            return bounds.stream().anyMatch(range -> range[0] <= c && c <= range[1]);
        }
    }

    /** How much one character of a path can cost. */
    int size() {
        return tokens.size();
    }

    /** Whether the path or a directory above it matches. */
    boolean matches(String path) {
        var reached = new BitSet(tokens.size() + 1);
        reach(reached, 0);
        for (int i = 0; i < path.length() && !reached.isEmpty(); ) {
            int c = path.codePointAt(i);
            if (c == '/' && reached.get(tokens.size())) return true;
            reached = step(reached, c);
            i += Character.charCount(c);
        }
        return reached.get(tokens.size());
    }

    private BitSet step(BitSet reached, int c) {
        var next = new BitSet(tokens.size() + 1);
        for (int at = reached.nextSetBit(0); at >= 0 && at < tokens.size(); at = reached.nextSetBit(at + 1)) {
            var token = tokens.get(at);
            switch (token.kind()) {
                case ONE -> {
                    if (token.accepts().test(c)) reach(next, at + 1);
                }
                case STAR -> {
                    if (c != '/') reach(next, at);
                }
                case DEEP -> reach(next, at);
                case DIRECTORIES -> {
                    next.set(at);
                    if (c == '/') reach(next, at + 1);
                }
            }
        }
        return next;
    }

    /** Everything but a single character may also stand for nothing. */
    private void reach(BitSet reached, int from) {
        int at = from;
        reached.set(at);
        while (at < tokens.size() && tokens.get(at).kind() != Kind.ONE) reached.set(++at);
    }
}
