package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.accounts.Role;
import dev.signalbox.accounts.Scope;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens are made for no more than their maker may, are shown once, and end at once. */
class TokensApiTest {
    private static final String PATH = "/api/v1/tokens";

    @TempDir
    Path directory;

    private World world;
    private String owner;

    @BeforeEach
    void start() {
        world = new World(directory).start();
        owner = world.owner();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void aTokenIsShownOnceAndWorksUntilItIsRevoked() {
        var made = create(owner, "{\"name\":\"ci\",\"scopes\":[\"projects:read\",\"deploy:write\"]}");
        assertThat(made.status()).isEqualTo(201);
        var token = made.json().path("token").asText();
        assertThat(token).matches("signalbox_[0-9a-z]{12}_[0-9a-z]{40}");
        var own = world.http().get("/api/v1/whoami").as(token).send().json();
        assertThat(own.path("role").asText()).isEqualTo("member");
        assertThat(own.path("scopes").toString()).isEqualTo("[\"projects:read\",\"deploy:write\"]");
        assertThat(world.http().get(PATH).as(owner).send().body()).doesNotContain(token);

        var address = made.json().path("self").asText();
        assertThat(world.http().ask("DELETE", address).as(owner).send().status())
                .isEqualTo(200);
        assertThat(world.http().get("/api/v1/whoami").as(token).send().status()).isEqualTo(401);
        var again = world.http().ask("DELETE", address).as(owner).send();
        assertThat(again.code()).isEqualTo("token_revoked");
    }

    @Test
    void aTokenEndsByItselfWhenItIsToldTo() {
        var made = create(
                owner, "{\"name\":\"ci\",\"scopes\":[\"projects:read\"],\"expires_at\":\"2026-11-19T15:00:00Z\"}");
        var token = made.json().path("token").asText();
        assertThat(world.http().get("/api/v1/projects").as(token).send().status())
                .isEqualTo(200);
        world.clock.advance(Duration.ofMinutes(28));
        assertThat(world.http().get("/api/v1/projects").as(token).send().status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\":\" \",\"scopes\":[\"logs:read\"]} | 422 | name_invalid | name",
                "{\"name\":\"a\\u0007b\",\"scopes\":[\"logs:read\"]} | 422 | control_character | name",
                "{\"name\":\"ci\",\"scopes\":[]} | 422 | required | scopes",
                "{\"name\":\"ci\"} | 422 | required | scopes",
                "{\"name\":\"ci\",\"scopes\":[\"all\"]} | 422 | scope_invalid | scopes[0]",
                "{\"name\":\"ci\",\"scopes\":[null]} | 422 | type_invalid | scopes",
                "{\"name\":\"ci\",\"scopes\":[\"logs:read\"],\"role\":\"root\"} | 422 | role_invalid | role",
                "{\"name\":\"ci\",\"scopes\":[\"logs:read\"],\"service\":\"web\"} | 422 | service_invalid | service",
                "{\"name\":\"ci\",\"scopes\":[\"logs:read\"],\"service\":\"a/b\"} | 404 | not_found | service",
                "{\"name\":\"ci\",\"scopes\":[\"logs:read\"],\"service\":\"foreign/web\"} | 404 | not_found | service",
                "{\"name\":\"ci\",\"scopes\":[\"logs:read\"],\"expires_at\":\"yesterday\"} | 422 | time_invalid | expires_at",
                "{\"name\":\"ci\",\"scopes\":[\"logs:read\"],\"expires_at\":\"2020-01-01T00:00:00Z\"} | 422 | time_invalid | expires_at",
                "{\"name\":\"ci\",\"scopes\":[\"logs:read\"],\"team_id\":\"team_x\"} | 422 | unknown_field | team_id"
            })
    void whatIsWrongIsNamed(String body, int status, String code, String field) {
        world.service(world.project(world.otherTeam, "foreign"), "web");
        var before = world.accounts.tokens(world.team).size();
        var refused = create(owner, body);
        assertThat(refused.status()).as(refused.toString()).isEqualTo(status);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.field()).isEqualTo(field);
        assertThat(world.accounts.tokens(world.team)).hasSize(before);
    }

    @Test
    void nobodyMakesATokenThatMayMoreThanTheirs() {
        var admin = world.token(world.team, Role.ADMIN, EnumSet.of(Scope.TOKENS_WRITE, Scope.LOGS_READ));
        assertThat(create(admin, "{\"name\":\"x\",\"role\":\"owner\",\"scopes\":[\"logs:read\"]}")
                        .code())
                .isEqualTo("role_too_weak");
        assertThat(create(admin, "{\"name\":\"x\",\"scopes\":[\"deploy:write\"]}")
                        .code())
                .isEqualTo("scope_missing");
        assertThat(create(admin, "{\"name\":\"x\",\"role\":\"admin\",\"scopes\":[\"logs:read\"]}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void aDeployTokenIsBoundToItsService() {
        world.service(world.project(world.team, "shop"), "web");
        var made = create(owner, "{\"name\":\"ci\",\"scopes\":[\"projects:read\"],\"service\":\"shop/web\"}");
        var token = made.json().path("token").asText();
        assertThat(world.http()
                        .get("/api/v1/projects/shop/services/web")
                        .as(token)
                        .send()
                        .status())
                .isEqualTo(200);
        assertThat(world.http().get("/api/v1/projects").as(token).send().code()).isEqualTo("token_bound");
    }

    private Http.Reply create(String as, String body) {
        return world.http().post(PATH).as(as).json(body).send();
    }
}
