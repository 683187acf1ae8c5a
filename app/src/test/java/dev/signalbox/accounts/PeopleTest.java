package dev.signalbox.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.secrets.Secret;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeopleTest {
    private static final Secret NEXT = new Secret("other words that nobody knows");

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
    void anotherPasswordEndsTheOtherSessions() {
        var other = ((SignIn.Done) club.signIn(Club.EMAIL, Club.PASSWORD.reveal())).session();
        var renewed = change(club.now(owner), Club.PASSWORD, NEXT);
        assertThat(club.sessions.find(other.cookie())).isEmpty();
        assertThat(club.sessions.of(owner.session().person()))
                .extracting(Session::id)
                .containsExactly(owner.session().id());
        assertThat(club.now(renewed).id()).isEqualTo(owner.session().id());
        assertThat(club.signIn(Club.EMAIL, Club.PASSWORD.reveal())).isEqualTo(new SignIn.Wrong());
        assertThat(club.signIn(Club.EMAIL, NEXT.reveal())).isInstanceOf(SignIn.Done.class);
    }

    @Test
    void aCopiedCookieIsWorthNothingAfterAnotherPassword() {
        var copied = owner.cookie();
        var renewed = change(club.now(owner), Club.PASSWORD, NEXT);
        assertThat(renewed.cookie()).isNotEqualTo(copied);
        assertThat(club.sessions.find(copied)).isEmpty();
    }

    @Test
    void aSessionThatWasEndedMeanwhileChangesNoPassword() {
        var session = club.now(owner);
        club.sessions.end(session);
        assertThat(flawed(session, Club.PASSWORD, NEXT)).isEqualTo("current");
        assertThat(club.signIn(Club.EMAIL, Club.PASSWORD.reveal())).isInstanceOf(SignIn.Done.class);
    }

    @Test
    void anotherPasswordNeedsTheOneUntilNow() {
        assertThat(flawed(club.now(owner), NEXT, NEXT)).isEqualTo("current");
        assertThat(flawed(club.now(owner), Club.PASSWORD, new Secret("short"))).isEqualTo("password");
        assertThat(club.now(owner).id()).isEqualTo(owner.session().id());
        assertThat(club.signIn(Club.EMAIL, Club.PASSWORD.reveal())).isInstanceOf(SignIn.Done.class);
    }

    private NewSession change(Session session, Secret current, Secret wanted) {
        return switch (club.people.changePassword(session, current, wanted, Club.VISIT)) {
            case PasswordChange.Done(var renewed) -> renewed;
            case PasswordChange.Flawed(var flaw) -> throw new AssertionError(flaw);
        };
    }

    private String flawed(Session session, Secret current, Secret wanted) {
        return switch (club.people.changePassword(session, current, wanted, Club.VISIT)) {
            case PasswordChange.Done _ -> throw new AssertionError("it was changed");
            case PasswordChange.Flawed(var flaw) -> flaw.field();
        };
    }

    @Test
    void aNameIsChangedForWhatComes() {
        assertThat(club.people.rename(club.now(owner), "  Mara   L. ")).isEmpty();
        assertThat(club.now(owner).caller().actor()).isEqualTo("Mara L.");
        assertThat(AuditKit.recent(club.audit, owner.session().caller().team(), 1))
                .extracting(line -> line.actor() + " became " + line.object())
                .containsExactly("Mara Lindqvist became Mara L.");
    }

    @Test
    void nobodyEverGetsTheNameOfSomebodyElse() {
        var jonas = club.join(owner.session().caller(), "Jonas", Role.MEMBER);
        club.people.rename(club.now(owner), "Mara L.");
        assertThat(taken(jonas, "mara l.")).isTrue();
        assertThat(taken(jonas, "MARA LINDQVIST")).isTrue();
        assertThat(taken(jonas, "\uff2dara L.")).as("in wide letters").isTrue();
        assertThat(club.people.rename(club.now(owner), "Mara Lindqvist")).isEmpty();
        club.members.remove(owner.session().caller(), jonas.session().person().id(), Club.VISIT);
        assertThat(taken(owner, "Jonas")).isTrue();
    }

    private boolean taken(NewSession who, String name) {
        return club.people
                .rename(club.now(who), name)
                .filter(flaw -> flaw.message().contains("somebody else"))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "a\u0007b",
                "Mara\u202e",
                "Mara\u200b",
                "root",
                "Root on this machine",
                "token laptop",
                "unknown",
                "Signalbox",
                "a\ud800b",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void suchNamesAreRefusedWithASentence(String name) {
        assertThat(club.people.rename(club.now(owner), name))
                .hasValueSatisfying(flaw -> assertThat(flaw.message()).endsWith("."));
        assertThat(club.now(owner).person().name()).isEqualTo("Mara Lindqvist");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ø", "李雷", "D'Arcy O’Neil-Smith", "<b>Eva</b>", "'; drop table people; --", "Tokenwala"})
    void suchNamesAreTaken(String name) {
        assertThat(club.people.rename(club.now(owner), name)).isEmpty();
        assertThat(club.now(owner).person().name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mara",
                "@acme.example",
                "mara@",
                "mara@acme",
                "ma ra@acme.example",
                "mara@acme..example",
                "mara@-acme.example",
                "<mara@acme.example>",
                "mara@acme.example, eva@acme.example",
                ".mara@acme.example",
                "mara@[192.0.2.1]"
            })
    void suchAddressesAreRefused(String email) {
        var link = ((Invite.Made) club.invitations.create(owner.session().caller(), Role.VIEWER, Club.VISIT)).link();
        var joined = club.invitations.join(link, new NewPerson("Eva", email, NEXT), Club.VISIT);
        assertThat(joined)
                .isInstanceOfSatisfying(
                        Join.Flawed.class,
                        flawed -> assertThat(flawed.flaw().field()).isEqualTo("email"));
    }

    @Test
    void rootGivesTheOwnerANewPassword() {
        for (int failure = 1; failure <= 3; failure++) club.signIn(Club.EMAIL, "not the right one at all");
        var made = club.people.resetOwner().orElseThrow();
        assertThat(made.email()).isEqualTo(Club.EMAIL);
        assertThat(made.password().reveal()).matches("([0-9a-z]{5}-){4}[0-9a-z]{5}");
        assertThat(club.sessions.find(owner.cookie())).isEmpty();
        assertThat(club.signIn(Club.EMAIL, Club.PASSWORD.reveal())).isEqualTo(new SignIn.Wrong());
        assertThat(club.signIn(Club.EMAIL, made.password().reveal())).isInstanceOf(SignIn.Done.class);
    }

    @Test
    void beforeTheSetUpThereIsNobodyToGiveOne(@TempDir Path fresh) {
        try (var empty = new Club(fresh)) {
            assertThat(empty.people.resetOwner()).isEqualTo(Optional.empty());
        }
    }
}
