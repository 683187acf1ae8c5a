package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.accounts.Accounts.TokenRequest;
import dev.signalbox.accounts.AuditKit;
import dev.signalbox.accounts.Role;
import dev.signalbox.accounts.Scope;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of tokens: made with no more than one has, shown once, ended at once. */
class TokenPagesTest {
    private static final Pattern TOKEN = Pattern.compile("id=\"token\">(signalbox_[0-9a-z]{12}_[0-9a-z]{40})<");

    @TempDir
    Path directory;

    private World world;
    private Browsing owner;
    private Browsing member;

    @BeforeEach
    void start() {
        world = new World(directory).start();
        owner = world.signIn(Role.OWNER);
        member = world.signIn(Role.MEMBER);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void aTokenIsMadeShownOnceAndWorks() {
        var made = owner.send("/tokens", form("ci <b>", "member", "30"));
        assertThat(made.status()).as(made.body()).isEqualTo(200);
        var text = TOKEN.matcher(made.body());
        assertThat(text.find()).as(made.body()).isTrue();
        assertThat(made.body()).contains("git credential approve", "shown only now", "ci &lt;b&gt;");
        assertThat(made.body().replace("It is shown", "")).doesNotContain("ci <b>");
        var list = owner.get("/tokens");
        assertThat(list.body())
                .contains(
                        "ci &lt;b&gt;",
                        "deploy:write",
                        "by " + owner.session().person().name())
                .doesNotContain(text.group(1), "${", "th:");
        var own = world.http().get("/api/v1/whoami").as(text.group(1)).send();
        assertThat(own.json().path("role").asText()).isEqualTo("member");
        assertThat(AuditKit.recent(world.audit, world.team, 1).getFirst())
                .satisfies(line -> assertThat(line.action()).isEqualTo("tokens.create"))
                .satisfies(line -> assertThat(line.detail())
                        .isEqualTo("ci <b>: member deploy:write")
                        .doesNotContain("signalbox_"));
        world.clock.advance(Duration.ofDays(30));
        assertThat(world.http().get("/api/v1/whoami").as(text.group(1)).send().status())
                .isEqualTo(401);
        assertThat(world.signIn(Role.OWNER).get("/tokens").body()).contains("Ended lately", "Expired");
    }

    @Test
    void whatIsWrongIsSaidAtItsField() {
        refused(form("", "member", "30"), "Say what the token is for", "name-e");
        refused(form("x".repeat(101), "member", "30"), "Say what the token is for", "name-e");
        refused(form("ci", "emperor", "30"), "Choose one of the roles", "role-e");
        refused(form("ci", "member", "31"), "Choose one of the times", "life-e");
        var without = form("my ci", "member", "7");
        without.remove("scopes");
        refused(without, "choose at least one of these", "scopes-e");
        without.put("scopes", "everything");
        assertThat(refused(without, "choose at least one of these", "scopes-e")).contains("value=\"my ci\"");
        var admin = world.signIn(Role.ADMIN);
        assertThat(admin.send("/tokens", form("ci", "owner", "30")).status()).isEqualTo(403);
        assertThat(world.accounts.tokens(world.team)).isEmpty();
        assertThat(AuditKit.recent(world.audit, world.team, 20))
                .noneMatch(line -> line.outcome().equals("done"));
    }

    private String refused(Map<String, String> form, String sentence, String id) {
        var reply = owner.send("/tokens", form);
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.body()).contains(sentence, "id=\"" + id + "\"");
        return reply.body();
    }

    @Test
    void whoMayNotManageThemSeesTheirOwn() {
        var own = token("my own", Role.MEMBER, member);
        var others = token("not mine", Role.VIEWER, owner);
        var page = member.get("/tokens");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body())
                .contains("my own", "Your tokens")
                .doesNotContain("not mine", "New token", "Tokens of the team");
        assertThat(member.send("/tokens", form("ci", "viewer", "30")).status()).isEqualTo(403);
        assertThat(revoke(member, others).status()).isEqualTo(303);
        assertThat(works(others)).isTrue();
        assertThat(revoke(member, own).status()).isEqualTo(303);
        assertThat(member.get("/tokens").body()).contains("No tokens", "Ended lately", "Revoked");
    }

    @Test
    void aTokenOfMoreThanOneIsIsNotOnesToEnd() {
        var admin = world.signIn(Role.ADMIN);
        var owners = token("of an owner", Role.OWNER, owner);
        assertThat(admin.get("/tokens").body()).contains("of an owner").doesNotContain(owners);
        assertThat(revoke(admin, owners).status()).isEqualTo(403);
        assertThat(revoke(owner, owners).status()).isEqualTo(303);
        assertThat(revoke(owner, owners).status()).as("twice is once").isEqualTo(303);
        var foreign = world.signIn(world.otherTeam, Role.OWNER);
        var ours = token("ours", Role.VIEWER, null);
        assertThat(revoke(foreign, ours).status()).isEqualTo(303);
        assertThat(works(ours)).isTrue();
        assertThat(foreign.get("/tokens").body()).doesNotContain("ours");
    }

    private static Http.Reply revoke(Browsing who, String id) {
        return who.send("/tokens/revoke", Map.of("token", id));
    }

    private boolean works(String id) {
        return world.accounts.tokens(world.team).stream()
                .anyMatch(token -> token.id().equals(id) && token.revokedAt() == null);
    }

    private String token(String name, Role role, @Nullable Browsing whose) {
        var person = whose == null ? null : whose.session().person().id();
        return world.accounts
                .createToken(world.team, new TokenRequest(name, role, Set.of(Scope.LOGS_READ), null, null, person))
                .id();
    }

    private static Map<String, String> form(String name, String role, String life) {
        return new HashMap<>(Map.of("name", name, "role", role, "life", life, "scopes", "deploy:write"));
    }
}
