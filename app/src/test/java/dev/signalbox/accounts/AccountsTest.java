package dev.signalbox.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.accounts.Accounts.TokenRequest;
import dev.signalbox.db.Db;
import dev.signalbox.db.Ids;
import dev.signalbox.secrets.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountsTest {
    private static final Instant NOW = Instant.parse("2026-11-19T14:32:05Z");

    @TempDir
    Path directory;

    private Db db;
    private Accounts accounts;
    private TeamScope team;

    @BeforeEach
    void open() {
        db = Db.open(directory.resolve("signalbox.db"));
        accounts = accountsAt(NOW);
        team = accounts.firstTeam();
    }

    @AfterEach
    void close() {
        db.close();
    }

    @Test
    void theFirstTeamIsMadeOnce() {
        assertThat(accounts.firstTeam().teamId()).isEqualTo(team.teamId());
    }

    @Test
    void aTokenSpeaksForItsTeamWithItsRoleAndScopes() {
        var token = accounts.createToken(team, request(null, Set.of(Scope.DEPLOY_WRITE)));
        var caller = accounts.authenticate(token.text()).orElseThrow();
        assertThat(caller.team().teamId()).isEqualTo(team.teamId());
        assertThat(caller.decide(Permission.DEPLOY)).isInstanceOf(Caller.Decision.Allowed.class);
        assertThat(caller.decide(Permission.READ_LOGS)).isEqualTo(new Caller.Decision.ScopeMissing(Scope.LOGS_READ));
        assertThat(caller.decide(Permission.DELETE_PROJECTS)).isEqualTo(new Caller.Decision.RoleTooWeak(Role.ADMIN));
    }

    @Test
    void theTextOfATokenIsNotKept() throws Exception {
        var token = accounts.createToken(team, request(null, Set.of(Scope.DEPLOY_WRITE)));
        var text = token.text().reveal();
        assertThat(text).matches("signalbox_[0-9a-z]{12}_[0-9a-z]{40}");
        db.close();
        try (var files = Files.list(directory)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1))
                        .doesNotContain(text.substring(23));
            }
        }
        db = Db.open(directory.resolve("signalbox.db"));
    }

    @Test
    void aTokenThatIsWrongInItsLastCharacterIsNobodys() {
        var text = accounts.createToken(team, request(null, Set.of())).text().reveal();
        var wrong = text.substring(0, text.length() - 1) + (text.endsWith("a") ? "b" : "a");
        assertThat(accounts.authenticate(new Secret(wrong))).isEmpty();
        assertThat(accounts.authenticate(new Secret("eyJhbGciOiJub25lIn0.e30.")))
                .isEmpty();
        assertThat(accounts.authenticate(new Secret(""))).isEmpty();
    }

    @Test
    void aTokenEndsWhenItExpires() {
        var token = accounts.createToken(team, request(NOW.plusSeconds(60), Set.of()));
        assertThat(accountsAt(NOW.plusSeconds(59)).authenticate(token.text())).isPresent();
        assertThat(accountsAt(NOW.plusSeconds(60)).authenticate(token.text())).isEmpty();
    }

    @Test
    void aTokenEndsWhenItIsRevokedButOnlyByItsTeam() {
        var token = accounts.createToken(team, request(null, Set.of()));
        assertThat(accounts.revokeToken(accounts.createTeam("other"), token.id()))
                .isFalse();
        assertThat(accounts.authenticate(token.text())).isPresent();
        assertThat(accounts.revokeToken(team, token.id())).isTrue();
        assertThat(accounts.authenticate(token.text())).isEmpty();
        assertThat(accounts.revokeToken(team, token.id())).isFalse();
    }

    @Test
    void theLastUseIsNotedOnceAMinute() {
        var token = accounts.createToken(team, request(null, Set.of()));
        accounts.authenticate(token.text());
        accountsAt(NOW.plusSeconds(30)).authenticate(token.text());
        assertThat(accounts.tokens(team).getFirst().usedAt()).isEqualTo(NOW);
        accountsAt(NOW.plus(Duration.ofMinutes(2))).authenticate(token.text());
        assertThat(accounts.tokens(team).getFirst().usedAt()).isEqualTo(NOW.plusSeconds(120));
    }

    private static TokenRequest request(Instant expiresAt, Set<Scope> scopes) {
        return new TokenRequest("laptop", Role.MEMBER, scopes, null, expiresAt);
    }

    private Accounts accountsAt(Instant now) {
        return new Accounts(db, Clock.fixed(now, ZoneOffset.UTC), new Ids(new SecureRandom()));
    }
}
