package dev.signalbox.deploys;

import static dev.signalbox.db.schema.tables.DeploymentSteps.DEPLOYMENT_STEPS;
import static dev.signalbox.db.schema.tables.Deployments.DEPLOYMENTS;
import static dev.signalbox.db.schema.tables.Workloads.WORKLOADS;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.val;

import dev.signalbox.deploys.DeploymentOrder.Content;
import dev.signalbox.projects.Workload;
import java.time.Instant;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Writes down what becomes of deployments, step by step. */
final class ProgressStore {
    /** What a step says that was cut off. */
    static final String RESTARTED = "Signalbox was restarted";

    private ProgressStore() {}

    static long nextNumber(DSLContext sql, String serviceId) {
        return sql.select(coalesce(max(DEPLOYMENTS.NUMBER), val(0L)).plus(1))
                .from(DEPLOYMENTS)
                .where(DEPLOYMENTS.SERVICE_ID.eq(serviceId))
                .fetchSingle()
                .value1();
    }

    /** Lets the deployments of this workload that still wait step aside for a newer one; gives their ids. */
    static List<String> supersede(DSLContext sql, String workloadId, long by, Instant now) {
        var waiting = DEPLOYMENTS.WORKLOAD_ID.eq(workloadId).and(DEPLOYMENTS.STATE.eq(State.QUEUED.word()));
        var ids = sql.select(DEPLOYMENTS.ID).from(DEPLOYMENTS).where(waiting).fetch(DEPLOYMENTS.ID);
        sql.update(DEPLOYMENTS)
                .set(DEPLOYMENTS.STATE, State.SUPERSEDED.word())
                .set(DEPLOYMENTS.REASON, "Deployment #" + by + " overtook it while it waited.")
                .set(DEPLOYMENTS.SUPERSEDED_BY, by)
                .set(DEPLOYMENTS.FINISHED_AT, now)
                .where(waiting)
                .execute();
        return ids;
    }

    static void insert(DSLContext sql, String id, long number, DeploymentOrder order, Instant now) {
        var workload = order.workload();
        var insert = sql.insertInto(DEPLOYMENTS)
                .set(DEPLOYMENTS.ID, id)
                .set(DEPLOYMENTS.SERVICE_ID, workload.service().id())
                .set(DEPLOYMENTS.WORKLOAD_ID, workload.id())
                .set(DEPLOYMENTS.NUMBER, number)
                .set(DEPLOYMENTS.CAUSE, order.cause().word())
                .set(DEPLOYMENTS.STATE, State.QUEUED.word())
                .set(DEPLOYMENTS.ACTOR, order.actor())
                .set(DEPLOYMENTS.QUEUED_AT, now);
        switch (order.content()) {
            case Content.Commit(var sha, var subject, var ref, var forced) ->
                insert.set(DEPLOYMENTS.COMMIT_SHA, sha)
                        .set(DEPLOYMENTS.SUBJECT, subject)
                        .set(DEPLOYMENTS.REF, ref)
                        .set(DEPLOYMENTS.FORCED, forced ? 1L : 0L)
                        .execute();
            case Content.Existing(var release) ->
                insert.set(DEPLOYMENTS.COMMIT_SHA, release.commit())
                        .set(DEPLOYMENTS.SUBJECT, subject(sql, workload, release))
                        .set(DEPLOYMENTS.RELEASE_ID, release.id())
                        .execute();
        }
    }

    /** That of the commit, as it was pushed. */
    private static @Nullable String subject(DSLContext sql, Workload workload, Release release) {
        return sql.select(DEPLOYMENTS.SUBJECT)
                .from(DEPLOYMENTS)
                .where(DeploymentStore.of(workload), DEPLOYMENTS.NUMBER.eq(release.number()))
                .fetchOptional(DEPLOYMENTS.SUBJECT)
                .orElse(null);
    }

    static void rebase(DSLContext sql, Deployment deployment, Release base) {
        var made = DEPLOYMENTS.as("made");
        sql.update(DEPLOYMENTS)
                .set(DEPLOYMENTS.COMMIT_SHA, base.commit())
                .set(
                        DEPLOYMENTS.SUBJECT,
                        DSL.select(made.SUBJECT)
                                .from(made)
                                .where(made.SERVICE_ID.eq(deployment.serviceId()), made.NUMBER.eq(base.number())))
                .where(DEPLOYMENTS.ID.eq(deployment.id()))
                .execute();
    }

    static void noteState(DSLContext sql, String workloadId, Workload.State state) {
        sql.update(WORKLOADS)
                .set(WORKLOADS.STATE, state.word())
                .where(WORKLOADS.ID.eq(workloadId))
                .execute();
    }

    static void note(DSLContext sql, Deployment deployment, @Nullable String detail) {
        sql.update(DEPLOYMENT_STEPS)
                .set(DEPLOYMENT_STEPS.DETAIL, detail)
                .where(DEPLOYMENT_STEPS.DEPLOYMENT_ID.eq(deployment.id()), DEPLOYMENT_STEPS.STATE.eq("running"))
                .execute();
    }

