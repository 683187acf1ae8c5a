package dev.signalbox.builds;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The text of a Dockerfile, read as far as its instructions: directives, lines that go on, comments, here-documents. */
record Dockerfile(List<Directive> directives, List<Instruction> instructions) {
    private static final Pattern DIRECTIVE =
            Pattern.compile("\\s*+(?:#|//)\\s*+(?<name>[A-Za-z][A-Za-z0-9]*+)\\s*+=(?<value>.*+)");
    private static final Pattern HERE_DOCUMENT = Pattern.compile("<<-?\\s*['\"]?(?<end>[A-Za-z_]\\w*)['\"]?");

    private static final Set<String> KEYWORDS = Set.of(
            "ADD",
            "ARG",
            "CMD",
            "COPY",
            "ENTRYPOINT",
            "ENV",
            "EXPOSE",
            "FROM",
            "HEALTHCHECK",
            "LABEL",
            "MAINTAINER",
            "ONBUILD",
            "RUN",
            "SHELL",
            "STOPSIGNAL",
            "USER",
            "VOLUME",
            "WORKDIR");

    /** A setting for the reader of the file, in a comment at its very beginning. */
    record Directive(int line, String name, String value) {}

    /**
     * One instruction on one line.
     *
     * @param line where it begins, counted from 1
     * @param comment the comment directly above it
     */
    record Instruction(
            int line,
            String keyword,
            String arguments,
            @Nullable String comment) {
        String text() {
            return keyword + " " + arguments;
        }

        /** The words before the first one that is no flag. */
        List<String> flags() {
            return words().stream().takeWhile(word -> word.startsWith("--")).toList();
        }

        /** As the builder takes them apart: quotes hold words together, and neither they nor backslashes are left. */
        List<String> words() {
            var words = new ArrayList<String>();
            var word = new StringBuilder();
            char quote = 0;
            for (int i = 0; i < arguments.length(); i++) {
                char c = arguments.charAt(i);
                if (c == '\\') continue;
                if (quote == 0 && Character.isWhitespace(c)) {
                    if (!word.isEmpty()) words.add(word.toString());
                    word.setLength(0);
                } else if (c == quote) {
                    quote = 0;
                } else if (quote == 0 && (c == '"' || c == '\'')) {
                    quote = c;
                } else {
                    word.append(c);
                }
            }
            if (!word.isEmpty()) words.add(word.toString());
            return words;
        }

        /** What an ONBUILD leaves for later; anything else is itself. */
        Instruction inner() {
            if (!keyword.equals("ONBUILD")) return this;
            var words = arguments.split("\\s+", 2);
            return new Instruction(line, words[0].toUpperCase(Locale.ROOT), words.length > 1 ? words[1] : "", comment);
        }
    }

    static Dockerfile parse(String text) {
        var lines = text.lines().toList();
        var directives = directives(lines);
        var escape = directives.stream()
                .filter(directive -> directive.name().equals("escape"))
                .map(Directive::value)
                .findFirst()
                .orElse("\\");
        return new Dockerfile(directives, instructions(lines, escape));
    }

    private static List<Directive> directives(List<String> lines) {
        var directives = new ArrayList<Directive>();
        int number = 0;
        for (var line : lines) {
            number++;
            var match = DIRECTIVE.matcher(line);
            if (number == 1 && line.startsWith("#!")) continue;
            if (!match.matches()) break;
            directives.add(new Directive(
                    number,
                    match.group("name").toLowerCase(Locale.ROOT),
                    match.group("value").strip()));
        }
        return directives;
    }

    private static List<Instruction> instructions(List<String> lines, String escape) {
        var instructions = new ArrayList<Instruction>();
        String comment = null;
        Map<String, Integer> last = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) last.put(lines.get(i).strip(), i);
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i).strip();
            if (line.startsWith("#")) {
                comment = line.substring(1).strip();
                continue;
            }
            if (line.isEmpty()) {
                comment = null;
                continue;
            }
            int first = i;
            var whole = new StringBuilder(line);
            while (endsWith(whole, escape) && i + 1 < lines.size()) {
                whole.setLength(whole.length() - escape.length());
                var next = lines.get(++i).stripTrailing();
                while ((next.isEmpty() || next.stripLeading().startsWith("#")) && i + 1 < lines.size())
                    next = lines.get(++i).stripTrailing();
                whole.append(next);
            }
            var words = whole.toString().strip().split("\\s+", 2);
            var keyword = words[0].toUpperCase(Locale.ROOT);
            var arguments = words.length > 1 ? words[1] : "";
            instructions.add(new Instruction(first + 1, keyword, arguments, comment));
            comment = null;
            i = endOfHereDocument(lines, last, i, keyword, arguments);
        }
        return instructions;
    }

    private static boolean endsWith(StringBuilder line, String escape) {
        return line.length() >= escape.length()
                && line.substring(line.length() - escape.length()).equals(escape);
    }

    private static int endOfHereDocument(
            List<String> lines, Map<String, Integer> last, int from, String keyword, String arguments) {
        var match = HERE_DOCUMENT.matcher(arguments);
        if (!List.of("RUN", "COPY", "ADD").contains(keyword) || !match.find()) return from;
        // Where it is written once before or nowhere, looking for it each time would take for ever.
        if (last.getOrDefault(match.group("end"), -1) <= from || couldBeInstruction(match.group("end"))) return from;
        for (int i = from + 1; i < lines.size(); i++) if (lines.get(i).strip().equals(match.group("end"))) return i;
        return from;
    }

    /** A builder that knows no here-documents would read on in the middle of it, and only stumble over another end. */
    private static boolean couldBeInstruction(String end) {
        return KEYWORDS.contains(end.toUpperCase(Locale.ROOT));
    }

    /** The comment above the instruction that BuildKit reports under this name, {@code [stage 2/5] RUN make}. */
    Optional<String> titleOf(String step) {
        var text = step.replaceFirst("^\\[[^]]*] ", "");
        return instructions.stream()
                .filter(instruction ->
                        instruction.comment() != null && instruction.text().equals(text))
                .map(instruction -> String.valueOf(instruction.comment()))
                .findFirst();
    }
}
