package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.accounts.Caller;
import dev.signalbox.accounts.PeopleKit;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StreamsTest {
    private final Streams streams = new Streams(new WebSettings(0, null, 1, 1, 1, 1, 1, 2, 5));

    @Test
    void browsersAndTokensOfAPersonCountTogether() {
        var first = streams.take(caller("ses_1", "per_mara"));
        streams.take(caller("tok_1", "per_mara"));
        assertThat(refused(caller("ses_2", "per_mara"))).isEqualTo(429);
        streams.take(caller("ses_3", "per_jonas"));
        first.close();
        streams.take(caller("ses_2", "per_mara"));
        assertThat(refused(caller("ses_1", "per_mara"))).isEqualTo(429);
    }

    @Test
    void aTokenOfTheTeamCountsByItself() {
        streams.take(caller("tok_1", null));
        streams.take(caller("tok_1", null));
        assertThat(refused(caller("tok_1", null))).isEqualTo(429);
        streams.take(caller("tok_2", null));
    }

    @Test
    void thereAreNoMoreThanTheMachineServes() {
        for (int i = 0; i < 5; i++) streams.take(caller("tok_" + i, null));
        assertThat(refused(caller("tok_6", null))).isEqualTo(503);
    }

    @Test
    void allEndBeforeWhatTheyReadIsClosed() throws Exception {
        var taken = new CountDownLatch(1);
        var ended = new CompletableFuture<String>();
        Thread.ofVirtual().start(() -> {
            try (var _ = streams.take(caller("tok_1", null))) {
                taken.countDown();
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                ended.complete("interrupted");
            }
        });
        assertThat(taken.await(10, TimeUnit.SECONDS)).isTrue();

        streams.end(Duration.ofSeconds(10));

        assertThat(ended).isCompletedWithValue("interrupted");
        assertThat(refused(caller("tok_2", null))).isEqualTo(503);
    }

    private int refused(Caller caller) {
        var refusal = catchThrowableOfType(Refusal.class, () -> streams.take(caller));
        assertThat(refusal.problem().code()).isEqualTo("too_many_streams");
        return refusal.problem().status();
    }

    private static Caller caller(String tokenId, @Nullable String personId) {
        return PeopleKit.caller(tokenId, personId);
    }
}
