package dev.signalbox.builds;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Words as Dockerfiles take them without a shell: as a JSON array, or as they are where nothing in them is special. */
final class ExecForm {
    private static final Pattern PLAIN = Pattern.compile("[\\w@+./-]+");

    private ExecForm() {}

    /** For instructions that take both forms. */
    static String plain(List<String> words) {
        return words.stream().allMatch(word -> PLAIN.matcher(word).matches()) ? String.join(" ", words) : of(words);
    }

    static String of(List<String> words) {
        return words.stream().map(ExecForm::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String quoted(String word) {
        var quoted = new StringBuilder("\"");
        word.chars().forEach(c -> {
            if (c == '"' || c == '\\') quoted.append('\\').append((char) c);
            else if (c < ' ' || c == 0x7f) quoted.append("\\u%04x".formatted(c));
            else quoted.append((char) c);
        });
        return quoted.append('"').toString();
    }
}
