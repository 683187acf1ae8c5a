package dev.signalbox.web;

import dev.signalbox.accounts.Role;
import dev.signalbox.accounts.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code docs/PERMISSIONS.md} as it is read by people, and here by the tests: who may what. Nothing is in it twice. */
record PermissionTable(Map<String, Row> rows, Set<Page> pages, Set<String> open) {
    private static final Path FILE = Path.of("docs", "PERMISSIONS.md");

    /**
     * What the table says of an operation.
     *
     * @param route method and path
     * @param bound what a token that is bound to one service gets
     */
    record Row(String route, Optional<Role> role, Optional<Scope> scope, String bound) {}

    /**
     * What the table says of a page or a form.
     *
     * @param role any for everybody of the team
     * @param password whether it is asked for again when that was a while ago
     */
    record Page(String name, String route, String role, String password) {}

    static PermissionTable read() {
        try {
            var cells = Files.readAllLines(FILE).stream()
                    .filter(line -> line.startsWith("| `"))
                    .map(line -> List.of(line.substring(1).replace("`", "").split("\\|")).stream()
                            .map(String::strip)
                            .toList())
                    .toList();
            var rows = cells.stream()
                    .filter(row -> row.size() == 5)
                    .collect(Collectors.toUnmodifiableMap(List::getFirst, PermissionTable::row));
            var pages = cells.stream()
                    .filter(row -> row.size() == 4)
                    .map(row -> new Page(row.get(0), row.get(1), row.get(2), row.get(3)))
                    .collect(Collectors.toUnmodifiableMap(Page::route, Function.identity()));
            var open = cells.stream()
                    .filter(row -> row.size() == 2)
                    .collect(Collectors.toUnmodifiableMap(List::getFirst, List::getLast));
            return new PermissionTable(rows, Set.copyOf(pages.values()), open.keySet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row row(List<String> cells) {
        return new Row(
                cells.get(1),
                cells.get(2).equals("any") ? Optional.empty() : Optional.of(Role.of(cells.get(2))),
                Scope.parse(cells.get(3)),
                cells.get(4));
    }
}
