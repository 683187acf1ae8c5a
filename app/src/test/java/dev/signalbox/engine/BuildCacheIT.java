package dev.signalbox.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.engine.BuildEvent.StepDone;
import dev.signalbox.engine.EngineException.Kind;
import java.net.NetworkInterface;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What builds keep, and how it is bounded. It is the whole engine's, and so the engine here is nobody else's. */
class BuildCacheIT {
    private static final int MB = 1_000_000;
    private static final int PIECE = 3 * MB;

    @TempDir
    static Path directory;

    private static PrivateDocker docker;

    private static List<NetworkInterface> interfaces;

    @BeforeAll
    static void start() throws Exception {
        interfaces = NetworkInterface.networkInterfaces().toList();
        docker = PrivateDocker.start(directory, 160);
    }

    /** A second daemon takes away what the first one made for its builds, unless it cannot see it. */
    @Test
    void theNetworksOfOtherDaemonsAreLeftAlone() throws Exception {
        assertThat(NetworkInterface.networkInterfaces()
                        .filter(now -> now.getName().equals("docker0"))
                        .count())
                .isEqualTo(interfaces.stream()
                        .filter(before -> before.getName().equals("docker0"))
                        .count());
    }

    @AfterAll
    static void stop() throws Exception {
        if (docker != null) docker.close();
    }

    @AfterEach
    void forget() {
        docker.engine()
                .listImages()
                .forEach(image -> docker.engine().removeImage(image.id().value()));
        docker.engine().trimBuildCache(1, Duration.ZERO);
    }

    @Test
    void whatWasUsedLastStays() throws Exception {
        for (int number = 1; number <= 6; number++) build(number);
        docker.engine()
                .listImages()
                .forEach(image -> docker.engine().removeImage(image.names().getFirst()));
        var before = docker.engine().storage().cacheSize();
        assertThat(before).isGreaterThan(6 * PIECE);

        assertThat(docker.engine().trimBuildCache(before + MB, Duration.ZERO)).isZero();
        var keep = 4 * PIECE;
        var freed = docker.engine().trimBuildCache(keep, Duration.ZERO);

        var after = docker.engine().storage().cacheSize();
        assertThat(after).isBetween((long) PIECE, (long) keep);
        assertThat(freed).isBetween(before - after - MB, before - after + MB);
        assertThat(build(6)).as("the last one is built from the cache").isTrue();
        assertThat(build(1)).as("the first one is not").isFalse();
    }

    @Test
    void whatWasUsedLatelyStaysHoweverMuchItIs() throws Exception {
        build(1);
        docker.engine()
                .listImages()
                .forEach(image -> docker.engine().removeImage(image.names().getFirst()));
        assertThat(docker.engine().trimBuildCache(1, Duration.ofHours(1))).isZero();
        assertThat(build(1)).isTrue();
    }

    @Test
    void itIsNeverEmptied() {
        assertThatThrownBy(() -> docker.engine().trimBuildCache(0, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void imagesAreToldWithWhatTheyShare() throws Exception {
        var common = text(100, PIECE);
        for (int number = 1; number <= 2; number++) {
            var dockerfile = "FROM scratch\nCOPY common /\nCOPY own /\n";
            var files = Map.of("Dockerfile", dockerfile, "common", common, "own", text(number, MB));
            docker.engine().build(request("shared-" + number), TarFiles.of(files), event -> {});
        }
        var use = docker.engine().storage();
        assertThat(use.images()).hasSize(2).allSatisfy(image -> {
            assertThat(image.size()).isBetween((long) PIECE + MB, (long) PIECE + MB + 1000);
            assertThat(image.shared()).isBetween((long) PIECE, (long) PIECE + 1000);
        });
        assertThat(use.layers()).isBetween((long) PIECE + 2 * MB, (long) PIECE + 2 * MB + 2000);
        assertThat(use.containers()).isEmpty();
        assertThat(use.volumes()).isEmpty();
    }

    @Test
    void aBuildThatFillsTheDiskSaysSoAndLeavesWhatCanBeTrimmed() throws Exception {
        var free = docker.disk().free();
        docker.disk().fill("filling", 30L * MB);
        try {
            var files = Map.of("Dockerfile", "FROM scratch\nCOPY large /\n", "large", text(1, 20 * MB));
            assertThatThrownBy(() -> docker.engine().build(request("too-large"), TarFiles.of(files), event -> {}))
                    .isInstanceOfSatisfying(
                            EngineException.class, e -> assertThat(e.kind()).isEqualTo(Kind.OUT_OF_SPACE))
                    .hasMessageContaining("The disk is full")
                    .hasMessageContaining("Free some space, then build again");
            assertThat(docker.engine().listImages()).isEmpty();
        } finally {
            docker.disk().delete("filling");
        }
        docker.engine().trimBuildCache(1, Duration.ZERO);
        assertThat(docker.disk().free()).isGreaterThan(free - 10L * MB);
    }

    /** True when it came from the cache. */
    private static boolean build(int number) throws InterruptedException {
        List<BuildEvent> events = new CopyOnWriteArrayList<>();
        var files = Map.of("Dockerfile", "FROM scratch\nCOPY piece /\n", "piece", text(number, PIECE));
        docker.engine().build(request("piece-" + number), TarFiles.of(files), events::add);
        return events.stream()
                .anyMatch(event -> event instanceof StepDone done
                        && done.cached()
                        && done.name().contains("COPY"));
    }

    private static BuildRequest request(String name) {
        return new BuildRequest(name + ":1", "Dockerfile", null, Map.of(), Map.of(), false);
    }

    /** The same for the same number, and nothing that could be made smaller. */
    private static String text(int number, int bytes) {
        return new Random(number)
                .ints(bytes, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
