package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.accounts.Role;
import dev.signalbox.projects.Project;
import dev.signalbox.projects.Service;
import dev.signalbox.secrets.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceSettingsPagesTest {
    private static final String SERVICES = "/projects/shop/environments/production/services/";
    private static final String PATH = SERVICES + "web";

    @TempDir
    Path directory;

    private World world;
    private Browsing owner;
    private Project project;
    private Service service;

    @BeforeEach
    void start() {
        world = new World(directory).start();
        owner = world.signIn(Role.OWNER);
        project = world.project(world.team, "shop");
        service = world.service(project, "web");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void thePageSaysWhereToPush() {
        var page = owner.get(PATH + "/settings");
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        assertThat(page.body())
                .contains("/git/shop/web.git", "git remote set-url signalbox http://", "Delete the service", "Rename")
                .doesNotContain("th:", "${");
        assertThat(world.signIn(Role.VIEWER).get(PATH + "/settings").body())
                .contains("/git/shop/web.git")
                .doesNotContain("Rename", "Delete the service");
    }

    @Test
    void aServiceGetsAnotherNameUnlessThatIsWrongOrTaken() {
        world.service(project, "worker");
        for (var bad : new String[] {"worker", "web", "Web Shop", "", "<b>"}) {
            var reply = rename(bad);
            assertThat(reply.status()).isEqualTo(422);
            assertThat(reply.body()).contains("id=\"service-e\"").doesNotContain("value=\"<b>");
        }
        assertThat(world.projects.findService(project, "web")).isPresent();
        var done = rename("store");
        assertThat(done.status()).as(done.body()).isEqualTo(303);
        assertThat(done.header("Location")).hasValue(SERVICES + "store/settings#remote");
        assertThat(owner.get(SERVICES + "store/settings").body()).contains("/git/shop/store.git");
        assertThat(rename("other").status()).isEqualTo(404);
    }

    @Test
    void aServiceThatMustNotRunTwiceIsSetSo() {
        assertThat(owner.get(PATH + "/settings").body()).contains("name=\"overlap\"", "checked=\"checked\"");
        var off = owner.send(PATH + "/settings/overlap", Map.of());
        assertThat(off.status()).as(off.body()).isEqualTo(303);
        assertThat(world.projects.findService(project, "web").orElseThrow().overlap())
                .isFalse();
        assertThat(owner.get(PATH + "/settings").body())
                .contains("name=\"overlap\"")
                .doesNotContain("checked=\"checked\"");
        assertThat(world.signIn(Role.VIEWER).get(PATH + "/settings").body())
                .contains("The old release stops before the new one starts; requests wait meanwhile.")
                .doesNotContain("name=\"overlap\"");
        assertThat(world.signIn(Role.VIEWER)
                        .send(PATH + "/settings/overlap", Map.of("overlap", "allowed"))
                        .status())
                .isEqualTo(403);
        assertThat(owner.send(PATH + "/settings/overlap", Map.of("overlap", "allowed"))
                        .status())
                .isEqualTo(303);
        assertThat(world.projects.findService(project, "web").orElseThrow().overlap())
                .isTrue();
    }

    private Http.Reply rename(String name) {
        return owner.send(PATH + "/settings/rename", Map.of("name", name));
    }

    @Test
    void aServiceWithoutAnythingIsDeletedAtOnce() {
        var ask = owner.get(PATH + "/delete");
        assertThat(ask.body()).contains("Delete the service web?", "Keep it").doesNotContain("Type <code>");
        assertThat(owner.send(PATH + "/delete", Map.of()).status()).isEqualTo(303);
        assertThat(world.projects.services(project)).isEmpty();
        assertThat(owner.send(PATH + "/delete", Map.of()).status()).isEqualTo(404);
    }

    @Test
    void oneWithVariablesIsDeletedWhenItsNameWasTyped() {
        world.variables.replace(world.workload(project, service), Map.of("A", new Secret("x")));
        assertThat(owner.get(PATH + "/delete").body()).contains("1 variable", "Type <code>web</code>");
        var refused = owner.send(PATH + "/delete", Map.of("confirm", "<i>"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("Nothing was deleted. Type web", "&lt;i&gt;");
        assertThat(world.signIn(Role.MEMBER)
                        .send(PATH + "/delete", Map.of("confirm", "web"))
                        .status())
                .isEqualTo(403);
        assertThat(world.projects.services(project)).hasSize(1);
        world.clock.advance(Duration.ofMinutes(16));
        assertThat(owner.send(PATH + "/delete", Map.of("confirm", "web")).body())
                .contains("Your password, please");
        assertThat(world.projects.services(project)).hasSize(1);
        assertThat(world.signIn(Role.ADMIN)
                        .send(PATH + "/delete", Map.of("confirm", "web"))
                        .status())
                .isEqualTo(303);
        assertThat(world.projects.services(project)).isEmpty();
    }

    @Test
    void theKeysAreShownAndTurnedOff() {
        var page = owner.get("/keys");
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        assertThat(page.body()).contains("<kbd>g</kbd><kbd>d</kbd>", "Turn them off", "data-keys=\"on\"");
        var off = owner.send("/keys", Map.of("keys", "off"));
        assertThat(off.status()).isEqualTo(303);
        assertThat(off.header("Set-Cookie").orElseThrow()).contains("signalbox-keys=off");
    }

    @Test
    void nothingIsFoundOnAPageThatRepeatsTheAddressAsText() {
        var page = owner.get("/projects/%3Cscript%3Ealert(1)/x");
        assertThat(page.status()).isEqualTo(404);
        assertThat(page.body())
                .contains("<h1>Nothing at this address</h1>", "script")
                .doesNotContain("<script>alert", "req_");
    }
}
