package dev.signalbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.Person.Scripts;
import dev.signalbox.engine.EngineExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What people come for, from its beginning to its end, in a real browser: with scripts, and without. */
class JourneysIT {
    private static final String SHOP = "/projects/shop/environments/production/services/shop";

    @RegisterExtension
    static final EngineExtension DOCKER = new EngineExtension();

    @TempDir
    Path directory;

    private Program program;

    @BeforeEach
    void prepare() throws Exception {
        program = new Program(directory.resolve("data"), DOCKER);
    }

    @AfterEach
    void stop() {
        program.close();
    }

    @ParameterizedTest
    @EnumSource
    void fromTheLinkToTheFirstAppThatIsLive(Scripts scripts) throws Exception {
        program.startForNobody();
        try (var owner = Person.at(program, scripts)) {
            owner.opens(program.setUpLink())
                    .types("Your name", "Mara Lindqvist")
                    .types("E-mail", "mara@example.com")
                    .types("Password", "unlike those that are tried first")
                    .types("Team", "Acme")
                    .presses("Create the owner and sign in")
                    .sees("Put your first app on this machine")
                    .presses("Make a push token")
                    .sees("It is shown only now.");
            var repository = new GitClient(directory.resolve("work"), command(owner, "signalbox_"));
            var remote = command(owner, "git remote add signalbox ").replaceFirst(".* ", "");
            var push = repository.commit(Apps.node("one")).startPush(remote, "main");
            if (scripts == Scripts.OFF) {
                owner.sees("Waiting for the first push.");
                assertThat(GitClient.finish(push).exitCode()).isZero();
                owner.presses("Look now");
            }
            owner.arrivesAt("/projects/my-app/environments/production").waitsFor("Live");
            assertThat(GitClient.finish(push).exitCode()).isZero();
            owner.presses("web").sees("Live on #1").presses("Open").sees("one");
            assertThat(owner.complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDeploymentGoesLiveAndOneThatFailsNamesItsCure(Scripts scripts) throws Exception {
        program.start();
        var repository = repository();
        try (var owner = Person.at(program, scripts)) {
            owner.signsIn();
            var first = repository.commit(Apps.node("one")).startPush(program.remote("shop", "shop"), "main");
            owner.waitsFor("shop").opens(SHOP + "/deployments/1").waitsFor("It answers at shop.localhost");
            assertThat(GitClient.finish(first).exitCode()).isZero();

            assertThat(push(repository, Apps.needing("REDIS_URL")).exitCode()).isEqualTo(1);
            owner.opens(SHOP)
                    .sees("#1")
                    .presses("#2")
                    .sees("REDIS_URL is not set.")
                    .sees("#1 keeps serving.")
                    .presses("Set REDIS_URL")
                    .types("Value", "redis://cache:6379")
                    .presses("Add variable")
                    .sees("REDIS_URL is set.")
                    .sees("They are deployed with #2")
                    .presses("Deploy changes")
                    .arrivesAt(SHOP + "/deployments/3")
                    .waitsFor("It answers at shop.localhost");
            assertThat(program.ask("shop.localhost").body()).isEqualTo("redis://cache:6379");
            assertThat(owner.complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void variablesAreSetSeenAndDeployed(Scripts scripts) throws Exception {
        program.start();
        push(repository(), Apps.saying("GREETING"));
        try (var owner = Person.at(program, scripts)) {
            owner.signsIn()
                    .opens(SHOP + "/variables")
                    .presses("Add variable")
                    .types("Name", "GREETING")
                    .types("Value", "hello")
                    .presses("Add variable")
                    .sees("GREETING is set.")
                    .sees("1 change is not live yet.")
                    .presses("Edit GREETING")
                    .types("New value", "hello there")
                    .presses("Save")
                    .sees("GREETING is set.")
                    .doesNotSee("hello there")
                    .presses("Reveal GREETING")
                    .sees("hello there")
                    .opens(SHOP + "/variables")
                    .types("Lines of a .env file", "LOG_LEVEL=debug\nexport COLOUR='dark red' # quoted")
                    .presses("Save changes")
                    .sees("2 variables set.")
                    .sees("3 changes are not live yet.");
            assertThat(program.ask("shop.localhost").body()).isEqualTo("undefined");
            owner.presses("Deploy changes")
                    .arrivesAt(SHOP + "/deployments/2")
                    .waitsFor("It answers at shop.localhost")
                    .presses("Variables")
                    .sees("COLOUR")
                    .doesNotSee("not live yet");
            assertThat(program.ask("shop.localhost").body()).isEqualTo("hello there");
            assertThat(owner.complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasLiveBeforeIsLiveAgain(Scripts scripts) throws Exception {
        program.start();
        var repository = repository();
        push(repository, Apps.node("one"));
        push(repository, Apps.node("two"));
        try (var owner = Person.at(program, scripts)) {
            owner.signsIn()
                    .opens(SHOP + "/deployments")
                    .pressesIn("#1", "Go back to this")
                    .arrivesAt(SHOP + "/deployments/3")
                    .waitsFor("It answers at shop.localhost")
                    .presses("Deployments")
                    .sees("Back to #1");
            assertThat(program.ask("shop.localhost").body()).isEqualTo("one");
            assertThat(owner.complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aViewerComesByALinkAndMayOnlyLook(Scripts scripts) throws Exception {
        program.start();
        push(repository(), Apps.node("one"));
        var variables = "/projects/shop/services/shop/environments/production/variables";
        var set = program.api("PATCH", variables, "{\"variables\":{\"GREETING\":\"hello\"}}");
        assertThat(set.statusCode()).as(set.body()).isLessThan(300);
        try (var owner = Person.at(program, scripts);
                var viewer = Person.at(program, scripts)) {
            owner.signsIn()
                    .opens("/team")
                    .chooses("Role", "Viewer")
                    .presses("Make an invitation")
                    .sees("Shown only now.");
            viewer.opens(program.panel(command(owner, "http").replaceFirst("^https?://[^/]+", "")))
                    .sees("invites you to Test as viewer")
                    .types("Your name", "Jonas Okafor")
                    .types("E-mail", "jonas@example.com")
                    .types("Password", "unlike those and the other")
                    .presses("Join and sign in")
                    .arrivesAt("/projects")
                    .presses("shop")
                    .sees("Live")
                    .opens(SHOP)
                    .doesNotSee("Deploy again")
                    .sendsByHand(SHOP + "/deployments/redeploy", Map.of("deployment", ""))
                    .sees("This needs the role member.")
                    .opens(SHOP + "/variables")
                    .sees("GREETING")
                    .doesNotSee("Add variable")
                    .sendsByHand(SHOP + "/variables/GREETING/reveal", Map.of())
                    .sees("This needs the role")
                    .doesNotSee("hello")
                    .opens("/team")
                    .sees("Owner")
                    .doesNotSee("Make an invitation")
                    .sendsByHand("/team/invitations", Map.of("role", "viewer"))
                    .sees("This needs the role admin.");
            owner.presses("Done").sees("Jonas Okafor");
            assertThat(owner.complaints()).isEmpty();
            assertThat(viewer.complaints()).isEmpty();
        }
    }

    private GitClient repository() throws Exception {
        return new GitClient(directory.resolve("work"), program.token());
    }

    private GitClient.Result push(GitClient repository, Map<String, String> files) throws Exception {
        return repository.commit(files).push(program.remote("shop", "shop"), "main");
    }

    private static String command(Person reader, String start) {
        List<String> commands = reader.commands();
        return commands.stream()
                .filter(command -> command.startsWith(start))
                .findFirst()
                .orElseThrow(() -> new AssertionError(start + " is not among " + commands));
    }
}
