package dev.signalbox.accounts;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.db.schema.tables.WrongPasswords;
import dev.signalbox.secrets.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignInTest {
    private static final String WRONG = "not the right one at all";

    @TempDir
    Path directory;

    private Club club;
    private NewSession owner;

    @BeforeEach
    void open() {
        club = new Club(directory);
        owner = club.setUp();
    }

    @AfterEach
    void close() {
        club.close();
    }

    @Test
    void theRightPasswordBeginsASession() {
        assertThat(club.signIn(" MARA@Acme.Example ", Club.PASSWORD.reveal()))
                .isInstanceOfSatisfying(SignIn.Done.class, done -> {
                    assertThat(club.now(done.session()).person().name()).isEqualTo("Mara Lindqvist");
                    assertThat(done.session().cookie().reveal()).hasSize(43);
                    assertThat(done.session().session().id())
                            .isNotEqualTo(owner.session().id());
                });
    }

    @Test
    void aPasswordIsTheSameHoweverItsAccentsAreTyped() {
        var composed = "caf\u00e9 words do very well";
        club.people.changePassword(owner.session(), Club.PASSWORD, new Secret(composed), Club.VISIT);
        assertThat(club.signIn(Club.EMAIL, "cafe\u0301 words do very well")).isInstanceOf(SignIn.Done.class);
    }

    @Test
    void anUnknownAddressAnswersLikeAWrongPassword() {
        assertThat(club.signIn("nobody@acme.example", WRONG)).isEqualTo(club.signIn(Club.EMAIL, WRONG));
    }

    @Test
    void theThirdWrongPasswordMakesThePauseThatDoublesUpToAQuarterOfAnHour() {
        for (int failure = 1; failure <= 3; failure++) wrong(Club.EMAIL);
        assertThat(right(Club.EMAIL)).isEqualTo(new SignIn.Wait(Duration.ofSeconds(8)));
        club.clock.advance(Duration.ofSeconds(8));
        wrong(Club.EMAIL);
        assertThat(right(Club.EMAIL)).isEqualTo(new SignIn.Wait(Duration.ofSeconds(16)));
        for (int failure = 5; failure <= 12; failure++) {
            club.clock.advance(Duration.ofMinutes(15));
            wrong(Club.EMAIL);
        }
        assertThat(right(Club.EMAIL)).isEqualTo(new SignIn.Wait(Duration.ofMinutes(15)));
        club.clock.advance(Duration.ofMinutes(15));
        assertThat(right(Club.EMAIL)).isInstanceOf(SignIn.Done.class);
        wrong(Club.EMAIL);
        assertThat(right(Club.EMAIL)).isInstanceOf(SignIn.Done.class);
    }

    @Test
    void thePauseSurvivesARestart() {
        for (int failure = 1; failure <= 3; failure++) wrong(Club.EMAIL);
        club.restart();
        assertThat(right(Club.EMAIL)).isEqualTo(new SignIn.Wait(Duration.ofSeconds(8)));
    }

    @Test
    void thePauseTellsNothingAboutWhoIsHere() {
        for (int failure = 1; failure <= 3; failure++) wrong("nobody@acme.example");
        assertThat(right("nobody@acme.example")).isEqualTo(new SignIn.Wait(Duration.ofSeconds(8)));
    }

    @Test
    void whatIsTriedDuringThePauseIsNotCounted() {
        for (int failure = 1; failure <= 3; failure++) wrong(Club.EMAIL);
        for (int guess = 0; guess < 20; guess++) {
            assertThat(club.signIn(Club.EMAIL, WRONG)).isEqualTo(new SignIn.Wait(Duration.ofSeconds(8)));
        }
        club.clock.advance(Duration.ofSeconds(8));
        assertThat(right(Club.EMAIL)).isInstanceOf(SignIn.Done.class);
    }

    @Test
    void othersAreNotHeldUpByAPause() {
        var jonas = club.join(owner.session().caller(), "Jonas", Role.MEMBER);
        for (int failure = 1; failure <= 3; failure++) wrong(Club.EMAIL);
        assertThat(right(jonas.session().person().email())).isInstanceOf(SignIn.Done.class);
        assertThat(club.sessions.find(owner.cookie())).isPresent();
        assertThat(club.people.confirm(owner.session(), Club.PASSWORD, Club.VISIT))
                .isInstanceOf(SignIn.Done.class);
    }

    @Test
    void strangersDoNotHoldBackABrowserThatSignedInBefore() {
        for (int failure = 1; failure <= 3; failure++) wrong(Club.EMAIL);
        club.restart();
        assertThat(right(Club.EMAIL)).isInstanceOf(SignIn.Wait.class);
        var again = right(owner.device());
        assertThat(again).isInstanceOf(SignIn.Done.class);
        assertThat(right(((SignIn.Done) again).session().device())).isInstanceOf(SignIn.Done.class);
        assertThat(right(Club.EMAIL)).as("what strangers did is not forgotten").isInstanceOf(SignIn.Wait.class);
    }

    @Test
    void aBrowserThatSignedInBeforeHasAPauseOfItsOwn() {
        for (int failure = 1; failure <= 3; failure++) {
            assertThat(club.signIn(Club.EMAIL, WRONG, owner.device())).isEqualTo(new SignIn.Wrong());
        }
        assertThat(right(owner.device())).isEqualTo(new SignIn.Wait(Duration.ofSeconds(8)));
        assertThat(right(Club.EMAIL)).isInstanceOf(SignIn.Done.class);
        club.clock.advance(Duration.ofSeconds(8));
        assertThat(right(owner.device())).isInstanceOf(SignIn.Done.class);
    }

    @Test
    void nobodyMakesTheirBrowserOneThatSignedInBefore() {
        var jonas = club.join(owner.session().caller(), "Jonas", Role.MEMBER);
        var name = owner.device().reveal().split("\\.", 2)[0];
        var made = Stream.of(
                        jonas.device().reveal(),
                        owner.cookie().reveal(),
                        name,
                        name + ".",
                        name + "." + "0".repeat(64),
                        "x" + owner.device().reveal(),
                        "." + owner.device().reveal(),
                        owner.device().reveal() + "0",
                        "\u0000.\u00e9")
                .map(Secret::new)
                .toList();
        for (var device : made.subList(0, 3)) {
            assertThat(club.signIn(Club.EMAIL, WRONG, device)).isEqualTo(new SignIn.Wrong());
        }
        for (var device : made) assertThat(right(device)).isEqualTo(new SignIn.Wait(Duration.ofSeconds(8)));
    }

    @Test
    void anotherPasswordMakesStrangersOfAllBrowsersButOne() {
        var next = new Secret("other words that nobody knows");
        var changed = club.people.changePassword(owner.session(), Club.PASSWORD, next, Club.VISIT);
        var renewed = ((PasswordChange.Done) changed).session();
        for (int failure = 1; failure <= 3; failure++) wrong(Club.EMAIL);
        assertThat(club.signIn(Club.EMAIL, next.reveal(), owner.device())).isInstanceOf(SignIn.Wait.class);
        assertThat(club.signIn(Club.EMAIL, next.reveal(), renewed.device())).isInstanceOf(SignIn.Done.class);
    }

    @Test
    void whatWasCountedIsForgottenAfterADay() {
        for (int failure = 1; failure <= 3; failure++) club.signIn(Club.EMAIL, WRONG, owner.device());
        club.clock.advance(Duration.ofDays(1).plusSeconds(1));
        wrong("nobody@acme.example");
        assertThat(club.db.<Integer>read(sql -> sql.fetchCount(WrongPasswords.WRONG_PASSWORDS)))
                .isEqualTo(1);
    }

    @Test
    void manyGuessesAtOnceAreNotManyGuesses() throws Exception {
        var answers = new ArrayList<SignIn>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var guesses = new ArrayList<Callable<SignIn>>();
            for (int guess = 0; guess < 40; guess++) {
                var password = WRONG + guess;
                guesses.add(() -> club.signIn(Club.EMAIL, password));
            }
            for (var answer : threads.invokeAll(guesses, 2, MINUTES)) answers.add(answer.get());
        }
        assertThat(answers).filteredOn(SignIn.Wrong.class::isInstance).hasSize(3);
        assertThat(answers).filteredOn(SignIn.Wait.class::isInstance).hasSize(37);
    }

    @Test
    void whoWasRemovedIsUnknown() {
        var jonas = club.join(owner.session().caller(), "Jonas", Role.MEMBER)
                .session()
                .person();
        club.members.remove(owner.session().caller(), jonas.id(), Club.VISIT);
        assertThat(right(jonas.email())).isEqualTo(new SignIn.Wrong());
    }

    /** A hash that the reference implementation made. */
    @Test
    void aHashOfEarlierDaysIsMadeAnew() {
        var weak = PasswordHash.parse(
                "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4");
        club.db.change(
                sql -> PersonStore.changePassword(sql, owner.session().person().id(), weak));
        assertThat(club.signIn(Club.EMAIL, "password")).isInstanceOf(SignIn.Done.class);
        var known =
                club.db.read(sql -> PersonStore.findByEmail(sql, Club.EMAIL)).orElseThrow();
        assertThat(known.password()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(club.signIn(Club.EMAIL, "password")).isInstanceOf(SignIn.Done.class);
    }

    @Test
    void signingInIsWrittenDownAndSoIsEveryWrongPassword() {
        right(Club.EMAIL);
        wrong(Club.EMAIL);
        assertThat(AuditKit.recent(club.audit, owner.session().caller().team(), 2))
                .extracting(line -> String.join(
                        ", ",
                        line.actor(),
                        line.action(),
                        line.object(),
                        line.outcome(),
                        line.address(),
                        line.detail()))
                .satisfiesExactly(
                        refused -> assertThat(refused)
                                .isEqualTo("unknown, sessions.sign-in, mara@acme.example, refused, 192.0.2.7,"
                                        + " wrong password, 1 in a row"),
                        done -> assertThat(done)
                                .matches("Mara Lindqvist, sessions.sign-in, ses_.{12}, done, 192.0.2.7, Firefox 144"));
    }

    /** Also: what was typed is not in it, since it may be a password. */
    @Test
    void aFloodOfUnknownAddressesDoesNotFillTheLog() {
        for (int guess = 0; guess < 25; guess++) wrong("nobody" + guess + "@acme.example");
        assertThat(machineRows()).hasSize(20).noneMatch(line -> line.toString().contains("nobody1"));
        club.clock.advance(Duration.ofMinutes(11));
        wrong("nobody@acme.example");
        assertThat(machineRows().getFirst().detail())
                .isEqualTo("wrong password, 1 in a row; 5 more before it were not written down");
    }

    private List<Audit.Line> machineRows() {
        var query = new Audit.Query("address that nobody", null, null, null, 100, true);
        return club.audit.page(owner.session().caller().team(), query).lines();
    }

    private void wrong(String email) {
        assertThat(club.signIn(email, WRONG)).isEqualTo(new SignIn.Wrong());
    }

    private SignIn right(Secret device) {
        return club.signIn(Club.EMAIL, Club.PASSWORD.reveal(), device);
    }

    private SignIn right(String email) {
        return club.signIn(email, Club.PASSWORD.reveal());
    }
}
