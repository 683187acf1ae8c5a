package dev.signalbox.deploys;

import static dev.signalbox.db.schema.tables.DeploymentSteps.DEPLOYMENT_STEPS;
import static dev.signalbox.db.schema.tables.Deployments.DEPLOYMENTS;
import static dev.signalbox.db.schema.tables.Releases.RELEASES;
import static dev.signalbox.db.schema.tables.Workloads.WORKLOADS;
import static org.jooq.impl.DSL.max;

import dev.signalbox.db.schema.tables.records.DeploymentsRecord;
import dev.signalbox.projects.Workload;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Finds deployments and their steps as they are written down. */
final class DeploymentStore {
    private static final dev.signalbox.db.schema.tables.Deployments REPLACED = DEPLOYMENTS.as("replaced");
    private static final Field<Long> RELEASE_NUMBER = RELEASES.NUMBER.as("release_number");
    private static final Field<Long> REPLACED_NUMBER = REPLACED.NUMBER.as("replaced_number");

    private DeploymentStore() {}

    static Optional<Deployment> find(DSLContext sql, String id) {
        return where(sql, DEPLOYMENTS.ID.eq(id)).stream().findFirst();
    }

    static Optional<Deployment> find(DSLContext sql, String serviceId, long number) {
        return where(sql, DEPLOYMENTS.SERVICE_ID.eq(serviceId).and(DEPLOYMENTS.NUMBER.eq(number))).stream()
                .findFirst();
    }

    /** Newest first. */
    static List<Deployment> recent(DSLContext sql, Condition condition, int limit) {
        return select(sql)
                .where(condition)
                .orderBy(DEPLOYMENTS.NUMBER.desc())
                .limit(limit)
                .fetch(DeploymentStore::deployment);
    }

    /** Newest first, older than the one with this number. */
    static List<Deployment> before(DSLContext sql, Workload workload, long number, int limit) {
        return recent(sql, of(workload).and(DEPLOYMENTS.NUMBER.lt(number)), limit);
    }

    /** Oldest first, newer than the one with this number. */
    static List<Deployment> after(DSLContext sql, Workload workload, long number, int limit) {
        return select(sql)
                .where(of(workload).and(DEPLOYMENTS.NUMBER.gt(number)))
                .orderBy(DEPLOYMENTS.NUMBER)
                .limit(limit)
                .fetch(DeploymentStore::deployment);
    }

    /** What served when this one ended, or serves while it is under way. */
    static Optional<Deployment> servingBefore(DSLContext sql, Deployment deployment) {
        var before = deployment.finishedAt() == null
                ? DSL.noCondition()
                : DEPLOYMENTS.FINISHED_AT.lt(deployment.finishedAt());
        return select(sql)
                .where(
                        DEPLOYMENTS.WORKLOAD_ID.eq(deployment.workloadId()),
                        DEPLOYMENTS.STATE.eq(State.LIVE.word()),
                        DEPLOYMENTS.ID.ne(deployment.id()),
                        before)
                .orderBy(DEPLOYMENTS.FINISHED_AT.desc())
                .limit(1)
                .fetchOptional(DeploymentStore::deployment);
    }

    static Condition of(Workload workload) {
        return DEPLOYMENTS.WORKLOAD_ID.eq(workload.id());
    }

    static Condition ofService(String serviceId) {
        return DEPLOYMENTS.SERVICE_ID.eq(serviceId);
    }

    /** The newest of every service, at most so many each. */
    static Set<String> newestIds(DSLContext sql, int perService) {
        var newest = DEPLOYMENTS.as("newest");
        return sql.select(DEPLOYMENTS.ID)
                .from(DEPLOYMENTS)
                .where(DEPLOYMENTS.NUMBER.gt(DSL.select(max(newest.NUMBER).minus(perService))
                        .from(newest)
                        .where(newest.SERVICE_ID.eq(DEPLOYMENTS.SERVICE_ID))))
                .fetchSet(DEPLOYMENTS.ID);
    }

    static List<Deployment> unfinished(DSLContext sql) {
        return where(sql, DEPLOYMENTS.FINISHED_AT.isNull());
    }

    /** The newest deployment of this workload that waits. */
    static Optional<Deployment> queued(DSLContext sql, String workloadId) {
        return recent(sql, DEPLOYMENTS.WORKLOAD_ID.eq(workloadId).and(DEPLOYMENTS.STATE.eq(State.QUEUED.word())), 1)
                .stream()
                .findFirst();
    }

    /** What was asked for last and never taken back: one that failed or is under way since; or else what serves. */
    static Optional<Deployment> wanted(DSLContext sql, String workloadId) {
        var serving = servingOf(sql, workloadId);
        // A way back brings its own variables: when it fails, it is over.
        var open = DEPLOYMENTS
                .FINISHED_AT
                .isNull()
                .or(DEPLOYMENTS.STATE.eq(State.FAILED.word()).and(DEPLOYMENTS.CAUSE.ne(Cause.ROLLBACK.word())));
        var since = DEPLOYMENTS
                .WORKLOAD_ID
                .eq(workloadId)
                .and(DEPLOYMENTS.NUMBER.gt(serving.map(Deployment::number).orElse(0L)));
        return recent(sql, since.and(open), 1).stream().findFirst().or(() -> serving);
    }

