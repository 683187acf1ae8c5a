package dev.signalbox.deploys;

import static dev.signalbox.db.schema.tables.Deployments.DEPLOYMENTS;
import static dev.signalbox.db.schema.tables.Releases.RELEASES;
import static dev.signalbox.db.schema.tables.Retirements.RETIREMENTS;
import static dev.signalbox.db.schema.tables.Workloads.WORKLOADS;
import static org.jooq.impl.DSL.select;

import dev.signalbox.db.schema.tables.records.ReleasesRecord;
import dev.signalbox.engine.ImageId;
import dev.signalbox.engine.Profile;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;

/** Rows of releases and of what is on its way out. */
final class ReleaseStore {
    private ReleaseStore() {}

    static void insert(DSLContext sql, Release release, String sealedVariables) {
        sql.insertInto(RELEASES)
                .set(RELEASES.ID, release.id())
                .set(RELEASES.WORKLOAD_ID, release.workloadId())
                .set(RELEASES.NUMBER, release.number())
                .set(RELEASES.IMAGE_ID, release.image().value())
                .set(RELEASES.COMMIT_SHA, release.commit())
                .set(RELEASES.PROFILE, release.profile().name().toLowerCase(Locale.ROOT))
                .set(RELEASES.PORT, (long) release.port())
                .set(RELEASES.SEALED_VARIABLES, sealedVariables)
                .set(RELEASES.PROCESSES, FrozenJson.write(release.processes()))
                .set(RELEASES.CREATED_AT, release.createdAt())
                .execute();
    }

    static Optional<Release> find(DSLContext sql, String workloadId, long number) {
        return sql.selectFrom(RELEASES)
                .where(RELEASES.WORKLOAD_ID.eq(workloadId), RELEASES.NUMBER.eq(number))
                .fetchOptional(ReleaseStore::release);
    }

    static Optional<Release> ofDeployment(DSLContext sql, String deploymentId) {
        return sql.select(RELEASES.fields())
                .from(RELEASES)
                .join(DEPLOYMENTS)
                .on(DEPLOYMENTS.RELEASE_ID.eq(RELEASES.ID))
                .where(DEPLOYMENTS.ID.eq(deploymentId))
                .fetchOptional(row -> release(row.into(RELEASES)));
    }

    /** Newest first. */
    static List<Release> list(DSLContext sql, String workloadId) {
        return sql.selectFrom(RELEASES)
                .where(RELEASES.WORKLOAD_ID.eq(workloadId))
                .orderBy(RELEASES.NUMBER.desc())
                .fetch(ReleaseStore::release);
    }

    /**
     * The images of the last good releases of every workload, of one that failed after them no longer ago than this, and of
     * what serves or is under way.
     */
    static Set<ImageId> imagesWorthKeeping(DSLContext sql, int good, Instant failedSince) {
        var images = new HashSet<ImageId>();
        var seen = new HashMap<String, Integer>();
        var last = new HashSet<String>();
        sql.select(RELEASES.WORKLOAD_ID, RELEASES.GOOD_AT, RELEASES.IMAGE_ID, RELEASES.CREATED_AT)
                .from(RELEASES)
                .orderBy(RELEASES.NUMBER.desc())
                .forEach(row -> {
                    var isLast = last.add(row.value1());
                    var isKept = row.value2() == null
                            ? isLast && row.value4().isAfter(failedSince)
                            : seen.merge(row.value1(), 1, Integer::sum) <= good;
                    if (isKept) images.add(new ImageId(row.value3()));
                });
        sql.select(RELEASES.IMAGE_ID)
                .from(DEPLOYMENTS)
                .join(RELEASES)
                .on(RELEASES.ID.eq(DEPLOYMENTS.RELEASE_ID))
                .where(DEPLOYMENTS
                        .FINISHED_AT
                        .isNull()
                        .or(DEPLOYMENTS.ID.in(select(WORKLOADS.DEPLOYMENT_ID).from(WORKLOADS))))
                .forEach(row -> images.add(new ImageId(row.value1())));
        return images;
    }

    static String sealedVariables(DSLContext sql, Release release) {
        return sql.select(RELEASES.SEALED_VARIABLES)
                .from(RELEASES)
                .where(RELEASES.ID.eq(release.id()))
                .fetchSingle()
                .value1();
    }

    static void noteGood(DSLContext sql, Release release, Instant now) {
        sql.update(RELEASES)
                .set(RELEASES.GOOD_AT, now)
                .where(RELEASES.ID.eq(release.id()), RELEASES.GOOD_AT.isNull())
                .execute();
    }

    static void retire(DSLContext sql, String deploymentId, Instant now) {
        sql.insertInto(RETIREMENTS)
                .set(RETIREMENTS.DEPLOYMENT_ID, deploymentId)
                .set(RETIREMENTS.STATE, "draining")
                .set(RETIREMENTS.STARTED_AT, now)
                .execute();
    }

    static void retired(DSLContext sql, String deploymentId, Instant now) {
        sql.update(RETIREMENTS)
                .set(RETIREMENTS.STATE, "stopped")
                .set(RETIREMENTS.FINISHED_AT, now)
                .where(RETIREMENTS.DEPLOYMENT_ID.eq(deploymentId))
                .execute();
    }

    /** Deployments whose containers still end their last requests, oldest first. */
    static List<Retirement> retiring(DSLContext sql) {
        return sql.select(RETIREMENTS.DEPLOYMENT_ID, DEPLOYMENTS.WORKLOAD_ID, RETIREMENTS.STARTED_AT)
                .from(RETIREMENTS)
                .join(DEPLOYMENTS)
                .on(DEPLOYMENTS.ID.eq(RETIREMENTS.DEPLOYMENT_ID))
                .where(RETIREMENTS.STATE.eq("draining"))
                .orderBy(RETIREMENTS.STARTED_AT)
                .fetch(row -> new Retirement(row.value1(), row.value2(), row.value3()));
    }

    /** How this deployment left, or leaves, after another took over. */
    static Optional<Draining> draining(DSLContext sql, String deploymentId) {
        return sql.select(RETIREMENTS.STARTED_AT, RETIREMENTS.FINISHED_AT)
                .from(RETIREMENTS)
                .where(RETIREMENTS.DEPLOYMENT_ID.eq(deploymentId))
                .fetchOptional(row -> new Draining(row.value1(), row.value2()));
    }

    record Retirement(String deploymentId, String workloadId, Instant since) {}

    private static Release release(ReleasesRecord row) {
        return new Release(
                row.getId(),
                row.getWorkloadId(),
                row.getNumber(),
                new ImageId(row.getImageId()),
                Profile.valueOf(row.getProfile().toUpperCase(Locale.ROOT)),
                row.getCommitSha(),
                row.getPort().intValue(),
                FrozenJson.read(row.getProcesses()),
                row.getCreatedAt(),
                row.getGoodAt() != null);
    }
}
