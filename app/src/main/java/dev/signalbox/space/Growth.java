package dev.signalbox.space;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** How fast a disk fills up, by the straight line through what was measured of it. */
record Growth(List<Sample> samples) {
    /** Of less than that nothing can be told. */
    private static final Duration LEAST = Duration.ofHours(24);
    /** Further ahead than that it is no prediction but a number. */
    private static final long FURTHEST = 1000;

    private static final double DAY = Duration.ofDays(1).toSeconds();

    Growth {
        samples = List.copyOf(samples);
    }

    record Sample(Instant at, long used) {}

    /** In how many days nothing is free; empty when it does not grow, or nothing can be told. */
    OptionalLong daysUntilFull(Disk disk) {
        var perDay = bytesPerDay();
        if (perDay <= 0) return OptionalLong.empty();
        var days = Math.round(disk.free() / perDay);
        return days < FURTHEST ? OptionalLong.of(days) : OptionalLong.empty();
    }

    private double bytesPerDay() {
        if (samples.isEmpty()) return 0;
        var start = samples.getFirst().at();
        if (Duration.between(start, samples.getLast().at()).compareTo(LEAST) < 0) return 0;
        var meanDay = samples.stream()
                .mapToDouble(sample -> day(start, sample))
                .average()
                .orElse(0);
        var meanUsed = samples.stream().mapToLong(Sample::used).average().orElse(0);
        double rise = 0;
        double run = 0;
        for (var sample : samples) {
            var day = day(start, sample) - meanDay;
            rise += day * (sample.used() - meanUsed);
            run += day * day;
        }
        return rise / run;
    }

    private static double day(Instant start, Sample sample) {
        return Duration.between(start, sample.at()).toSeconds() / DAY;
    }
}
