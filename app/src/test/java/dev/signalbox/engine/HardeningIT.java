package dev.signalbox.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What containers of ours may do, as Docker says it and as they see it themselves. */
class HardeningIT {
    @RegisterExtension
    static final EngineExtension docker = new EngineExtension();

    private final Engine engine = docker.engine();
    private final Sandbox sandbox = new Sandbox(docker, engine);

    @Test
    void confinesContainersOfOurRecipes() {
        var container = docker.inspect(engine.createContainer(spec(Profile.RECIPE, Restart.AFTER_CRASH)));

        assertConfined(container);
        assertThat(texts(container.at("/HostConfig/CapAdd"))).isEmpty();
        assertThat(container.at("/Config/User").asText()).isEqualTo("1000:1000");
    }

    @Test
    void leavesForeignImagesTheCapabilitiesTheirEntryPointsNeed() {
        var container = docker.inspect(engine.createContainer(spec(Profile.FOREIGN, Restart.AFTER_CRASH)));

        assertConfined(container);
        assertThat(texts(container.at("/HostConfig/CapAdd")))
                .containsExactlyInAnyOrder(
                        "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "SETGID", "SETUID", "NET_BIND_SERVICE");
        assertThat(container.at("/Config/User").asText()).isEmpty();
    }

    private static void assertConfined(JsonNode container) {
        var host = container.path("HostConfig");
        assertThat(texts(host.path("CapDrop"))).containsExactly("ALL");
        assertThat(texts(host.path("SecurityOpt"))).containsExactly("no-new-privileges");
        assertThat(host.path("Privileged").asBoolean()).isFalse();
        assertThat(host.path("Memory").asLong()).isEqualTo(256L << 20);
        assertThat(host.path("MemorySwap").asLong()).isEqualTo(256L << 20);
        assertThat(host.path("OomKillDisable").asBoolean()).isFalse();
        assertThat(host.path("PidsLimit").asLong()).isEqualTo(100);
        assertThat(host.path("NanoCpus").asLong()).isEqualTo(1_500_000_000L);
        assertThat(host.path("CpuShares").asLong()).isEqualTo(1024);
        assertThat(host.path("Init").asBoolean()).isTrue();
        assertThat(host.at("/RestartPolicy/Name").asText()).isEqualTo("on-failure");
        assertThat(host.at("/RestartPolicy/MaximumRetryCount").asInt()).isEqualTo(5);
        assertThat(host.at("/LogConfig/Type").asText()).isEqualTo("local");
        assertThat(host.at("/LogConfig/Config/max-size").asText()).isEqualTo("10m");
        assertThat(host.at("/LogConfig/Config/max-file").asText()).isEqualTo("3");
        assertThat(host.path("Ulimits").toString())
                .contains("\"nofile\"", "\"core\"")
                .contains("\"Hard\":" + OpenFiles.possible());
        assertThat(host.path("Binds")).isEmpty();
        assertThat(host.path("Mounts")).isEmpty();
        assertThat(host.path("Devices")).isEmpty();
        assertThat(host.path("PortBindings")).isEmpty();
        assertThat(List.of(
                        host.path("PidMode").asText(),
                        host.path("UTSMode").asText(),
                        host.path("UsernsMode").asText(),
                        host.path("CgroupParent").asText()))
                .containsOnly("");
        assertThat(host.path("NetworkMode").asText()).isEqualTo("none");
        assertThat(container.at("/Config/StopTimeout").asInt()).isEqualTo(20);
        assertThat(container.at("/Config/Env").toString()).contains("GREETING=hello = world");
        assertThat(container.at("/Config/Labels/process").asText()).isEqualTo("web");
        assertThat(container.at("/Config/Labels/dev.signalbox.instance").asText())
                .isEqualTo(docker.instance());
    }

    @Test
    void startsWhatRunsOnceNeverAgain() {
        var id = engine.createContainer(spec(Profile.RECIPE, Restart.NEVER));
        assertThat(docker.inspect(id).at("/HostConfig/RestartPolicy/Name").asText())
                .isIn("", "no");

        engine.restartPolicy(id, Restart.AFTER_CRASH);
        assertConfined(docker.inspect(id));
    }

    @Test
    void holdsInsideTheContainer() throws InterruptedException {
        var script = "id -u; grep -E 'CapEff|NoNewPrivs' /proc/self/status; ulimit -n; ulimit -c; ls /sys/class/net";

        var recipe = sandbox.output(Profile.RECIPE, script);
        var foreign = sandbox.output(Profile.FOREIGN, script);

        assertThat(recipe.lines())
                .containsExactly(
                        "1000",
                        "CapEff:\t0000000000000000",
                        "NoNewPrivs:\t1",
                        String.valueOf(OpenFiles.possible()),
                        "0",
                        "lo");
        assertThat(foreign.lines()).startsWith("0", "CapEff:\t00000000000004fb", "NoNewPrivs:\t1");
    }

    @Test
    void killsAContainerThatTakesTooMuchMemory() throws InterruptedException {
        var id = sandbox.start("exec perl -e '$x = \"x\" x 200_000_000; sleep 30'");
        sandbox.awaitEnd(id);

        assertThat(engine.findContainer(id.value())).hasValueSatisfying(container -> {
            assertThat(container.outOfMemory()).isTrue();
            assertThat(container.exitCode()).isEqualTo(137);
        });
    }

    @Test
    void givesTheProxyTheHostsNetworkAndItsDirectories(@TempDir Path directory) throws Exception {
        Files.createDirectories(directory.resolve("logs"));
        Files.writeString(directory.resolve("route.yml"), "a route\n");
        var id = engine.createSystemContainer(new SystemContainer(
                docker.name("proxy"),
                docker.image(EngineExtension.DEBIAN),
                0,
                List.of("/bin/sh", "-c", "cat /dynamic/route.yml; touch /dynamic/x; touch /logs/y && sleep 300"),
                Map.of("role", "proxy"),
                Map.of("/dynamic", directory, "/logs", directory.resolve("logs")),
                List.of("/logs")));
        engine.startContainer(id);

        Eventually.within(Duration.ofSeconds(10), "written log", () -> Files.exists(directory.resolve("logs/y")));
        assertThat(engine.tail(id, 10).stream().map(LogLine::text))
                .contains("a route")
                .anyMatch(line -> line.contains("/dynamic/x") && line.contains("Read-only file system"));
        var host = docker.inspect(id).path("HostConfig");
        assertThat(texts(host.path("CapDrop"))).containsExactly("ALL");
        assertThat(texts(host.path("CapAdd"))).containsExactly("NET_BIND_SERVICE");
        assertThat(texts(host.path("SecurityOpt"))).containsExactly("no-new-privileges");
        assertThat(host.path("ReadonlyRootfs").asBoolean()).isTrue();
        assertThat(host.path("NetworkMode").asText()).isEqualTo("host");
        assertThat(host.at("/RestartPolicy/Name").asText()).isEqualTo("always");
        assertThat(host.at("/LogConfig/Type").asText()).isEqualTo("local");
    }

    private ContainerSpec spec(Profile profile, Restart restart) {
        return new ContainerSpec(
                docker.name(profile + "-" + restart).toLowerCase(Locale.ROOT),
                docker.image(EngineExtension.DEBIAN),
                profile,
                null,
                Map.of("GREETING", "hello = world"),
                Map.of("process", "web"),
                null,
                List.of(),
                new Limits(256, 1500, 100, Duration.ofSeconds(20)),
                restart);
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asText).toList();
    }
}