    /** A step that was cut off by the end of our process is said to be that, and is taken again. */
    static void interrupted(DSLContext sql, Deployment deployment, Instant now) {
        endStep(sql, deployment, "cancelled", RESTARTED, now);
    }

    /** Ends the running step and begins the next in one; false when the deployment is gone. */
    static boolean begin(
            DSLContext sql, Deployment deployment, State state, String step, @Nullable String detail, Instant now) {
        endStep(sql, deployment, "done", detail, now);
        var updated = sql.update(DEPLOYMENTS)
                .set(DEPLOYMENTS.STATE, state.word())
                .set(DEPLOYMENTS.STARTED_AT, coalesce(DEPLOYMENTS.STARTED_AT, val(now, DEPLOYMENTS.STARTED_AT)))
                .where(DEPLOYMENTS.ID.eq(deployment.id()), DEPLOYMENTS.FINISHED_AT.isNull())
                .execute();
        if (updated == 0) return false;
        var position = sql.select(
                        coalesce(max(DEPLOYMENT_STEPS.POSITION), val(0L)).plus(1))
                .from(DEPLOYMENT_STEPS)
                .where(DEPLOYMENT_STEPS.DEPLOYMENT_ID.eq(deployment.id()))
                .fetchSingle()
                .value1();
        sql.insertInto(DEPLOYMENT_STEPS)
                .set(DEPLOYMENT_STEPS.DEPLOYMENT_ID, deployment.id())
                .set(DEPLOYMENT_STEPS.POSITION, position)
                .set(DEPLOYMENT_STEPS.NAME, step)
                .set(DEPLOYMENT_STEPS.STATE, "running")
                .set(DEPLOYMENT_STEPS.STARTED_AT, now)
                .execute();
        return true;
    }

    static void useRelease(DSLContext sql, Deployment deployment, Release release) {
        sql.update(DEPLOYMENTS)
                .set(DEPLOYMENTS.RELEASE_ID, release.id())
                .where(DEPLOYMENTS.ID.eq(deployment.id()))
                .execute();
    }

    /** Ends the deployment and its running step; false when it has ended already, or is gone. */
    static boolean end(
            DSLContext sql,
            Deployment deployment,
            State state,
            @Nullable String reason,
            @Nullable String detail,
            Instant now) {
        var step = state == State.LIVE ? "done" : state == State.FAILED ? "failed" : "cancelled";
        endStep(sql, deployment, step, detail, now);
        return sql.update(DEPLOYMENTS)
                        .set(DEPLOYMENTS.STATE, state.word())
                        .set(DEPLOYMENTS.REASON, reason)
                        .set(DEPLOYMENTS.FINISHED_AT, now)
                        .where(DEPLOYMENTS.ID.eq(deployment.id()), DEPLOYMENTS.FINISHED_AT.isNull())
                        .execute()
                == 1;
    }

    static void noteFailure(DSLContext sql, Deployment deployment, Failure failure) {
        var code = failure.exitCode();
        sql.update(DEPLOYMENTS)
                .set(DEPLOYMENTS.FAILURE, failure.kind().word())
                .set(DEPLOYMENTS.EXIT_CODE, code == null ? null : code.longValue())
                .where(DEPLOYMENTS.ID.eq(deployment.id()))
                .execute();
    }

    static boolean cancelQueued(DSLContext sql, Deployment deployment, String reason, Instant now) {
        return sql.update(DEPLOYMENTS)
                        .set(DEPLOYMENTS.STATE, State.CANCELLED.word())
                        .set(DEPLOYMENTS.REASON, reason)
                        .set(DEPLOYMENTS.FINISHED_AT, now)
                        .where(DEPLOYMENTS.ID.eq(deployment.id()), DEPLOYMENTS.STATE.eq(State.QUEUED.word()))
                        .execute()
                == 1;
    }

    /** From here on this deployment's release is what should run. */
    static void becomeLive(DSLContext sql, Deployment deployment) {
        var workload = WORKLOADS.ID.eq(deployment.workloadId());
        sql.update(DEPLOYMENTS)
                .set(
                        DEPLOYMENTS.REPLACES_ID,
                        DSL.select(WORKLOADS.DEPLOYMENT_ID).from(WORKLOADS).where(workload))
                .where(DEPLOYMENTS.ID.eq(deployment.id()))
                .execute();
        sql.update(WORKLOADS)
                .set(WORKLOADS.DEPLOYMENT_ID, deployment.id())
                .set(WORKLOADS.STATE, Workload.State.LIVE.word())
                .where(workload)
                .execute();
    }

    private static void endStep(
            DSLContext sql, Deployment deployment, String state, @Nullable String detail, Instant now) {
        sql.update(DEPLOYMENT_STEPS)
                .set(DEPLOYMENT_STEPS.STATE, state)
                .set(DEPLOYMENT_STEPS.DETAIL, detail)
                .set(DEPLOYMENT_STEPS.FINISHED_AT, now)
                .where(DEPLOYMENT_STEPS.DEPLOYMENT_ID.eq(deployment.id()), DEPLOYMENT_STEPS.STATE.eq("running"))
                .execute();
    }
}
