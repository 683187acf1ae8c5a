package dev.signalbox.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** How the appliance is, and what runs on it. */
@Command(name = "status", description = "How the appliance is, and what runs on it.", mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable Cli cli;

    @Override
    public Integer call() {
        var parent = Objects.requireNonNull(cli);
        var status = parent.client().ask("status", Map.of());
        var rows = new ArrayList<List<String>>();
        for (var line : status.path("lines")) rows.add(cells(line, "name", "value"));
        var apps = status.path("apps");
        rows.add(
                List.of("Apps", apps.isEmpty() ? "none yet; the first push makes one" : Integer.toString(apps.size())));
        Columns.of(rows).forEach(parent.out()::println);
        if (apps.isEmpty()) return Exit.DONE;

        var table = new ArrayList<List<String>>();
        table.add(List.of("App", "State", "Newest deployment", "Address"));
        for (var app : apps) table.add(cells(app, "name", "state", "deployment", "address"));
        parent.out().println();
        Columns.of(table).forEach(parent.out()::println);
        return Exit.DONE;
    }

    private static List<String> cells(JsonNode row, String... names) {
        return Arrays.stream(names).map(name -> row.path(name).asText()).toList();
    }
}
