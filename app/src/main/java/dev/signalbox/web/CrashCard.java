package dev.signalbox.web;

import dev.signalbox.deploys.Crash;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What serves and has ended lately, in the order in which one asks: what happened, how often, what did it say, what changed,
 * what do I press.
 *
 * @param why one sentence
 * @param curve how often, in words
 * @param bars the same as a picture of the last hour
 * @param back how to go back to what served before; null where that cannot be
 * @param former the number of what served before
 */
record CrashCard(
        Lamp lamp,
        String why,
        String then,
        String curve,
        List<Bar> bars,
        List<AppLine> lines,
        ChangeList changes,
        DeploymentRows.@Nullable Back back,
        @Nullable Long former,
        String path) {
    /** So long ago things count as lately. */
    static final Duration HOUR = Duration.ofHours(1);

    private static final Duration WIDTH = Duration.ofMinutes(5);
    private static final int HEIGHT = 24;

    CrashCard {
        bars = List.copyOf(bars);
        lines = List.copyOf(lines);
    }

    /** So many ends in five minutes. */
    record Bar(int x, int y, int height) {}

    /** Of those within the last hour, the oldest first. */
    static List<Bar> bars(List<Crash> crashes, Clock clock) {
        var count = new int[(int) HOUR.dividedBy(WIDTH)];
        var begin = clock.instant().minus(HOUR);
        for (var crash : crashes) {
            long index = Duration.between(begin, crash.at()).dividedBy(WIDTH);
            if (index >= 0 && !crash.at().isBefore(begin)) count[(int) Math.min(index, count.length - 1)]++;
        }
        int most = 1;
        for (int each : count) most = Math.max(most, each);
        var bars = new ArrayList<Bar>();
        for (int i = 0; i < count.length; i++) {
            if (count[i] == 0) continue;
            int height = Math.max(2, HEIGHT * count[i] / most);
            bars.add(new Bar(i * (int) WIDTH.toMinutes(), HEIGHT - height, height));
        }
        return bars;
    }

    static String curve(List<Crash> newestFirst, Clock clock) {
        return Sizes.count(newestFirst.size(), "end") + " in the last hour, the newest "
                + Moment.of(newestFirst.getFirst().at(), clock).text();
    }
}
