package dev.signalbox.space;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.engine.EngineException.Kind;
import dev.signalbox.engine.FakeEngine.Trim;
import dev.signalbox.engine.Faults.Call;
import dev.signalbox.engine.ImageId;
import dev.signalbox.engine.StorageUse;
import dev.signalbox.space.Disk.Holds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done about a disk of twenty megabytes, look by look. */
class SpaceTest {
    private static final int MB = 1_000_000;
    private static final long BALLAST = 2L * MB;

    @TempDir
    Path directory;

    private Tmpfs disk;
    private Machinery machine;
    private Space space;

    @BeforeEach
    void start() throws Exception {
        disk = Tmpfs.mount(directory, 20);
    }

    @AfterEach
    void stop() throws Exception {
        machine.close();
        disk.close();
    }

    private void start(UnaryOperator<SpaceSettings> change) throws IOException {
        machine = new Machinery(directory, disk.place(), change);
        space = machine.space;
    }

    @Test
    void levelsFollowTheDisk() throws Exception {
        start(usual -> usual);
        space.look();
        assertThat(space.level()).isEqualTo(Level.ROOMY);
        disk.fill("a", 2_700_000);
        space.look();
        assertThat(space.level()).isEqualTo(Level.TIGHT);
        disk.fill("b", 1_200_000);
        space.look();
        assertThat(space.level()).isEqualTo(Level.FULL);
        disk.fill("c", 0);
        space.look();
        assertThat(space.level()).isEqualTo(Level.LAST);
        disk.delete("a");
        space.look();
        assertThat(space.level()).isEqualTo(Level.ROOMY);
    }

    @Test
    void theReserveIsGivenUpWhenNothingElseIsLeftAndMadeAgain() throws Exception {
        start(usual -> usual.withBallast(BALLAST));
        var reserve = disk.place().resolve("ballast");
        space.look();
        assertThat(reserve).hasSize(BALLAST);
        disk.fill("filling", 100_000);
        space.look();
        assertThat(reserve).doesNotExist();
        assertThat(disk.free()).isGreaterThan(BALLAST);
        // Not in turns: what it gave back is not taken again.
        space.look();
        assertThat(reserve).doesNotExist();
        disk.delete("filling");
        space.look();
        assertThat(reserve).hasSize(BALLAST);
    }

    @Test
    void aReserveThatWasCutShortIsMadeWhole() throws Exception {
        start(usual -> usual.withBallast(BALLAST));
        Files.write(disk.place().resolve("ballast"), new byte[100]);
        space.look();
        assertThat(disk.place().resolve("ballast")).hasSize(BALLAST);
    }

    @Test
    void theCacheOfBuildsIsTrimmedAfterABuildAndNowAndThen() throws Exception {
        start(usual -> usual.withCache(7 * MB).withNeed(0, 0));
        space.lookAtDocker();
        assertThat(machine.engine.trims()).isEmpty();
        machine.clock.advance(Duration.ofHours(1));
        space.lookAtDocker();
        assertThat(machine.engine.trims()).containsExactly(new Trim(7 * MB, Duration.ZERO));
        build();
        space.lookAtDocker();
        assertThat(machine.engine.trims()).as("not twice in a moment").hasSize(1);
        machine.clock.advance(Duration.ofMinutes(5));
        space.lookAtDocker();
        assertThat(machine.engine.trims()).hasSize(2);
        machine.clock.advance(Duration.ofMinutes(5));
        space.lookAtDocker();
        assertThat(machine.engine.trims()).as("nothing was built since").hasSize(2);
    }

    @Test
    void whileSomethingIsBuiltNothingIsTrimmed() throws Exception {
        start(usual -> usual.withNeed(0, 0));
        machine.clock.advance(Duration.ofHours(2));
        try (var _ = enter()) {
            var looked = Thread.ofVirtual().start(space::lookAtDocker);
            assertThat(looked.join(Duration.ofSeconds(5))).isTrue();
            assertThat(machine.engine.trims()).isEmpty();
        }
        space.lookAtDocker();
        assertThat(machine.engine.trims()).hasSize(1);
    }

