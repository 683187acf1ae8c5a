package dev.signalbox.projects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.accounts.Accounts;
import dev.signalbox.db.Db;
import dev.signalbox.db.Ids;
import dev.signalbox.projects.Variables.Replaced;
import dev.signalbox.secrets.MasterKey;
import dev.signalbox.secrets.Sealer;
import dev.signalbox.secrets.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VariablesTest {
    @TempDir
    Path directory;

    private Db db;
    private Projects projects;
    private Variables variables;
    private Workload workload;

    @BeforeEach
    void open() throws Exception {
        db = Db.open(directory.resolve("signalbox.db"));
        var random = new SecureRandom();
        var ids = new Ids(random);
        MasterKey.create(directory.resolve("master.key"), random);
        var sealer = new Sealer(MasterKey.load(directory.resolve("master.key")), "variables.sealed_value", random);
        variables = new Variables(db, Clock.systemUTC(), sealer);
        projects = new Projects(db, Clock.systemUTC(), ids, removed -> {});
        var team = new Accounts(db, Clock.systemUTC(), ids).firstTeam();
        var project = ((Creation.Done<Project>) projects.createProject(team, new Name("shop"))).value();
        projects.createService(project, new Name("web"));
        workload = projects.workloads(project).getFirst();
    }

    @AfterEach
    void close() {
        db.close();
    }

    @Test
    void theSetIsReplacedAndTheServiceMarked() {
        assertThat(workload.variablesChangedAt()).isNull();
        assertThat(replace(Map.of("A", "1", "B", "2"))).isEqualTo(new Replaced.Done(2));
        assertThat(replace(Map.of("A", "1", "C", "3"))).isEqualTo(new Replaced.Done(2));
        assertThat(variables.all(workload)).containsOnlyKeys("A", "C");
        assertThat(projects.findWorkload(workload.id()).orElseThrow().variablesChangedAt())
                .isNotNull();
    }

    @Test
    void settingTheSameAgainChangesNothing() {
        replace(Map.of("A", "1"));
        var before = projects.findWorkload(workload.id()).orElseThrow().variablesChangedAt();
        assertThat(replace(Map.of("A", "1"))).isEqualTo(new Replaced.Done(0));
        assertThat(projects.findWorkload(workload.id()).orElseThrow().variablesChangedAt())
                .isEqualTo(before);
    }

    @Test
    void valuesAreSealedInTheFile() throws Exception {
        replace(Map.of("API_KEY", "seeded-secret-9f3a"));
        db.close();
        try (var files = Files.list(directory)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("seeded-secret-9f3a");
            }
        }
        db = Db.open(directory.resolve("signalbox.db"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A;id", "A=B", "a", "1A", "A B", "LD_PRELOAD", "PATH", "A\n", "\u00c4"})
    void refusesANameAndChangesNothing(String name) {
        replace(Map.of("A", "1"));
        assertThat(replace(Map.of("B", "2", name, "x"))).isEqualTo(new Replaced.NameInvalid(name));
        assertThat(variables.all(workload)).containsOnlyKeys("A");
    }

    @Test
    void refusesWhatDockerCouldNotPass() {
        assertThat(replace(Map.of("A", "x\u0000y"))).isEqualTo(new Replaced.ValueInvalid("A"));
        var largest = "x".repeat(Variables.LARGEST_VALUE);
        assertThat(replace(Map.of("A", largest + "x"))).isEqualTo(new Replaced.ValueTooLarge("A", 98_305));
        assertThat(replace(Map.of("A", largest))).isEqualTo(new Replaced.Done(1));
        var six = new HashMap<String, String>();
        for (int number = 0; number < 6; number++) six.put("A" + number, largest);
        assertThat(replace(six)).isInstanceOf(Replaced.TotalTooLarge.class);
        var many = new HashMap<String, String>();
        for (int number = 0; number <= Variables.MOST; number++) many.put("A" + number, "");
        assertThat(replace(many)).isEqualTo(new Replaced.TooMany(501));
        assertThat(replace(Map.of("A".repeat(101), ""))).isInstanceOf(Replaced.NameInvalid.class);
    }

    @Test
    void aValueMayHaveSeveralLines() {
        replace(Map.of("KEY", "line 1\nline 2"));
        assertThat(variables.all(workload).get("KEY").reveal()).isEqualTo("line 1\nline 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "http", "-1", "08080", "99999999999"})
    void refusesAPortThatIsNone(String port) {
        assertThat(replace(Map.of("PORT", port))).isEqualTo(new Replaced.PortInvalid());
    }

    @Test
    void aChangeTouchesNothingElseAndKnowsWhoMadeIt() {
        replace(Map.of("A", "1", "B", "2"));
        var edits = Map.of("A", Optional.of(new Secret("9")), "B", Optional.<Secret>empty());
        assertThat(variables.change(workload, edits, new Seen.Anything(), "Mara"))
                .isEqualTo(new Replaced.Done(2));
        assertThat(variables.list(workload))
                .extracting(Variables.Line::updatedBy)
                .containsExactly("Mara");
        assertThat(variables.find(workload, "A").orElseThrow().reveal()).isEqualTo("9");
        assertThat(variables.find(workload, "B")).isEmpty();
    }

    @Test
    void whatAnotherChangedSinceIsNotOverwritten() {
        replace(Map.of("A", "1"));
        var now = variables.list(workload).getFirst();
        var before = now.updatedAt().minusSeconds(1);
        var edits = Map.of("A", Optional.of(new Secret("2")));
        for (var seen :
                new Seen[] {new Seen.One(null), new Seen.One(before), new Seen.All(null), new Seen.All(before)}) {
            assertThat(variables.change(workload, edits, seen, "Mara"))
                    .isInstanceOfSatisfying(Replaced.Overtaken.class, overtaken -> {
                        assertThat(overtaken.name()).isEqualTo("A");
                        assertThat(overtaken.now()).isEqualTo(now);
                    });
            assertThat(variables.all(workload)).containsOnlyKeys("A");
        }
        var gone = Map.of("C", Optional.of(new Secret("2")));
        assertThat(variables.change(workload, gone, new Seen.One(before), "Mara"))
                .isEqualTo(new Replaced.Overtaken("C", null));
        assertThat(variables.change(workload, edits, new Seen.All(now.updatedAt()), "Mara"))
                .isEqualTo(new Replaced.Done(1));
    }

    private Replaced replace(Map<String, String> wanted) {
        var secrets = new HashMap<String, Secret>();
        wanted.forEach((name, value) -> secrets.put(name, new Secret(value)));
        return variables.replace(workload, secrets);
    }
}
