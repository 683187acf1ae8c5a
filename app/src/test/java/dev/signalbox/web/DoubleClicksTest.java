package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.accounts.Role;
import dev.signalbox.accounts.Scope;
import dev.signalbox.projects.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A form that is sent twice within moments is done once, and both are told how that ended. */
class DoubleClicksTest {
    private static final Pattern MARK = Pattern.compile("name=\"_once\" value=\"([0-9a-f]+)\"");

    @TempDir
    Path directory;

    private World world;
    private Browsing owner;

    @BeforeEach
    void start() {
        world = new World(directory).start();
        owner = world.signIn(Role.OWNER);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void tokensAndInvitationsAreMadeOnce() {
        var token = token("deploys", mark("/tokens"));
        var first = owner.send("/tokens", token);
        assertThat(first.body()).contains("signalbox_");
        assertThat(made(owner.send("/tokens", token))).isEqualTo(made(first));
        assertThat(world.accounts.tokens(world.team)).hasSize(1);

        var invitation = Map.of("role", "member", "_once", mark("/team"));
        for (int i = 0; i < 2; i++)
            assertThat(owner.send("/team/invitations", invitation).body()).contains("/join/");
        assertThat(world.invitations.list(world.team)).hasSize(1);
    }

    @Test
    void aDeploymentIsAskedForOnceHoweverManyClicksComeAtOnce() throws Exception {
        var workload = served();
        var path = Paths.workload(workload);
        var form = Map.of("deployment", "", "_once", mark(path));
        Callable<Http.Reply> click = () -> owner.send(path + "/deployments/redeploy", form);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var reply :
                    threads.invokeAll(Stream.generate(() -> click).limit(8).toList())) {
                assertThat(reply.get().header("Location")).hasValue(path + "/deployments/2");
            }
        }
        assertThat(world.deploys.recent(workload.service(), 10)).hasSize(2);
    }

    @Test
    void whatWasDeletedByTheFirstClickIsNotMissedByTheSecond() {
        world.project(world.team, "shop");
        var form = Map.of("confirm", "shop", "_once", mark("/projects/shop/delete"));
        for (int i = 0; i < 2; i++)
            assertThat(owner.send("/projects/shop/delete", form).status()).isEqualTo(303);
    }

    @Test
    void whoGoesBackAndMeansItHasItDone() {
        var mark = mark("/tokens");
        owner.send("/tokens", token("one", mark));
        owner.send("/tokens", token("two", mark));
        world.clock.advance(Duration.ofSeconds(11));
        owner.send("/tokens", token("two", mark));
        world.signIn(Role.OWNER).send("/tokens", token("two", mark));
        assertThat(world.accounts.tokens(world.team).stream()
                        .map(token -> token.name())
                        .collect(Collectors.groupingBy(name -> name, Collectors.counting())))
                .isEqualTo(Map.of("one", 1L, "two", 3L));
    }

    @Test
    void everyPageHasAnotherMark() {
        assertThat(mark("/tokens")).isNotEqualTo(mark("/tokens"));
    }

    private Workload served() {
        var project = world.project(world.team, "shop");
        var workload = world.workload(project, world.service(project, "web"));
        world.history(workload).live(1, "Begin", Duration.ofHours(1));
        return workload;
    }

    private String mark(String path) {
        return found(MARK, owner.get(path).body());
    }

    private static String made(Http.Reply reply) {
        return found(Pattern.compile("(signalbox_\\w+)"), reply.body());
    }

    private static String found(Pattern pattern, String body) {
        var found = pattern.matcher(body);
        assertThat(found.find()).as(body).isTrue();
        return found.group(1);
    }

    private static Map<String, String> token(String name, String mark) {
        var fields = new HashMap<String, String>();
        fields.put("name", name);
        fields.put("role", "member");
        fields.put("scopes", Scope.DEPLOY_READ.word());
        fields.put("life", "90");
        fields.put("_once", mark);
        return fields;
    }
}
