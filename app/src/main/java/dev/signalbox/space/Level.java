package dev.signalbox.space;

import java.util.Collection;
import java.util.Locale;

/** How near a disk is to being full, and so what is still done on it. */
public enum Level {
    ROOMY,
    /** What is only kept for convenience goes sooner. */
    TIGHT,
    /** Nothing is built any more. */
    FULL,
    /** What is kept in reserve is given up, so that people can still look and act. */
    LAST;

    public boolean isAtLeast(Level other) {
        return compareTo(other) >= 0;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** From how many percent on a disk is what. */
    public record Bounds(int tight, int full, int last) {
        public static final Bounds STANDARD = new Bounds(85, 92, 97);

        public Bounds {
            if (tight > full || full > last) throw new IllegalArgumentException("levels out of order");
        }

        public Level of(Disk disk) {
            var percent = disk.percent();
            if (percent >= last) return LAST;
            if (percent >= full) return FULL;
            return percent >= tight ? TIGHT : ROOMY;
        }

        /** That of the one that is worst off. */
        public Level of(Collection<Disk> disks) {
            return disks.stream().map(this::of).max(Level::compareTo).orElse(ROOMY);
        }
    }
}
