package dev.signalbox.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** How the appliance is. */
@Command(name = "status", description = "How the appliance is.", mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable Cli cli;

    @Override
    public Integer call() {
        var parent = Objects.requireNonNull(cli);
        var lines = parent.client().ask("status", Map.of()).path("lines");
        int width = StreamSupport.stream(lines.spliterator(), false)
                .mapToInt(line -> name(line).length())
                .max()
                .orElse(0);
        for (var line : lines) {
            var name = name(line);
            parent.out()
                    .println(name
                            + " ".repeat(width - name.length() + 2)
                            + line.path("value").asText());
        }
        return Exit.DONE;
    }

    private static String name(JsonNode line) {
        return line.path("name").asText();
    }
}
