package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.accounts.Role;
import dev.signalbox.web.Operation.Rule;
import dev.signalbox.web.PermissionTable.Page;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every page and every form, asked for by every kind of person, on their own things, a stranger's and nobody's. */
class PagePermissionsTest {
    private static final Set<Integer> NOT_LET_IN = Set.of(401, 403, 404);

    @TempDir
    static Path directory;

    private static World world;
    private static PermissionTable table;

    @BeforeAll
    static void start() {
        table = PermissionTable.read();
        world = new World(directory).start();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void everyPageIsInTheTableAndNothingElseIs() {
        var rows = rows(world.routes());
        assertThat(missing(rows, table.pages())).as("not in the table").isEmpty();
        assertThat(missing(table.pages(), rows)).as("not there").isEmpty();
    }

    private static String missing(Set<Page> wanted, Set<Page> there) {
        return wanted.stream()
                .filter(row -> !there.contains(row))
                .map(row ->
                        "| `%s` | `%s` | %s | %s |%n".formatted(row.name(), row.route(), row.role(), row.password()))
                .sorted()
                .collect(Collectors.joining());
    }

    private static Set<Page> rows(Routes routes) {
        return routes.pages().stream()
                .map(page ->
                        new Page(page.heading().name(), page.id(), role(page.rule()), page.freshly() ? "yes" : "no"))
                .collect(Collectors.toSet());
    }

    private static String role(Rule rule) {
        return rule instanceof Rule.Needs(var permission) ? permission.from().word() : "any";
    }

    @Test
    void whoIsNotSignedInIsAskedWhoTheyAre() {
        var scene = Scene.of(world, world.team);
        for (var page : world.routes().pages()) {
            var reply = world.http()
                    .ask(page.heading().verb().name(), scene.path(page.heading().path()))
                    .with("Accept", "text/html")
                    .send();
            assertThat(reply.status())
                    .as(page.id())
                    .isEqualTo(page.heading().verb().writes() ? 401 : 303);
            assertThat(reply.body()).as(page.id()).doesNotContain(scene.names().get("project") + "<");
        }
    }

    @Test
    void aRoleSeesWhatTheTableSaysAndNoMore() {
        for (var page : world.routes().pages()) {
            var row = rowOf(page);
            for (var role : Role.values()) {
                var scene = Scene.of(world, world.team);
                var may = row.role().equals("any") || role.covers(Role.of(row.role()));
                var status = ask(world.signIn(role), page, scene).status();
                if (may)
                    assertThat(status)
                            .as("%s as %s", page.id(), role)
                            .isLessThan(500)
                            .isNotIn(NOT_LET_IN);
                else assertThat(status).as("%s as %s", page.id(), role).isEqualTo(403);
            }
        }
    }

    @Test
    void whatIsForeignIsNotThereByteForByte() {
        var foreign = Scene.of(world, world.otherTeam);
        var owner = world.signIn(Role.OWNER);
        for (var page : onThings()) {
            var stranger = ask(owner, page, foreign).send();
            var nobody = ask(owner, page, Scene.ofNothing(world, foreign)).send();
            assertThat(stranger.status()).as(page.id()).isEqualTo(404);
            // The page repeats the address that was asked for, and nothing else of the request.
            assertThat(withoutPath(stranger)).as(page.id()).isEqualTo(withoutPath(nobody));
        }
    }

    private static String withoutPath(Http.Reply reply) {
        return reply.body().replace(reply.response().request().uri().getPath(), "…");
    }

    private static List<PageRoute<?, ?>> onThings() {
        return world.routes().pages().stream()
                .filter(page -> page.heading().path().contains("{"))
                .toList();
    }

    @Test
    void aFormThatAnotherSiteSendsChangesNothing() {
        var owner = world.signIn(Role.OWNER);
        for (var page : world.routes().pages()) {
            if (!page.heading().verb().writes()) continue;
            var path = Scene.of(world, world.team).path(page.heading().path());
            var cross = owner.form(path, Map.of("_csrf", owner.csrf())).with("Sec-Fetch-Site", "cross-site");
            var otherSession =
                    owner.form(path, Map.of("_csrf", world.signIn(Role.OWNER).csrf()));
            for (var ask : List.of(cross, otherSession, owner.form(path, Map.of()))) {
                var reply = ask.send();
                assertThat(reply.status()).as(page.id()).isEqualTo(403);
                assertThat(reply.body()).contains("Reload the page and try again.");
            }
        }
    }

    @Test
    void whatCannotBeTakenBackAsksForThePasswordAfterAWhile() {
        var owner = world.signIn(Role.OWNER);
        world.clock.advance(Duration.ofMinutes(16));
        var scene = Scene.of(world, world.team);
        for (var page : world.routes().pages()) {
            if (!page.freshly()) continue;
            var reply = ask(owner, page, scene).send();
            assertThat(reply.status()).as(page.id()).isEqualTo(403);
            assertThat(reply.body()).as(page.id()).contains("Your password, please");
        }
    }

    /** Of a member the feature itself asks once more who may. */
    @Test
    void itIsTheRuleThatKeepsPeopleOut() {
        for (var page : world.routes().pages()) {
            var row = rowOf(page);
            if (row.role().equals("any") || row.role().equals(Role.VIEWER.word())) continue;
            if (row.name().equals("members.remove")) continue;
            world.start(World.unlimited(), routes -> without(page, routes));
            var status = ask(world.signIn(Role.VIEWER), page, Scene.of(world, world.team))
                    .status();
            assertThat(status).as(page.id()).isLessThan(500).isNotIn(NOT_LET_IN);
        }
        world.start();
    }

    private static Routes without(PageRoute<?, ?> page, Routes routes) {
        return new Routes(
                routes.operations(),
                routes.pages().stream()
                        .<PageRoute<?, ?>>map(each ->
                                each.id().equals(page.id()) ? each.under(new Rule.Everybody("taken away")) : each)
                        .toList(),
                routes.open());
    }

    private static Page rowOf(PageRoute<?, ?> page) {
        return table.pages().stream()
                .filter(row -> row.route().equals(page.id()))
                .findFirst()
                .orElseThrow();
    }

    private static Http.Ask ask(Browsing who, PageRoute<?, ?> page, Scene scene) {
        var path = scene.path(page.heading().path());
        assertThat(path).as("the scene has all of " + page.id()).doesNotContain("{");
        return page.heading().verb().writes() ? who.form(path, Map.of("_csrf", who.csrf())) : who.ask("GET", path);
    }
}
