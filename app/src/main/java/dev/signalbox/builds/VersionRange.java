package dev.signalbox.builds;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The versions that a text allows, in the notations of npm ({@code ^22 || >=24}, {@code 20.x}) and of Python
 * ({@code >=3.11,<3.14}, {@code ~=3.12}). Pre-releases count as the release they lead to.
 */
record VersionRange(List<Span> spans) {
    static final VersionRange ANY = new VersionRange(List.of(new Span(Version.ZERO, Version.END)));

    private static final Pattern COMPARATOR = Pattern.compile(
            "(?<operator>>=|<=|===?|!=|~=|[<>=^~]?)\\s*v?(?<parts>[0-9xX*]+(?:\\.[0-9xX*]+){0,2})(?:[-+.]?[A-Za-z][\\w.+-]*)?");
    private static final Pattern HYPHEN = Pattern.compile("(?<from>\\S+)\\s+-\\s+(?<to>\\S+)");
    private static final Pattern SPACE_AFTER_OPERATOR = Pattern.compile("([<>=~^!])\\s+");

    VersionRange {
        spans = List.copyOf(spans);
    }

    static Optional<VersionRange> parse(String text) {
        var spans = new ArrayList<Span>();
        for (var part : text.split("\\|\\|", -1)) {
            var span = parseAll(part.strip());
            if (span.isEmpty()) return Optional.empty();
            spans.add(span.get());
        }
        return Optional.of(new VersionRange(spans));
    }

    boolean meets(VersionRange other) {
        return spans.stream().anyMatch(mine -> other.spans.stream().anyMatch(mine::meets));
    }

    /** All comparators of one alternative hold together. */
    private static Optional<Span> parseAll(String part) {
        var hyphen = HYPHEN.matcher(part);
        var text = hyphen.matches() ? ">=" + hyphen.group("from") + " <=" + hyphen.group("to") : part;
        var span = new Span(Version.ZERO, Version.END);
        for (var word : SPACE_AFTER_OPERATOR.matcher(text).replaceAll("$1").split("[\\s,]+", -1)) {
            if (word.isEmpty()) continue;
            var match = COMPARATOR.matcher(word);
            if (!match.matches()) return Optional.empty();
            var numbers = numbers(match.group("parts"));
            if (numbers.isEmpty()) return Optional.empty();
            span = span.intersection(Span.of(match.group("operator"), numbers.get()));
        }
        return Optional.of(span);
    }

    /** The numbers before the first wildcard. */
    private static Optional<List<Integer>> numbers(String parts) {
        var numbers = new ArrayList<Integer>();
        for (var part : parts.split("\\.", -1)) {
            if (part.equals("*") || part.equalsIgnoreCase("x")) break;
            if (part.length() > 6 || !part.chars().allMatch(Character::isDigit)) return Optional.empty();
            numbers.add(Integer.valueOf(part));
        }
        return Optional.of(numbers);
    }

    record Version(int major, int minor, int patch) implements Comparable<Version> {
        static final Version ZERO = new Version(0, 0, 0);
        static final Version END = new Version(Integer.MAX_VALUE, 0, 0);

        static Version from(List<Integer> numbers) {
            return new Version(at(numbers, 0), at(numbers, 1), at(numbers, 2));
        }

        /** The first version that no longer begins with these numbers. */
        static Version after(List<Integer> numbers) {
            return switch (numbers.size()) {
                case 0 -> END;
                case 1 -> new Version(at(numbers, 0) + 1, 0, 0);
                case 2 -> new Version(at(numbers, 0), at(numbers, 1) + 1, 0);
                default -> new Version(at(numbers, 0), at(numbers, 1), at(numbers, 2) + 1);
            };
        }

        private static int at(List<Integer> numbers, int index) {
            return index < numbers.size() ? numbers.get(index) : 0;
        }

        @Override
        public int compareTo(Version other) {
            if (major != other.major) return Integer.compare(major, other.major);
            return minor != other.minor ? Integer.compare(minor, other.minor) : Integer.compare(patch, other.patch);
        }
    }

    /** From the first version up to, and without, the second. */
    record Span(Version from, Version to) {
        static Span of(String operator, List<Integer> numbers) {
            var from = Version.from(numbers);
            if (numbers.isEmpty()) return new Span(Version.ZERO, Version.END);
            return switch (operator) {
                case ">=" -> new Span(from, Version.END);
                case ">" -> new Span(Version.after(numbers), Version.END);
                case "<" -> new Span(Version.ZERO, from);
                case "<=" -> new Span(Version.ZERO, Version.after(numbers));
                case "^" ->
                    new Span(
                            from,
                            Version.after(numbers.subList(0, from.major() > 0 ? 1 : Math.min(2, numbers.size()))));
                case "~" -> new Span(from, Version.after(numbers.subList(0, Math.min(2, numbers.size()))));
                case "~=" -> new Span(from, Version.after(numbers.subList(0, Math.max(1, numbers.size() - 1))));
                case "!=" -> new Span(Version.ZERO, Version.END);
                default -> new Span(from, Version.after(numbers));
            };
        }

        boolean meets(Span other) {
            return intersection(other).from.compareTo(intersection(other).to) < 0;
        }

        Span intersection(Span other) {
            return new Span(
                    from.compareTo(other.from) >= 0 ? from : other.from, to.compareTo(other.to) <= 0 ? to : other.to);
        }
    }
}
