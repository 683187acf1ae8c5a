package dev.signalbox.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a refusal takes does not tell whether somebody has the address. */
class SignInTimingTest {
    private static final int SAMPLES = 40;
    private static final double TOLERANCE = 0.10;
    /** What differs by nature differs every time; what a busy machine adds does not. */
    private static final int ROUNDS = 4;

    @TempDir
    Path directory;

    @Test
    void knownAndUnknownAddressesTakeTheSameTime() {
        try (var club = new Club(directory)) {
            club.setUp();
            for (int warmUp = 0; warmUp < 10; warmUp++) time(club, Club.EMAIL);
            var ratios = new ArrayList<Double>();
            do ratios.add(ratio(club));
            while (ratios.getLast() > TOLERANCE && ratios.size() < ROUNDS);
            assertThat(ratios.getLast())
                    .as("differences of the medians: %s", ratios)
                    .isLessThanOrEqualTo(TOLERANCE);
        }
    }

    /** By turns, so that what the machine does meanwhile falls on both alike. */
    private static double ratio(Club club) {
        var known = new ArrayList<Long>();
        var unknown = new ArrayList<Long>();
        for (int sample = 0; sample < SAMPLES; sample++) {
            known.add(time(club, Club.EMAIL));
            unknown.add(time(club, "nobody" + sample + "@acme.example"));
        }
        return Math.abs(median(known) / median(unknown) - 1);
    }

    private static long time(Club club, String email) {
        club.clock.advance(Duration.ofDays(2));
        long begun = System.nanoTime();
        assertThat(club.signIn(email, "not the right one at all")).isEqualTo(new SignIn.Wrong());
        return System.nanoTime() - begun;
    }

    private static double median(List<Long> times) {
        return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow();
    }
}
