package dev.signalbox.deploys;

import static dev.signalbox.db.schema.tables.Deployments.DEPLOYMENTS;
import static dev.signalbox.db.schema.tables.SwitchScores.SWITCH_SCORES;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jooq.DSLContext;

/** Rows of how switches went. */
final class ScoreStore {
    private ScoreStore() {}

    /** False when this deployment's switch was begun before, and when the deployment was deleted. */
    static boolean begin(DSLContext sql, String deploymentId, Instant now) {
        return sql.insertInto(SWITCH_SCORES, SWITCH_SCORES.DEPLOYMENT_ID, SWITCH_SCORES.BEGAN_AT)
                        .select(select(DEPLOYMENTS.ID, val(now, SWITCH_SCORES.BEGAN_AT))
                                .from(DEPLOYMENTS)
                                .where(DEPLOYMENTS.ID.eq(deploymentId)))
                        .onConflictDoNothing()
                        .execute()
                == 1;
    }

    /** Nothing is written about a deployment that was deleted meanwhile. */
    static void end(DSLContext sql, String deploymentId, SwitchScore score) {
        sql.update(SWITCH_SCORES)
                .set(SWITCH_SCORES.ENDED_AT, score.endedAt())
                .set(SWITCH_SCORES.ASKED, score.asked())
                .set(SWITCH_SCORES.FAILED, score.failed())
                .set(SWITCH_SCORES.SLOWEST_MS, score.slowest().toMillis())
                .set(SWITCH_SCORES.FAILURES, text(score.failures()))
                .where(SWITCH_SCORES.DEPLOYMENT_ID.eq(deploymentId))
                .execute();
    }

    static Optional<SwitchScore> find(DSLContext sql, String deploymentId) {
        return sql.selectFrom(SWITCH_SCORES)
                .where(SWITCH_SCORES.DEPLOYMENT_ID.eq(deploymentId))
                .fetchOptional(row -> new SwitchScore(
                        row.getBeganAt(),
                        row.getEndedAt(),
                        row.getAsked(),
                        row.getFailed(),
                        Duration.ofMillis(row.getSlowestMs()),
                        durations(row.getFailures())));
    }

    private static String text(List<Duration> durations) {
        return durations.stream()
                .map(duration -> Long.toString(duration.toMillis()))
                .collect(Collectors.joining(","));
    }

    private static List<Duration> durations(String text) {
        return Arrays.stream(text.split(",", -1))
                .filter(millis -> !millis.isEmpty())
                .map(millis -> Duration.ofMillis(Long.parseLong(millis)))
                .toList();
    }
}
