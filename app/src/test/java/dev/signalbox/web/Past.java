package dev.signalbox.web;

import static dev.signalbox.db.schema.tables.Deployments.DEPLOYMENTS;
import static dev.signalbox.db.schema.tables.Releases.RELEASES;
import static dev.signalbox.db.schema.tables.Workloads.WORKLOADS;

import dev.signalbox.deploys.State;
import dev.signalbox.projects.Workload;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes down deployments that have been, as if they had. */
final class Past {
    private static final Set<State> ENDS =
            Set.of(State.LIVE, State.FAILED, State.CANCELLED, State.SUPERSEDED, State.SKIPPED);

    private final World world;

    Past(World world) {
        this.world = world;
    }

    /** One whose release serves from then on. */
    Past live(Workload workload, long number, String subject, Duration ago) {
        return live(workload, number, subject, ago, "web");
    }

    Past live(Workload workload, long number, String subject, Duration ago, String process) {
        var release = world.ids.next("rel");
        var id = insert(workload, number, State.LIVE, subject, ago, null);
        var at = world.clock.instant().minus(ago);
        world.db.change(sql -> {
            sql.insertInto(RELEASES)
                    .set(RELEASES.ID, release)
                    .set(RELEASES.WORKLOAD_ID, workload.id())
                    .set(RELEASES.NUMBER, number)
                    .set(RELEASES.IMAGE_ID, "sha256:" + "0".repeat(64))
                    .set(RELEASES.PROFILE, "recipe")
                    .set(RELEASES.PORT, 8080L)
                    .set(RELEASES.SEALED_VARIABLES, "")
                    .set(RELEASES.PROCESSES, "[{\"name\":\"" + process + "\",\"replicas\":1,\"memoryMegabytes\":512}]")
                    .set(RELEASES.CREATED_AT, at)
                    .set(RELEASES.GOOD_AT, at)
                    .execute();
            sql.update(DEPLOYMENTS)
                    .set(DEPLOYMENTS.RELEASE_ID, release)
                    .where(DEPLOYMENTS.ID.eq(id))
                    .execute();
            sql.update(WORKLOADS)
                    .set(WORKLOADS.DEPLOYMENT_ID, id)
                    .set(WORKLOADS.STATE, "live")
                    .where(WORKLOADS.ID.eq(workload.id()))
                    .execute();
        });
        return this;
    }

    Past deployment(Workload workload, long number, State state, String subject, Duration ago) {
        insert(workload, number, state, subject, ago, null);
        return this;
    }

    Past failed(Workload workload, long number, String subject, String reason, Duration ago) {
        insert(workload, number, State.FAILED, subject, ago, reason);
        return this;
    }

    /** What serves has fallen. */
    Past state(Workload workload, Workload.State state) {
        world.db.change(sql -> sql.update(WORKLOADS)
                .set(WORKLOADS.STATE, state.word())
                .where(WORKLOADS.ID.eq(workload.id()))
                .execute());
        return this;
    }

    private String insert(
            Workload workload, long number, State state, String subject, Duration ago, @Nullable String reason) {
        var id = world.ids.next("dep");
        var at = world.clock.instant().minus(ago);
        world.db.change(sql -> sql.insertInto(DEPLOYMENTS)
                .set(DEPLOYMENTS.ID, id)
                .set(DEPLOYMENTS.SERVICE_ID, workload.service().id())
                .set(DEPLOYMENTS.WORKLOAD_ID, workload.id())
                .set(DEPLOYMENTS.NUMBER, number)
                .set(DEPLOYMENTS.CAUSE, "push")
                .set(DEPLOYMENTS.STATE, state.word())
                .set(DEPLOYMENTS.REASON, reason)
                .set(DEPLOYMENTS.COMMIT_SHA, "c".repeat(40))
                .set(DEPLOYMENTS.SUBJECT, subject)
                .set(DEPLOYMENTS.ACTOR, "Jonas Okafor")
                .set(DEPLOYMENTS.QUEUED_AT, at)
                .set(DEPLOYMENTS.FINISHED_AT, ENDS.contains(state) ? at : null)
                .execute());
        return id;
    }
}
