package dev.signalbox.deploys;

import static dev.signalbox.db.schema.tables.Crashes.CRASHES;
import static dev.signalbox.db.schema.tables.Deployments.DEPLOYMENTS;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import java.util.List;
import org.jooq.DSLContext;

/** Rows of how containers ended. */
final class CrashStore {
    private CrashStore() {}

    /** Of a deployment that was deleted meanwhile nothing is written. */
    static void add(DSLContext sql, String deploymentId, Crash crash, int most) {
        var code = crash.failure().exitCode();
        sql.insertInto(
                        CRASHES,
                        CRASHES.DEPLOYMENT_ID,
                        CRASHES.PROCESS,
                        CRASHES.SENTENCE,
                        CRASHES.FAILURE,
                        CRASHES.EXIT_CODE,
                        CRASHES.FELL_AT)
                .select(select(
                                DEPLOYMENTS.ID,
                                val(crash.process()),
                                val(crash.sentence()),
                                val(crash.failure().kind().word()),
                                val(code == null ? null : code.longValue(), CRASHES.EXIT_CODE),
                                val(crash.at(), CRASHES.FELL_AT))
                        .from(DEPLOYMENTS)
                        .where(DEPLOYMENTS.ID.eq(deploymentId)))
                .execute();
        sql.deleteFrom(CRASHES)
                .where(
                        CRASHES.DEPLOYMENT_ID.eq(deploymentId),
                        CRASHES.ID.notIn(select(CRASHES.ID)
                                .from(CRASHES)
                                .where(CRASHES.DEPLOYMENT_ID.eq(deploymentId))
                                .orderBy(CRASHES.ID.desc())
                                .limit(most)))
                .execute();
    }

    /** Newest first. */
    static List<Crash> list(DSLContext sql, String deploymentId) {
        return sql.selectFrom(CRASHES)
                .where(CRASHES.DEPLOYMENT_ID.eq(deploymentId))
                .orderBy(CRASHES.ID.desc())
                .fetch(row -> new Crash(
                        row.getFellAt(),
                        row.getProcess(),
                        row.getSentence(),
                        new Failure(
                                Failure.Kind.of(row.getFailure()),
                                row.getExitCode() == null
                                        ? null
                                        : row.getExitCode().intValue())));
    }
}
