package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.accounts.Accounts.TokenRequest;
import dev.signalbox.accounts.AuditKit;
import dev.signalbox.accounts.Role;
import dev.signalbox.accounts.Scope;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A token can neither make one that may more or lasts longer, nor end one that may more; and refusals are written down. */
class TokensTest {
    private static final String TOKENS = "/api/v1/tokens";

    @TempDir
    Path directory;

    private World world;

    @BeforeEach
    void start() {
        world = new World(directory).start();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void aTokenOutlivesNotTheOneThatMadeIt() {
        var end = world.clock.instant().plus(Duration.ofDays(1));
        var maker =
                world.token(world.team, new TokenRequest("maker", Role.ADMIN, EnumSet.allOf(Scope.class), null, end));
        var later = create(maker, end.plusSeconds(1));
        assertThat(later.status()).isEqualTo(403);
        assertThat(later.code()).isEqualTo("expiry_too_late");
        assertThat(later.field()).isEqualTo("expires_at");
        assertThat(create(maker, end).status()).isEqualTo(201);
        var unsaid = world.http()
                .post(TOKENS)
                .as(maker)
                .json("{\"name\":\"unsaid\",\"role\":\"viewer\",\"scopes\":[\"logs:read\"]}")
                .send();
        assertThat(unsaid.status()).isEqualTo(201);
        assertThat(world.accounts.tokens(world.team).stream()
                        .filter(token -> token.name().equals("unsaid"))
                        .findFirst()
                        .orElseThrow()
                        .expiresAt())
                .isEqualTo(end);
    }

    private Http.Reply create(String maker, Instant end) {
        return world.http()
                .post(TOKENS)
                .as(maker)
                .json("{\"name\":\"made\",\"role\":\"viewer\",\"scopes\":[\"logs:read\"],\"expires_at\":\"" + end
                        + "\"}")
                .send();
    }

    @Test
    void onlyWhoMayAsMuchEndsAToken() {
        var scopes = Set.of(Scope.LOGS_READ);
        var owners = world.accounts
                .createToken(world.team, new TokenRequest("of an owner", Role.OWNER, scopes, null, null))
                .id();
        var admin = world.token(world.team, Role.ADMIN);
        var refused =
                world.http().ask("DELETE", TOKENS + "/" + owners).as(admin).send();
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("role_too_weak");
        assertThat(refused.body()).contains("This needs the role owner.");
        assertThat(world.http()
                        .ask("DELETE", TOKENS + "/" + owners)
                        .as(world.owner())
                        .send()
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theSameRefusalWithinAMinuteIsWrittenOnce() {
        var viewer = world.token(world.team, Role.VIEWER);
        for (int i = 0; i < 3; i++) world.http().get(TOKENS).as(viewer).send();
        assertThat(AuditKit.recent(world.audit, world.team, 10)).hasSize(1);
        world.clock.advance(Duration.ofMinutes(1));
        world.http().get(TOKENS).as(viewer).send();
        assertThat(AuditKit.recent(world.audit, world.team, 10)).hasSize(2);
    }

    @Test
    void aLongPathIsCutInTheAuditLog() {
        var project = world.project(world.team, "shop");
        var path = "/api/v1/projects/" + project.name() + "/services/" + "web";
        world.service(project, "web");
        var viewer = world.token(world.team, Role.VIEWER);
        var variable = "V".repeat(250);
        world.http()
                .post(path + "/environments/production/variables/" + variable + "/reveal")
                .as(viewer)
                .send();
        assertThat(AuditKit.recent(world.audit, world.team, 10))
                .singleElement()
                .satisfies(line ->
                        assertThat(line.object()).hasSize(200).startsWith(path).endsWith("…"));
    }
}
