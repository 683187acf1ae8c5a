package dev.signalbox.web;

import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Does once what a form asks for, though a double click sends it twice: the second gets the reply to the first. */
final class DoubleClicks {
    /** What is different in every page that is made: the same mark comes from the same form. */
    static final String FIELD = "_once";

    private static final Duration SPAN = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** What falls out when there are more is done again. */
    private static final int MOST = 100;

    private static final Problem UNDER_WAY = Problem.conflict(
            "under_way",
            "This was sent twice, and the first is still being done. Reload the page to see how it ended.");

    private final Clock clock;
    private final Map<Key, Click> clicks = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Click> eldest) {
            return size() > MOST;
        }
    };

    DoubleClicks(Clock clock) {
        this.clock = clock;
    }

    static String mark() {
        return Long.toHexString(ThreadLocalRandom.current().nextLong());
    }

    /** @param fields a hash of what was typed: who goes back and types something else has it done */
    private record Key(String sessionId, String path, String mark, int fields) {
        static Key of(Context ctx, String sessionId, String mark) {
            Map<String, List<String>> fields = ctx.formParamMap();
            return new Key(sessionId, ctx.path(), mark, fields.hashCode());
        }
    }

    /**
     * What the form that this request sent comes to. Only a reply is kept: what was refused is tried again.
     *
     * @param act gives none when there is something to ask first
     */
    Optional<Reply> once(Context ctx, String sessionId, Supplier<Optional<Reply>> act) {
        var mark = ctx.formParam(FIELD);
        return mark == null ? act.get() : click(Key.of(ctx, sessionId, mark)).reply(act);
    }

    private synchronized Click click(Key key) {
        var now = clock.instant();
        clicks.values().removeIf(click -> click.at.plus(SPAN).isBefore(now));
        return clicks.computeIfAbsent(key, _ -> new Click(now));
    }

    private static final class Click {
        private final Instant at;
        private final ReentrantLock underWay = new ReentrantLock();
        private @Nullable Reply reply;

        private Click(Instant at) {
            this.at = at;
        }

        Optional<Reply> reply(Supplier<Optional<Reply>> act) {
            await();
            try {
                if (reply == null) reply = act.get().orElse(null);
                return Optional.ofNullable(reply);
            } finally {
                underWay.unlock();
            }
        }

        private void await() {
            try {
                if (!underWay.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) throw new Refusal(UNDER_WAY);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Refusal(UNDER_WAY);
            }
        }
    }
}