    @Test
    void withoutASettingATenthOfTheDiskIsKeptAndLessOfATightOne() throws Exception {
        start(usual -> usual);
        machine.clock.advance(Duration.ofHours(1));
        space.look();
        space.lookAtDocker();
        var tenth = machine.engine.trims().getFirst().keepBytes();
        assertThat(tenth).isBetween(2_050_000L, 2_100_000L);
        disk.fill("filling", 2_700_000);
        machine.clock.advance(Duration.ofMinutes(5));
        space.look();
        space.lookAtDocker();
        assertThat(machine.engine.trims().getLast().keepBytes()).isEqualTo(tenth / 4);
    }

    @Test
    void beforeABuildIsRefusedWhatCanGoGoes() throws Exception {
        start(usual -> usual.withCache(8 * MB).withNeed(0, 0));
        disk.fill("filling", 100_000);
        machine.clock.advance(Duration.ofMinutes(5));
        try (var _ = enter()) {
            throw new AssertionError("there was room");
        } catch (NoRoom e) {
            assertThat(machine.engine.trims()).containsExactly(new Trim(2 * MB, Duration.ZERO));
        }
    }

    @Test
    void aDockerThatIsAwayKeepsNobodyFromWatching() throws Exception {
        start(usual -> usual.withBallast(BALLAST));
        machine.engine.faults.refuse(Call.VERSION, 1, Kind.UNREACHABLE);
        machine.engine.faults.refuse(Call.STORAGE, 1, Kind.UNREACHABLE);
        space.start();
        assertThat(space.survey(Duration.ofMillis(300))).isEmpty();
        assertThat(space.survey(Duration.ofSeconds(20))).isPresent();
        assertThat(disk.place().resolve("ballast")).hasSize(BALLAST);
    }

    @Test
    void oneSampleAnHourIsKeptForAMonth() throws Exception {
        start(usual -> usual);
        for (int hour = 0; hour < 24 * 32; hour++) {
            space.look();
            space.look();
            machine.clock.advance(Duration.ofHours(1));
        }
        var now = machine.clock.instant();
        var kept = machine.db.read(sql -> SampleStore.since(sql, Holds.DATA, now.minus(Duration.ofDays(365))));
        assertThat(kept).hasSizeBetween(24 * 30 - 1, 24 * 30 + 1);
        assertThat(space.daysUntilFull(space.fullest())).isEmpty();
    }

    @Test
    void theSurveySaysWhatAServiceTakesUp() throws Exception {
        start(usual -> usual);
        var service = machine.service().id();
        var first = new ImageId("sha256:" + "a".repeat(64));
        var second = new ImageId("sha256:" + "b".repeat(64));
        machine.db.change(sql -> {
            ImageKit.built(sql, service, "1", first, machine.clock.instant());
            ImageKit.built(sql, service, "2", second, machine.clock.instant());
        });
        var labels = Map.of("dev.signalbox.workload", machine.workload.id());
        machine.engine.fill(new StorageUse(
                900 * MB,
                List.of(
                        new StorageUse.OfImage(first, 300 * MB, 250 * MB),
                        new StorageUse.OfImage(second, 310 * MB, 250 * MB),
                        new StorageUse.OfImage(new ImageId("sha256:" + "c".repeat(64)), 700 * MB, 0)),
                List.of(
                        new StorageUse.OfCache("cached mount /root/.npm from exec x", 40 * MB),
                        new StorageUse.OfCache("cached mount /root/.npm with id \"" + service + "/npm\"", 5 * MB)),
                List.of(new StorageUse.OfContainer(labels, 3 * MB), new StorageUse.OfContainer(Map.of(), MB)),
                List.of(new StorageUse.OfVolume("v", labels, 7 * MB))));
        space.start();
        var survey = space.survey(Duration.ofSeconds(20)).orElseThrow();
        assertThat(survey.layers()).isEqualTo(900 * MB);
        assertThat(survey.cache()).isEqualTo(45 * MB);
        assertThat(survey.shares())
                .containsExactly(Map.entry(service, new Share(service, 2, 360 * MB, 5 * MB, 3 * MB, 7 * MB, 0)));
    }

    private void build() throws InterruptedException {
        enter().close();
    }

    private BuildRoom.Stay enter() throws InterruptedException {
        return space.room().enter(machine.service().id(), Duration.ZERO, why -> {});
    }
}