    static Optional<Deployment> servingOf(DSLContext sql, String workloadId) {
        return where(
                        sql,
                        DEPLOYMENTS.ID.in(DSL.select(WORKLOADS.DEPLOYMENT_ID)
                                .from(WORKLOADS)
                                .where(WORKLOADS.ID.eq(workloadId))))
                .stream()
                .findFirst();
    }

    /** The deployments whose releases serve now, one per workload. */
    static List<Deployment> serving(DSLContext sql) {
        return where(sql, DEPLOYMENTS.ID.in(DSL.select(WORKLOADS.DEPLOYMENT_ID).from(WORKLOADS)));
    }

    /** The newest that failed since then and after which none went well, at most so many of every workload. */
    static Set<String> failedSince(DSLContext sql, Instant since, int most) {
        var later = DEPLOYMENTS.as("later");
        var hasGoneWellSince = DSL.exists(DSL.selectOne()
                .from(later)
                .where(
                        later.WORKLOAD_ID.eq(DEPLOYMENTS.WORKLOAD_ID),
                        later.STATE.eq(State.LIVE.word()),
                        later.FINISHED_AT.gt(DEPLOYMENTS.FINISHED_AT)));
        var ofWorkload = new HashMap<String, Integer>();
        return sql
                .select(DEPLOYMENTS.ID, DEPLOYMENTS.WORKLOAD_ID)
                .from(DEPLOYMENTS)
                .where(
                        DEPLOYMENTS.STATE.eq(State.FAILED.word()),
                        DEPLOYMENTS.FINISHED_AT.gt(since),
                        DSL.not(hasGoneWellSince))
                .orderBy(DEPLOYMENTS.NUMBER.desc())
                .fetch()
                .stream()
                .filter(row -> ofWorkload.merge(row.value2(), 1, Integer::sum) <= most)
                .map(row -> row.value1())
                .collect(Collectors.toSet());
    }

    /** How often a restart has cut this deployment off. */
    static int interruptions(DSLContext sql, Deployment deployment) {
        return sql.fetchCount(
                DEPLOYMENT_STEPS,
                DEPLOYMENT_STEPS.DEPLOYMENT_ID.eq(deployment.id()),
                DEPLOYMENT_STEPS.DETAIL.eq(ProgressStore.RESTARTED));
    }

    static List<Step> steps(DSLContext sql, Deployment deployment) {
        return sql.selectFrom(DEPLOYMENT_STEPS)
                .where(DEPLOYMENT_STEPS.DEPLOYMENT_ID.eq(deployment.id()))
                .orderBy(DEPLOYMENT_STEPS.POSITION)
                .fetch(row -> new Step(
                        row.getName(), row.getState(), row.getDetail(), row.getStartedAt(), row.getFinishedAt()));
    }

    /** Oldest first. */
    static List<Deployment> where(DSLContext sql, Condition condition) {
        return select(sql)
                .where(condition)
                .orderBy(DEPLOYMENTS.QUEUED_AT, DEPLOYMENTS.NUMBER)
                .fetch(DeploymentStore::deployment);
    }

    private static org.jooq.SelectOnConditionStep<Record> select(DSLContext sql) {
        return sql.select(DEPLOYMENTS.fields())
                .select(RELEASE_NUMBER, REPLACED_NUMBER)
                .from(DEPLOYMENTS)
                .leftJoin(RELEASES)
                .on(RELEASES.ID.eq(DEPLOYMENTS.RELEASE_ID))
                .leftJoin(REPLACED)
                .on(REPLACED.ID.eq(DEPLOYMENTS.REPLACES_ID));
    }

    private static @Nullable Failure failure(DeploymentsRecord row) {
        if (row.getFailure() == null) return null;
        var code = row.getExitCode();
        return new Failure(Failure.Kind.of(row.getFailure()), code == null ? null : code.intValue());
    }

    private static Deployment deployment(Record joined) {
        var row = joined.into(DEPLOYMENTS);
        return new Deployment(
                row.getId(),
                row.getNumber(),
                row.getWorkloadId(),
                row.getServiceId(),
                Cause.of(row.getCause()),
                State.of(row.getState()),
                row.getReason(),
                failure(row),
                row.getRef(),
                row.getForced() == 1,
                row.getCommitSha(),
                row.getSubject(),
                row.getActor(),
                joined.get(RELEASE_NUMBER),
                joined.get(REPLACED_NUMBER),
                row.getSupersededBy(),
                row.getQueuedAt(),
                row.getStartedAt(),
                row.getFinishedAt());
    }
}
