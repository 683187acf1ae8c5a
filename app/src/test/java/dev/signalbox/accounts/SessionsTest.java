package dev.signalbox.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.secrets.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsTest {
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
    void itEndsAfterTwelveIdleHours() {
        for (int round = 0; round < 3; round++) {
            club.clock.advance(Duration.ofHours(11));
            assertThat(club.sessions.find(owner.cookie())).isPresent();
        }
        club.clock.advance(Duration.ofHours(12));
        assertThat(club.sessions.find(owner.cookie())).isEmpty();
    }

    @Test
    void itEndsAfterThirtyDaysHoweverMuchItIsUsed() {
        for (int round = 0; round < 65; round++) {
            club.clock.advance(Duration.ofHours(11));
            assertThat(club.sessions.find(owner.cookie())).isPresent();
        }
        club.clock.advance(Duration.ofHours(11));
        assertThat(club.sessions.find(owner.cookie())).isEmpty();
    }

    @Test
    void aPageThatIsLeftOpenDoesNotKeepItAlive() {
        club.clock.advance(Duration.ofHours(11));
        assertThat(club.sessions.peek(owner.cookie())).isPresent();
        club.clock.advance(Duration.ofHours(2));
        assertThat(club.sessions.peek(owner.cookie())).isEmpty();
    }

    @Test
    void useIsNotedToTheMinute() {
        club.clock.advance(Duration.ofSeconds(59));
        club.sessions.find(owner.cookie());
        assertThat(club.now(owner).seenAt()).isEqualTo(owner.session().seenAt());
        club.clock.advance(Duration.ofSeconds(2));
        club.sessions.find(owner.cookie());
        assertThat(club.now(owner).seenAt()).isEqualTo(club.clock.instant());
    }

    @Test
    void itIsDeadOnceSignedOut() {
        club.sessions.end(club.now(owner));
        assertThat(club.sessions.find(owner.cookie())).isEmpty();
        assertThat(newest()).isEqualTo("Mara Lindqvist sessions.sign-out");
    }

    @Test
    void onlyItsDigestIsKept() throws Exception {
        var cookie = owner.cookie().reveal();
        club.db.close();
        try (var files = Files.list(directory)) {
            assertThat(files.filter(Files::isRegularFile))
                    .allSatisfy(file -> assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                            .doesNotContain(cookie, Club.PASSWORD.reveal()));
        }
        club = new Club(Files.createDirectory(directory.resolve("another")));
    }

    @Test
    void oneOfSeveralCanBeEnded() {
        var other = signIn();
        assertThat(club.sessions.of(owner.session().person()))
                .extracting(Session::id)
                .containsExactlyInAnyOrder(owner.session().id(), other.session().id());
        assertThat(club.sessions.end(owner.session().person(), other.session().id()))
                .isTrue();
        assertThat(club.sessions.end(owner.session().person(), other.session().id()))
                .isFalse();
        assertThat(club.sessions.find(other.cookie())).isEmpty();
        assertThat(club.sessions.find(owner.cookie())).isPresent();
        assertThat(newest()).isEqualTo("Mara Lindqvist sessions.end");
    }

    @Test
    void nobodyEndsSomebodyElses() {
        var jonas = club.join(owner.session().caller(), "Jonas", Role.MEMBER);
        assertThat(club.sessions.end(jonas.session().person(), owner.session().id()))
                .isFalse();
        assertThat(club.sessions.find(owner.cookie())).isPresent();
    }

    @Test
    void theOthersCanBeEnded() {
        var other = signIn();
        club.sessions.endOthers(club.now(owner));
        assertThat(club.sessions.find(other.cookie())).isEmpty();
        assertThat(club.sessions.find(owner.cookie())).isPresent();
    }

    @Test
    void confirmingChangesTheCookieAndTheMoment() {
        club.clock.advance(Duration.ofMinutes(20));
        var confirmed = club.people.confirm(club.now(owner), Club.PASSWORD, Club.VISIT);
        assertThat(confirmed).isInstanceOfSatisfying(SignIn.Done.class, done -> {
            assertThat(club.now(done.session()).confirmedAt()).isEqualTo(club.clock.instant());
            assertThat(done.session().session().startedAt())
                    .isEqualTo(owner.session().startedAt());
        });
        assertThat(club.sessions.find(owner.cookie())).isEmpty();
    }

    @Test
    void confirmingWithAWrongPasswordChangesNothingAndSlowsDown() {
        var wrong = new Secret("not the right one at all");
        for (int failure = 1; failure <= 3; failure++) {
            assertThat(club.people.confirm(club.now(owner), wrong, Club.VISIT)).isEqualTo(new SignIn.Wrong());
        }
        assertThat(club.people.confirm(club.now(owner), Club.PASSWORD, Club.VISIT))
                .isEqualTo(new SignIn.Wait(Duration.ofSeconds(8)));
        assertThat(club.signIn(Club.EMAIL, Club.PASSWORD.reveal())).isInstanceOf(SignIn.Done.class);
    }

    @Test
    void aSessionThatEndedMeanwhileCannotBeConfirmed() {
        var session = club.now(owner);
        club.sessions.end(session);
        assertThat(club.people.confirm(session, Club.PASSWORD, Club.VISIT)).isEqualTo(new SignIn.Wrong());
    }

    @Test
    void ofTooManyTheOneThatIsLeastUsedEnds() {
        var person = owner.session().person();
        var team = owner.session().caller().team();
        var forgotten = PeopleKit.signIn(club.db, club.clock, club.ids, team, person);
        for (int i = 2; i < Sessions.MOST; i++) {
            club.clock.advance(Duration.ofMinutes(2));
            PeopleKit.signIn(club.db, club.clock, club.ids, team, person);
        }
        club.sessions.find(owner.cookie());
        assertThat(club.sessions.of(person)).hasSize(Sessions.MOST);
        assertThat(club.sessions.peek(forgotten.cookie())).isPresent();
        var newest = PeopleKit.signIn(club.db, club.clock, club.ids, team, person);
        assertThat(club.sessions.of(person)).hasSize(Sessions.MOST);
        assertThat(club.sessions.peek(forgotten.cookie())).isEmpty();
        assertThat(club.sessions.peek(owner.cookie())).isPresent();
        assertThat(club.sessions.peek(newest.cookie())).isPresent();
        assertThat(newest()).isEqualTo("Mara Lindqvist sessions.end");
    }

    private NewSession signIn() {
        return ((SignIn.Done) club.signIn(Club.EMAIL, Club.PASSWORD.reveal())).session();
    }

    private String newest() {
        var line =
                AuditKit.recent(club.audit, owner.session().caller().team(), 1).getFirst();
        return line.actor() + " " + line.action();
    }
}
