package dev.signalbox.space;

import dev.signalbox.db.Db;
import java.util.Optional;

/** Decides whether the machine has room for another build. */
final class Admission {
    /** A machine with less memory than this is a small one; its apps are, and so its builds have to be. */
    private static final long SMALL_MACHINE = 2_000_000_000L;

    private static final long NEED_ON_SMALL_MACHINE = 256_000_000;

    private final Db db;
    private final Disks disks;
    private final SpaceSettings settings;

    Admission(Db db, Disks disks, SpaceSettings settings) {
        this.db = db;
        this.disks = disks;
        this.settings = settings;
    }

    /** What there may be too little of. */
    enum Lack {
        DISK,
        MEMORY,
        PRESSURE
    }

    /** What is to be done now. */
    sealed interface Verdict {
        record Enter() implements Verdict {}

        /**
         * There may be room in a while.
         *
         * @param lack what there is too little of
         * @param why goes on with "Waiting"
         * @param inVain what is said when there was none in the end
         */
        record Wait(Lack lack, String why, String inVain) implements Verdict {}

        /** There will not be room unless somebody makes some. */
        record Refuse(String why) implements Verdict {}
    }

    Verdict decide(String serviceId) {
        var disk = disks.ofBuilds();
        var level = settings.bounds().of(disks.measure());
        if (level.isAtLeast(Level.FULL)) return refusal();
        var memory = Memory.of(settings.proc());
        var need = need(serviceId, memory);
        return lackOfDisk(disk, need).or(() -> lackOfMemory(memory, need)).orElseGet(Verdict.Enter::new);
    }

    private Verdict refusal() {
        var fullest = disks.fullest();
        return new Verdict.Refuse("The disk is " + fullest.percent() + " % full, and from "
                + settings.bounds().full() + " % on nothing is built: " + Bytes.text(fullest.free()) + " of "
                + Bytes.text(fullest.total())
                + " are free, and what Signalbox can do without is removed already. Make room, then deploy again; the"
                + " page Disk shows what takes it up.");
    }

    private Optional<Verdict> lackOfDisk(Disk disk, Need need) {
        if (disk.free() >= need.disk()) return Optional.empty();
        var figures = "about " + Bytes.text(need.disk()) + ", " + Bytes.text(disk.free()) + " are free";
        return Optional.of(new Verdict.Wait(
                Lack.DISK,
                "for room on the disk: this build needs " + figures,
                "The disk cannot hold this build. It needs " + figures + ". Make room, then deploy again; the page Disk"
                        + " shows what takes it up."));
    }

    private Optional<Verdict> lackOfMemory(Memory memory, Need need) {
        if (memory.stalled() >= settings.stalled()) {
            var figure = Math.round(memory.stalled()) + " % of the time something waits for memory";
            return Optional.of(new Verdict.Wait(
                    Lack.PRESSURE,
                    "for memory: " + figure,
                    "The machine is too short of memory for this build: " + figure
                            + ". Stop something or give it more memory, then deploy again."));
        }
        if (memory.available() >= need.memory()) return Optional.empty();
        var figures = "about " + Bytes.text(need.memory()) + ", " + Bytes.text(memory.available()) + " are free";
        return Optional.of(new Verdict.Wait(
                Lack.MEMORY,
                "for memory: this build needs " + figures,
                "There is not enough memory for this build. It needs " + figures
                        + ". Stop something or give the machine more memory, then deploy again."));
    }

    /** The last peak; what half of the machine cannot hold is no measure of one build. */
    private Need need(String serviceId, Memory memory) {
        var unknown = settings.need();
        var usual = memory.total() < SMALL_MACHINE
                ? new Need(unknown.disk(), Math.min(unknown.memory(), NEED_ON_SMALL_MACHINE))
                : unknown;
        var need = db.read(sql -> PeakStore.find(sql, serviceId)).orElse(usual);
        return new Need(need.disk(), Math.min(need.memory(), memory.total() / 2));
    }
}
