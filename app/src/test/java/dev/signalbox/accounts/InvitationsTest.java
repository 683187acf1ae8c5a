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

class InvitationsTest {
    private static final NewPerson EVA = new NewPerson("Eva Brandt", "eva@acme.example", Club.PASSWORD);

    @TempDir
    Path directory;

    private Club club;
    private NewSession owner;
    private Caller mara;

    @BeforeEach
    void open() {
        club = new Club(directory);
        owner = club.setUp();
        mara = owner.session().caller();
    }

    @AfterEach
    void close() {
        club.close();
    }

    @Test
    void aLinkLeadsIntoTheTeamWithItsRole() {
        var made = invite(mara, Role.VIEWER);
        assertThat(club.invitations.find(made.link())).contains(made.invitation());
        assertThat(club.invitations.list(mara.team())).containsExactly(made.invitation());
        assertThat(club.invitations.join(made.link(), EVA, Club.VISIT))
                .isInstanceOfSatisfying(Join.Done.class, done -> {
                    var caller = club.now(done.session()).caller();
                    assertThat(caller.role()).isEqualTo(Role.VIEWER);
                    assertThat(caller.actor()).isEqualTo("Eva Brandt");
                    assertThat(caller.team().teamId()).isEqualTo(mara.team().teamId());
                });
        assertThat(AuditKit.recent(club.audit, mara.team(), 2))
                .extracting(line -> line.actor() + " " + line.action() + " " + line.detail())
                .containsExactly(
                        "Eva Brandt invitations.use role: viewer; invited by Mara Lindqvist",
                        "Mara Lindqvist invitations.create role: viewer");
    }

    @Test
    void itWorksOnce() throws Exception {
        var link = invite(mara, Role.MEMBER).link();
        var joined = new ArrayList<Join>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = new ArrayList<Callable<Join>>();
            for (int number = 0; number < 6; number++) {
                var person = new NewPerson("Eva " + number, "eva" + number + "@acme.example", Club.PASSWORD);
                tasks.add(() -> club.invitations.join(link, person, Club.VISIT));
            }
            for (var task : threads.invokeAll(tasks)) joined.add(task.get());
        }
        assertThat(joined).filteredOn(Join.Done.class::isInstance).hasSize(1);
        assertThat(joined).filteredOn(Join.Gone.class::isInstance).hasSize(5);
        assertThat(club.members.list(mara.team())).hasSize(2);
        assertThat(club.invitations.list(mara.team())).isEmpty();
    }

    @Test
    void itEndsAfterSevenDays() {
        var link = invite(mara, Role.MEMBER).link();
        club.clock.advance(Duration.ofDays(7));
        assertThat(club.invitations.find(link)).isEmpty();
        assertThat(club.invitations.list(mara.team())).isEmpty();
        assertThat(club.invitations.join(link, EVA, Club.VISIT)).isEqualTo(new Join.Gone());
    }

    @Test
    void itCanBeRevoked() {
        var made = invite(mara, Role.MEMBER);
        assertThat(club.invitations.revoke(mara, made.invitation().id(), Club.VISIT))
                .isTrue();
        assertThat(club.invitations.revoke(mara, made.invitation().id(), Club.VISIT))
                .isFalse();
        assertThat(club.invitations.join(made.link(), EVA, Club.VISIT)).isEqualTo(new Join.Gone());
    }

    @Test
    void nobodyInvitesToMoreThanTheyAre() {
        var admin = club.join(mara, "Jonas", Role.ADMIN).session().caller();
        var member = club.join(mara, "Priya", Role.MEMBER).session().caller();
        assertThat(club.invitations.create(admin, Role.OWNER, Club.VISIT))
                .isEqualTo(new Invite.RoleTooWeak(Role.OWNER));
        assertThat(club.invitations.create(admin, Role.ADMIN, Club.VISIT)).isInstanceOf(Invite.Made.class);
        assertThat(club.invitations.create(member, Role.VIEWER, Club.VISIT))
                .isEqualTo(new Invite.RoleTooWeak(Role.ADMIN));
        var ofOwner = invite(mara, Role.OWNER);
        assertThat(club.invitations.revoke(admin, ofOwner.invitation().id(), Club.VISIT))
                .isFalse();
    }

    @Test
    void itEndsWhenWhoMadeItCouldNotMakeItAnyLonger() {
        var jonas = club.join(mara, "Jonas", Role.ADMIN).session();
        var link = invite(jonas.caller(), Role.MEMBER).link();
        club.members.changeRole(mara, jonas.person().id(), Role.MEMBER, Club.VISIT);
        assertThat(club.invitations.join(link, EVA, Club.VISIT)).isEqualTo(new Join.Gone());
    }

    @Test
    void aFlawLeavesTheLinkGood() {
        var link = invite(mara, Role.MEMBER).link();
        assertThat(field(club.invitations.join(
                        link, new NewPerson("mara lindqvist", "x@y.example", Club.PASSWORD), Club.VISIT)))
                .isEqualTo("name");
        assertThat(field(club.invitations.join(
                        link, new NewPerson("Eva", "eva@acme.example", new Secret("short")), Club.VISIT)))
                .isEqualTo("password");
        assertThat(club.invitations.join(link, EVA, Club.VISIT)).isInstanceOf(Join.Done.class);
    }

    @Test
    void noAddressIsTakenOverByALink() {
        var link = invite(mara, Role.OWNER).link();
        var thief = new NewPerson("Thief", Club.EMAIL, new Secret("a guess of the password"));
        for (int guess = 0; guess < 5; guess++) {
            assertThat(field(club.invitations.join(link, thief, Club.VISIT))).isEqualTo("email");
        }
        assertThat(club.signIn(Club.EMAIL, Club.PASSWORD.reveal())).isInstanceOf(SignIn.Wait.class);
        assertThat(club.members.list(mara.team())).hasSize(1);
    }

    @Test
    void whoIsInAlreadyIsTold() {
        var link = invite(mara, Role.VIEWER).link();
        var again = new NewPerson("Mara", Club.EMAIL, Club.PASSWORD);
        assertThat(field(club.invitations.join(link, again, Club.VISIT))).isEqualTo("email");
        assertThat(club.now(owner).caller().role()).isEqualTo(Role.OWNER);
    }

    @Test
    void whoWasRemovedComesBackUnderTheirName() {
        var link = invite(mara, Role.MEMBER).link();
        var first = ((Join.Done) club.invitations.join(link, EVA, Club.VISIT))
                .session()
                .session();
        club.members.remove(mara, first.person().id(), Club.VISIT);
        var second = invite(mara, Role.VIEWER).link();
        var again = new NewPerson("Somebody Else", "eva@acme.example", Club.PASSWORD);
        assertThat(club.invitations.join(second, again, Club.VISIT))
                .isInstanceOfSatisfying(
                        Join.Done.class,
                        done -> assertThat(club.now(done.session()).person()).isEqualTo(first.person()));
    }

    private Invite.Made invite(Caller by, Role role) {
        return (Invite.Made) club.invitations.create(by, role, Club.VISIT);
    }

    private static String field(Join join) {
        return ((Join.Flawed) join).flaw().field();
    }
}
