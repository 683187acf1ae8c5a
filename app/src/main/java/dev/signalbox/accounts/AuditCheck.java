package dev.signalbox.accounts;

import dev.signalbox.accounts.Audit.Verification;
import dev.signalbox.accounts.AuditStore.Link;
import dev.signalbox.db.Db;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the log from its beginning and follows the hashes, some rows at a time so that nobody waits for it. */
final class AuditCheck {
    private static final Logger LOG = LoggerFactory.getLogger(AuditCheck.class);
    private static final Duration GOOD_FOR = Duration.ofMinutes(10);
    private static final int AT_ONCE = 2_000;

    private final Db db;
    private final Clock clock;
    private final AtomicBoolean isRunning = new AtomicBoolean();
    private volatile @Nullable Verification last;

    AuditCheck(Db db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    Optional<Verification> last() {
        var known = last;
        if ((known == null || known.at().plus(GOOD_FOR).isBefore(clock.instant()))
                && isRunning.compareAndSet(false, true)) {
            Thread.ofVirtual().name("audit-check").start(this::runAlone);
        }
        return Optional.ofNullable(known);
    }

    private void runAlone() {
        try {
            last = run();
        } catch (RuntimeException e) {
            LOG.warn("The audit log could not be verified", e);
        } finally {
            isRunning.set(false);
        }
    }

    Verification run() {
        var at = clock.instant();
        var link = Link.BEGINNING;
        long rows = 0;
        while (true) {
            var from = link;
            var chain = db.read(sql -> AuditStore.follow(sql, from, AT_ONCE));
            rows += chain.rows();
            if (chain.firstBroken() != null || chain.rows() < AT_ONCE) {
                return new Verification(chain.firstBroken(), rows, at);
            }
            link = chain.end();
        }
    }
}
