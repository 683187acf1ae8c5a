package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import dev.signalbox.web.Operation.Rule;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every operation as every kind of caller, against the table in docs/PERMISSIONS.md. */
class PermissionMatrixTest {
    private static final int MOST_OPEN_ROUTES = 20;

    @TempDir
    Path directory;

    private final PermissionTable table = PermissionTable.read();
    private World world;

    @BeforeEach
    void start() {
        world = new World(directory).start();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void everyOperationIsInTheTableAndNothingElseIs() {
        var operations = world.routes().operations().stream()
                .collect(Collectors.toMap(operation -> operation.heading().name(), Operation::id));
        assertThat(operations)
                .isEqualTo(table.rows().entrySet().stream()
                        .collect(Collectors.toMap(
                                row -> row.getKey(), row -> row.getValue().route())));
    }

    @Test
    void everyOpenRouteIsInTheTableAndTheyAreFew() {
        assertThat(world.routes().open().stream().flatMap(PermissionMatrixTest::ids))
                .containsExactlyInAnyOrderElementsOf(table.open())
                .hasSizeLessThanOrEqualTo(MOST_OPEN_ROUTES);
        assertThat(world.routes().open())
                .allSatisfy(route -> assertThat(route.why()).isNotBlank());
    }

    private static Stream<String> ids(OpenRoute route) {
        if (route.takesEveryMethod()) return Stream.of("ANY " + route.path());
        return route.verbs().stream().map(verb -> verb + " " + route.path());
    }

    @Test
    void everybodyMayExactlyWhatTheTableSays() {
        var matrix = new Matrix(world);
        assertThat(world.routes().operations().stream()
                        .flatMap(operation -> matrix.violations(operation, row(operation))))
                .isEmpty();
    }

    @Test
    void aServicesOwnTokenReachesThatServiceOnly() {
        var matrix = new Matrix(world);
        assertThat(world.routes().operations().stream()
                        .flatMap(operation -> matrix.violationOfOwnService(operation, row(operation)).stream()))
                .isEmpty();
    }

    /** Proves that the matrix can fail: without its permission, each operation turns it red. */
    @Test
    void takingOnePermissionAwayIsSeen() {
        var matrix = new Matrix(world);
        for (var operation : world.routes().operations()) {
            if (operation.rule() instanceof Rule.Everybody) continue;
            var name = operation.heading().name();
            world.start(World.unlimited(), routes -> without(name, routes));
            var mutated = find(world.routes().operations(), name);
            if (matrix.violations(mutated, row(mutated)).findFirst().isEmpty()) {
                fail(operation.id() + " has no permission, and nothing noticed it");
            }
        }
    }

    private static Routes without(String name, Routes routes) {
        return new Routes(
                routes.operations().stream()
                        .<Operation<?, ?, ?>>map(
                                operation -> operation.heading().name().equals(name)
                                        ? operation.under(new Rule.Everybody("taken away by this test"))
                                        : operation)
                        .toList(),
                routes.pages(),
                routes.open());
    }

    private static Operation<?, ?, ?> find(List<Operation<?, ?, ?>> operations, String name) {
        return operations.stream()
                .filter(operation -> operation.heading().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private PermissionTable.Row row(Operation<?, ?, ?> operation) {
        return table.rows().get(operation.heading().name());
    }
}
