package dev.signalbox.builds;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The processes that a repository names itself, one {@code name: command} a line. */
record Procfile(List<ProcessType> processes) {
    static final String NAME = "Procfile";
    static final Procfile NONE = new Procfile(List.of());

    private static final Pattern LINE =
            Pattern.compile("(?<name>[A-Za-z0-9][A-Za-z0-9_-]{0,29})\\s*:\\s*(?<command>.+)");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\\t]]");
    private static final int MOST = 10;
    private static final int LONGEST_COMMAND = 4096;

    Procfile {
        processes = List.copyOf(processes);
    }

    static Procfile in(SourceFiles files) {
        return files.text(NAME).map(Procfile::parse).orElse(NONE);
    }

    static Procfile parse(String text) {
        Map<String, ProcessType> processes = new LinkedHashMap<>();
        int number = 0;
        for (var raw : text.lines().toList()) {
            number++;
            var line = raw.strip();
            if (line.isEmpty() || line.startsWith("#")) continue;
            var match = LINE.matcher(line);
            if (!match.matches()) {
                throw BuildRefused.at(
                        NAME, number, "'" + PlainText.of(line) + "' is not of the form 'web: command to run'.");
            }
            var name = match.group("name");
            var command = match.group("command").strip();
            if (command.length() > LONGEST_COMMAND) {
                throw BuildRefused.at(NAME, number, "the command of '" + name + "' is longer than 4,096 characters.");
            }
            if (CONTROL.matcher(command).find()) {
                throw BuildRefused.at(NAME, number, "the command of '" + name + "' has a control character in it.");
            }
            if (processes.put(name, new ProcessType(name, command)) != null) {
                throw BuildRefused.at(NAME, number, "there is a second '" + name + "'; each process is named once.");
            }
            if (processes.size() > MOST) {
                throw BuildRefused.at(NAME, number, "'" + name + "' is one process too many; 10 can be named.");
            }
        }
        return new Procfile(List.copyOf(processes.values()));
    }

    Optional<String> command(String name) {
        return processes.stream()
                .filter(process -> process.name().equals(name))
                .findFirst()
                .map(ProcessType::command);
    }

    /** Whether it says what runs; a Procfile with nothing but a release command does not. */
    boolean namesProcesses() {
        return processes.stream().anyMatch(process -> !process.name().equals(ProcessType.RELEASE));
    }

    /** What to run: the processes named here; where none is, the image's own command as {@code web}. */
    List<ProcessType> orDefault() {
        if (namesProcesses()) return processes;
        var all = new ArrayList<ProcessType>();
        all.add(new ProcessType(ProcessType.WEB, null));
        all.addAll(processes);
        return all;
    }
}
