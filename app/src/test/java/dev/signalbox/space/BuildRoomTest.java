package dev.signalbox.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.engine.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which builds are let in, on a disk of twenty megabytes. */
class BuildRoomTest {
    private static final int MB = 1_000_000;

    @TempDir
    Path directory;

    private final List<String> said = new CopyOnWriteArrayList<>();
    private Tmpfs disk;
    private Machinery machine;

    @BeforeEach
    void start() throws Exception {
        disk = Tmpfs.mount(directory, 20);
    }

    @AfterEach
    void stop() throws Exception {
        if (machine != null) machine.close();
        disk.close();
    }

    @Test
    void aBuildOfWhichNothingIsKnownNeedsTheUsual() throws Exception {
        start(usual -> usual.withNeed(5 * MB, 512L * MB));
        disk.fill("filling", 4 * MB);
        assertThatThrownBy(this::enter)
                .isInstanceOf(NoRoom.class)
                .hasMessageMatching("The disk cannot hold this build\\. It needs about 5\\.0 MB, 4\\.0 MB are free\\."
                        + " Make room, then deploy again; the page Disk shows what takes it up\\.");
        assertThat(said).singleElement().asString().startsWith("for room on the disk: this build needs about 5.0 MB,");
        disk.delete("filling");
        enter().close();
        assertThat(said).hasSize(1);
    }

    @Test
    void itGoesOnAsSoonAsThereIsRoom() throws Exception {
        start(usual -> usual.withNeed(5 * MB, 0).withPatience(Duration.ofMinutes(1)));
        disk.fill("filling", 4 * MB);
        var waiting = Thread.ofVirtual().start(() -> {
            try (var _ = enter()) {
                said.add("entered");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Eventually.within(Duration.ofSeconds(10), "a word about the wait", () -> said.size() == 1);
        disk.delete("filling");
        assertThat(waiting.join(Duration.ofSeconds(10))).isTrue();
        assertThat(said).hasSize(2).last().isEqualTo("entered");
    }

    @Test
    void aFullDiskRefusesAtOnceAndSaysWhatToDo() throws Exception {
        start(usual -> usual.withNeed(0, 0).withPatience(Duration.ofMinutes(10)));
        disk.fill("filling", MB);
        assertThatThrownBy(this::enter)
                .isInstanceOf(NoRoom.class)
                .hasMessageMatching(
                        "The disk is 9[5-6] % full, and from 92 % on nothing is built: (1\\.0|0\\.9) MB of 21 MB"
                                + " are free, and what Signalbox can do without is removed already\\. Make room, then deploy"
                                + " again; the page Disk shows what takes it up\\.");
        assertThat(said).isEmpty();
    }

    @Test
    void memoryIsWaitedForToo() throws Exception {
        start(usual -> usual.withNeed(0, 512L * MB));
        machine.memory(4_000_000, 300_000);
        assertThatThrownBy(this::enter)
                .hasMessage("There is not enough memory for this build. It needs about 512 MB, 307 MB are free."
                        + " Stop something or give the machine more memory, then deploy again.");
    }

    @Test
    void onASmallMachineBuildsAreSmall() throws Exception {
        start(usual -> usual.withNeed(0, 512L * MB));
        machine.memory(1_000_000, 200_000);
        assertThatThrownBy(this::enter).hasMessageContaining("It needs about 256 MB, 205 MB are free.");
        machine.memory(1_000_000, 300_000);
        enter().close();
    }

    @Test
    void whileSomethingWaitsForMemoryNothingMoreBegins() throws Exception {
        start(usual -> usual.withNeed(0, 0));
        machine.pressure("19.99");
        enter().close();
        machine.pressure("34.20");
        assertThatThrownBy(this::enter)
                .hasMessage("The machine is too short of memory for this build: 34 % of the time something waits for"
                        + " memory. Stop something or give it more memory, then deploy again.");
        assertThat(said).containsExactly("for memory: 34 % of the time something waits for memory");
    }

    @Test
    void theNextBuildNeedsWhatTheLastOneTook() throws Exception {
        start(usual -> usual.withNeed(MB, 0));
        try (var _ = enter()) {
            disk.fill("steps", 8 * MB);
        }
        disk.delete("steps");
        assertThat(peak()).isBetween(12L * MB, 13L * MB);
        disk.fill("filling", 10 * MB);
        assertThatThrownBy(this::enter)
                .hasMessageMatching("The disk cannot hold this build\\. It needs about 1[23] MB, .*");
    }

    private long peak() {
        var service = machine.service().id();
        return machine.db
                .<Need>read(sql -> PeakStore.find(sql, service).orElseThrow())
                .disk();
    }

    @Test
    void aPeakIsRememberedAndFades() throws Exception {
        start(usual -> usual.withNeed(MB, 0));
        var now = machine.clock.instant();
        var service = machine.service().id();
        machine.db.change(sql -> PeakStore.put(sql, service, new Need(16 * MB, 0), now));
        disk.fill("filling", 14 * MB);
        assertThatThrownBy(this::enter).hasMessageContaining("It needs about 16 MB, 14 MB are free.");
        // It kept a build out in vain, so it counts for less next time.
        enter().close();
        assertThat(peak()).isBetween(8L * MB, 10L * MB);
    }

    @Test
    void aServiceThatIsDeletedMeanwhileIsNoHarm() throws Exception {
        start(usual -> usual.withNeed(0, 0));
        try (var _ = machine.space.room().enter("svc_gone", Duration.ZERO, said::add)) {
            assertThat(said).isEmpty();
        }
    }

    private void start(UnaryOperator<SpaceSettings> change) throws IOException {
        machine = new Machinery(directory, disk.place(), usual -> change.apply(usual.withPatience(Duration.ZERO)));
    }

    private BuildRoom.Stay enter() throws InterruptedException {
        var room = machine.space.room();
        return room.enter(machine.service().id(), room.patience(), said::add);
    }
}
