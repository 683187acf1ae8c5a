package dev.signalbox.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.accounts.Accounts.TokenRequest;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MembersTest {
    @TempDir
    Path directory;

    private Club club;
    private NewSession owner;
    private NewSession admin;
    private NewSession member;

    @BeforeEach
    void open() {
        club = new Club(directory);
        owner = club.setUp();
        admin = club.join(owner.session().caller(), "Jonas", Role.ADMIN);
        member = club.join(admin.session().caller(), "Priya", Role.MEMBER);
    }

    @AfterEach
    void close() {
        club.close();
    }

    @Test
    void theListHasEverybodyWithTheirRole() {
        assertThat(club.members.list(owner.session().caller().team()))
                .extracting(one -> one.person().name() + " " + one.role().word())
                .containsExactlyInAnyOrder("Mara Lindqvist owner", "Jonas admin", "Priya member");
    }

    @Test
    void aRoleHoldsFromTheNextRequestOn() {
        change(owner, member, Role.VIEWER);
        assertThat(club.now(member).caller().role()).isEqualTo(Role.VIEWER);
        assertThat(club.now(member).caller().may(Permission.DEPLOY)).isFalse();
    }

    /** Twice: the second answer is the first. */
    @ParameterizedTest
    @CsvSource({
        "admin, member, OWNER, OWNER",
        "admin, admin, OWNER, OWNER",
        "admin, owner, ADMIN, OWNER",
        "member, member, ADMIN, ADMIN",
        "member, member, OWNER, OWNER",
        "member, admin, VIEWER, ADMIN",
        "member, owner, VIEWER, OWNER"
    })
    void nobodyGivesOrTakesMoreThanTheyHave(String by, String whom, Role role, Role needed) {
        var before = who(whom).session().caller().role();
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThat(change(who(by), who(whom), role)).isEqualTo(new Change.RoleTooWeak(needed));
            assertThat(club.now(who(whom)).caller().role()).isEqualTo(before);
        }
    }

    @Test
    void theLastOwnerStays() {
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThat(change(owner, owner, Role.ADMIN)).isEqualTo(new Change.LastOwner());
            assertThat(remove(owner, owner)).isEqualTo(new Change.LastOwner());
        }
        change(owner, admin, Role.OWNER);
        assertThat(change(owner, owner, Role.ADMIN)).isEqualTo(new Change.Done());
    }

    /** The request came while they were owner; when it is their turn they are not any more. */
    @Test
    void whoWasMadeLessMeanwhileMayLess() {
        change(owner, admin, Role.OWNER);
        var stale = club.now(admin).caller();
        change(owner, admin, Role.MEMBER);
        assertThat(club.members.changeRole(stale, admin.session().person().id(), Role.OWNER, Club.VISIT))
                .isEqualTo(new Change.RoleTooWeak(Role.OWNER));
    }

    @Test
    void whoIsRemovedIsOutAtOnceWithEverything() {
        var token = club.accounts.createToken(
                admin.session().caller().team(),
                request(Role.ADMIN, admin.session().person().id()));
        var link = ((Invite.Made) club.invitations.create(admin.session().caller(), Role.MEMBER, Club.VISIT)).link();
        assertThat(club.accounts.authenticate(token.text())).isPresent();
        assertThat(remove(owner, admin)).isEqualTo(new Change.Done());
        assertThat(club.sessions.find(admin.cookie())).isEmpty();
        assertThat(club.accounts.authenticate(token.text())).isEmpty();
        assertThat(club.invitations.find(link)).isEmpty();
        assertThat(club.accounts.tokens(owner.session().caller().team()))
                .allSatisfy(line -> assertThat(line.revokedAt()).isNotNull());
        assertThat(AuditKit.recent(club.audit, owner.session().caller().team(), 1))
                .extracting(line -> line.actor() + " " + line.action() + " " + line.object() + " " + line.detail())
                .containsExactly("Mara Lindqvist members.remove Jonas ended: sessions 1, tokens 1, invitations 1");
    }

    @Test
    void aPersonsTokenMayNoMoreThanThePerson() {
        var token = club.accounts.createToken(
                admin.session().caller().team(),
                request(Role.ADMIN, admin.session().person().id()));
        change(owner, admin, Role.VIEWER);
        assertThat(club.accounts.authenticate(token.text()).orElseThrow().role())
                .isEqualTo(Role.VIEWER);
        change(owner, admin, Role.OWNER);
        assertThat(club.accounts.authenticate(token.text()).orElseThrow().role())
                .isEqualTo(Role.ADMIN);
    }

    @Test
    void everybodyMayLeave() {
        assertThat(remove(member, member)).isEqualTo(new Change.Done());
        assertThat(club.sessions.find(member.cookie())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"admin, owner, OWNER", "member, admin, ADMIN"})
    void nobodyRemovesWhoIsAboveThem(String by, String whom, Role needed) {
        assertThat(remove(who(by), who(whom))).isEqualTo(new Change.RoleTooWeak(needed));
        assertThat(club.sessions.find(who(whom).cookie())).isPresent();
    }

    @Test
    void anotherTeamsPeopleAreNobody() {
        var stranger = club.accounts.createToken(club.accounts.createTeam("other"), request(Role.OWNER, null));
        var caller = club.accounts.authenticate(stranger.text()).orElseThrow();
        var id = member.session().person().id();
        assertThat(club.members.changeRole(caller, id, Role.OWNER, Club.VISIT)).isEqualTo(new Change.NoSuchMember());
        assertThat(club.members.remove(caller, id, Club.VISIT)).isEqualTo(new Change.NoSuchMember());
        assertThat(club.members.remove(owner.session().caller(), "per_nobody", Club.VISIT))
                .isEqualTo(new Change.NoSuchMember());
    }

    private static TokenRequest request(Role role, String personId) {
        return new TokenRequest("ci", role, Set.copyOf(EnumSet.allOf(Scope.class)), null, null, personId);
    }

    private NewSession who(String word) {
        return switch (word) {
            case "owner" -> owner;
            case "admin" -> admin;
            default -> member;
        };
    }

    private Change change(NewSession by, NewSession whom, Role role) {
        return club.members.changeRole(
                club.now(by).caller(), whom.session().person().id(), role, Club.VISIT);
    }

    private Change remove(NewSession by, NewSession whom) {
        return club.members.remove(
                club.now(by).caller(), whom.session().person().id(), Club.VISIT);
    }
}
