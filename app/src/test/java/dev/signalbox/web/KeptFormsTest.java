package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.accounts.AuditKit;
import dev.signalbox.accounts.PeopleKit;
import dev.signalbox.accounts.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was typed when the session ended, or before the password was asked again. */
class KeptFormsTest {
    private static final String WRONG = "not the password at all";

    @TempDir
    Path directory;

    private World world;
    private Browsing owner;
    private Visitor visitor;

    @BeforeEach
    void start() {
        world = new World(directory).start();
        owner = world.signIn(Role.OWNER);
        visitor = Visitor.of(world);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void whatWasTypedOutlivesTheSession() {
        world.clock.advance(Duration.ofHours(13));
        var asked = owner.send("/account/name", Map.of("name", "Mara <b>Lindqvist</b>"));
        assertThat(asked.status()).isEqualTo(401);
        assertThat(asked.body())
                .contains(
                        "Your session has ended. What you typed is kept",
                        "name=\"kept_action\" value=\"/account/name\"",
                        "name=\"kept.name\" value=\"Mara &lt;b&gt;Lindqvist&lt;/b&gt;\"");
        var fields = new HashMap<>(form(PeopleKit.PASSWORD));
        fields.put("kept_action", "/account/name");
        fields.put("kept.name", "Mara <b>Lindqvist</b>");
        var wrong = new HashMap<>(fields);
        wrong.put("password", WRONG);
        assertThat(visitor.send("/sign-in", wrong).body()).contains("name=\"kept.name\"");
        var resumed = visitor.send("/sign-in", fields);
        assertThat(resumed.status()).isEqualTo(200);
        assertThat(resumed.body())
                .contains(
                        "Nothing has been changed yet",
                        "action=\"/account/name\"",
                        "Mara &lt;b&gt;Lindqvist&lt;/b&gt;",
                        "name=\"_csrf\"");
        assertThat(AuditKit.recent(world.audit, world.team, 20))
                .noneMatch(line -> line.action().equals("people.rename"));
    }

    @Test
    void whatIsSecretInAKeptFormIsNotShown() {
        var fields = new HashMap<>(form(PeopleKit.PASSWORD));
        fields.put("kept_action", "/projects/shop/environments/production/services/web/variables/set");
        fields.put("kept.value", "the-first-secret");
        fields.put("kept.password", "the-second-secret");
        var resumed = visitor.send("/sign-in", fields);
        assertThat(resumed.body())
                .contains("••••••••", "name=\"value\" value=\"the-first-secret\"")
                .doesNotContain(">the-first-secret<", "the-second-secret");
    }

    @Test
    void whatIsKeptIsNeverSentElsewhere() {
        for (var action : new String[] {"https://evil.example/x", "//evil.example", "/\\evil.example"}) {
            var fields = new HashMap<>(form(PeopleKit.PASSWORD));
            fields.put("kept_action", action);
            fields.put("kept.name", "secret");
            var reply = visitor.send("/sign-in", fields);
            assertThat(reply.status()).isEqualTo(303);
            assertThat(reply.body()).doesNotContain("evil.example");
        }
    }

    @Test
    void anotherSitesFormIsRefusedAndNotKept() {
        world.clock.advance(Duration.ofHours(13));
        for (var header : Map.of("Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example")
                .entrySet()) {
            var refused = owner.form("/account/name", Map.of("name", "planted"))
                    .with(header.getKey(), header.getValue())
                    .send();
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.body()).doesNotContain("planted");
        }
    }

    @Test
    void whatIsDangerousAsksForThePasswordAgain() {
        world.clock.advance(Duration.ofMinutes(16));
        var asked = owner.send("/team/invitations", Map.of("role", "viewer"));
        assertThat(asked.status()).isEqualTo(403);
        assertThat(asked.body())
                .contains("Your password, please", "name=\"kept_action\" value=\"/team/invitations\"", "kept.role");
        assertThat(world.invitations.list(world.team)).isEmpty();
        var wrong = confirm(WRONG);
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.body()).contains("That is not your password.", "kept.role");
        var right = confirm(PeopleKit.PASSWORD);
        assertThat(right.status()).isEqualTo(200);
        assertThat(right.body()).contains("Nothing has been changed yet", "action=\"/team/invitations\"");
        assertThat(world.invitations.list(world.team)).isEmpty();
        assertThat(owner.get("/team").status()).as("the cookie from before").isEqualTo(303);
        assertThat(visitor.with(Visitor.cookieOf(right)).get("/team").status()).isEqualTo(200);
    }

    private Http.Reply confirm(String password) {
        return owner.send(
                "/confirm", Map.of("password", password, "kept_action", "/team/invitations", "kept.role", "viewer"));
    }

    private String email() {
        return owner.session().person().email();
    }

    private Map<String, String> form(String password) {
        return Map.of("email", email(), "password", password);
    }
}
