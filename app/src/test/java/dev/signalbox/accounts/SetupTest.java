package dev.signalbox.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.secrets.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SetupTest {
    private static final NewPerson MARA = new NewPerson("Mara Lindqvist", Club.EMAIL, Club.PASSWORD);

    @TempDir
    Path directory;

    private Club club;

    @BeforeEach
    void open() {
        club = new Club(directory);
    }

    @AfterEach
    void close() {
        club.close();
    }

    @Test
    void theFirstOwnerIsMadeAndSignedIn() {
        var owner = club.setUp();
        assertThat(club.people.isSetUp()).isTrue();
        var session = club.now(owner);
        assertThat(session.person().name()).isEqualTo("Mara Lindqvist");
        assertThat(session.caller().role()).isEqualTo(Role.OWNER);
        assertThat(session.caller().scopes()).containsExactlyInAnyOrder(Scope.values());
        assertThat(session.caller().actor()).isEqualTo("Mara Lindqvist");
        assertThat(session.caller().tokenId()).startsWith("ses_").isEqualTo(session.id());
        assertThat(club.accounts.teamName(session.caller().team())).isEqualTo("Acme");
    }

    @Test
    void aTeamThatATokenWasMadeForIsTheOneThatGetsTheOwner() {
        var team = club.accounts.firstTeam();
        var owner = club.setUp();
        assertThat(owner.session().caller().team().teamId()).isEqualTo(team.teamId());
        assertThat(club.accounts.teamName(team)).isEqualTo("Acme");
    }

    @Test
    void ofFiftyAtOnceOneBecomesOwner() throws Exception {
        var token = club.people.newSetupToken().orElseThrow();
        var results = new ArrayList<SetUp>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = new ArrayList<Callable<SetUp>>();
            for (int number = 0; number < 50; number++) {
                var person = new NewPerson("Mara " + number, "mara" + number + "@acme.example", Club.PASSWORD);
                var presented = number % 3 == 0 ? new Secret("guessed") : token;
                tasks.add(() -> club.people.setUp(presented, "Acme", person, Club.VISIT));
            }
            for (var result : threads.invokeAll(tasks)) results.add(result.get());
        }
        assertThat(results).filteredOn(SetUp.Done.class::isInstance).hasSize(1);
        assertThat(results)
                .filteredOn(result -> !(result instanceof SetUp.Done))
                .allMatch(result -> result instanceof SetUp.AlreadySetUp || result instanceof SetUp.TokenInvalid);
        assertThat(club.members.list(club.accounts.firstTeam())).hasSize(1);
    }

    @Test
    void aTokenIsReplacedByTheNextOne() {
        var first = club.people.newSetupToken().orElseThrow();
        var second = club.people.newSetupToken().orElseThrow();
        assertThat(club.people.isSetupToken(first)).isFalse();
        assertThat(club.people.setUp(first, "Acme", MARA, Club.VISIT)).isInstanceOf(SetUp.TokenInvalid.class);
        assertThat(club.people.isSetupToken(second)).isTrue();
    }

    @Test
    void aTokenLastsThirtyMinutesAndOverARestart() {
        var token = club.people.newSetupToken().orElseThrow();
        club.clock.advance(Duration.ofMinutes(29));
        club.restart();
        assertThat(club.people.isSetupToken(token)).isTrue();
        club.clock.advance(Duration.ofMinutes(1));
        assertThat(club.people.isSetupToken(token)).isFalse();
        assertThat(club.people.setUp(token, "Acme", MARA, Club.VISIT)).isInstanceOf(SetUp.TokenExpired.class);
        assertThat(club.people.isSetUp()).isFalse();
    }

    @Test
    void onceSetUpItIsClosed() {
        var token = club.people.newSetupToken().orElseThrow();
        club.people.setUp(token, "Acme", MARA, Club.VISIT);
        club.restart();
        assertThat(club.people.isSetUp()).isTrue();
        assertThat(club.people.newSetupToken()).isEmpty();
        assertThat(club.people.isSetupToken(token)).isFalse();
        assertThat(club.people.setUp(token, "Acme", MARA, Club.VISIT)).isInstanceOf(SetUp.AlreadySetUp.class);
    }

    @ParameterizedTest
    @CsvSource({
        "'', Mara, mara@acme.example, four unrelated words, team",
        "Acme, '', mara@acme.example, four unrelated words, name",
        "Acme, Mara, mara@acme, four unrelated words, email",
        "Acme, Mara, mara@acme.example, short, password"
    })
    void whatIsFlawedLeavesTheTokenGood(String team, String name, String email, String password, String field) {
        var token = club.people.newSetupToken().orElseThrow();
        var typed = new NewPerson(name, email, new Secret(password));
        assertThat(club.people.setUp(token, team, typed, Club.VISIT))
                .isInstanceOfSatisfying(
                        SetUp.Flawed.class,
                        flawed -> assertThat(flawed.flaw().field()).isEqualTo(field));
        assertThat(club.people.isSetUp()).isFalse();
        assertThat(club.people.isSetupToken(token)).isTrue();
    }

    @Test
    void itIsWrittenDown() {
        var owner = club.setUp();
        assertThat(AuditKit.recent(club.audit, owner.session().caller().team(), 10))
                .extracting(line -> line.actor() + ", " + line.action() + ", " + line.object())
                .containsExactly("Mara Lindqvist, setup.complete, Acme");
    }
}
