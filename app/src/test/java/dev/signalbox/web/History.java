package dev.signalbox.web;

import static dev.signalbox.db.schema.tables.BuiltImages.BUILT_IMAGES;
import static dev.signalbox.db.schema.tables.Crashes.CRASHES;
import static dev.signalbox.db.schema.tables.DeploymentSteps.DEPLOYMENT_STEPS;
import static dev.signalbox.db.schema.tables.Deployments.DEPLOYMENTS;
import static dev.signalbox.db.schema.tables.Releases.RELEASES;
import static dev.signalbox.db.schema.tables.Retirements.RETIREMENTS;
import static dev.signalbox.db.schema.tables.SwitchScores.SWITCH_SCORES;
import static dev.signalbox.db.schema.tables.Workloads.WORKLOADS;
import static org.jooq.impl.DSL.select;

import dev.signalbox.deploys.State;
import dev.signalbox.logs.DeploymentLog;
import dev.signalbox.projects.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes down deployments that never ran, so that pages have something to show. */
final class History {
    static final String SHA = "4be81d0".repeat(5) + "4be81";
    static final String WEB = process("web", "null", 1);

    private final World world;
    private final Workload workload;

    History(World world, Workload workload) {
        this.world = world;
        this.workload = workload;
    }

    static String process(String name, String command, int replicas) {
        return "{\"name\":\"" + name + "\",\"command\":" + (command.equals("null") ? command : '"' + command + '"')
                + ",\"replicas\":" + replicas + ",\"memoryMegabytes\":512,\"cpuMillis\":null}";
    }

    /** A deployment that waits, asked for so long ago. */
    String queued(long number, String subject, Duration ago) {
        var id = world.ids.next("dep");
        world.db.change(sql -> sql.insertInto(DEPLOYMENTS)
                .set(DEPLOYMENTS.ID, id)
                .set(DEPLOYMENTS.SERVICE_ID, workload.service().id())
                .set(DEPLOYMENTS.WORKLOAD_ID, workload.id())
                .set(DEPLOYMENTS.NUMBER, number)
                .set(DEPLOYMENTS.CAUSE, "push")
                .set(DEPLOYMENTS.STATE, "queued")
                .set(DEPLOYMENTS.REF, "refs/heads/main")
                .set(DEPLOYMENTS.COMMIT_SHA, SHA)
                .set(DEPLOYMENTS.SUBJECT, subject)
                .set(DEPLOYMENTS.ACTOR, "Jonas Okafor")
                .set(DEPLOYMENTS.QUEUED_AT, now().minus(ago))
                .execute());
        return id;
    }

    /** One that came to this state at once, so long ago. */
    String deployment(long number, State state, String subject, Duration ago) {
        var id = queued(number, subject, ago);
        if (state != State.QUEUED) begin(id, state.word(), now().minus(ago));
        return id;
    }

    /** Somebody goes back to this release, and has to wait. */
    void rollback(long number, long release) {
        var id = queued(number, "Back", Duration.ofSeconds(1));
        world.db.change(sql -> sql.update(DEPLOYMENTS)
                .set(DEPLOYMENTS.CAUSE, "rollback")
                .set(
                        DEPLOYMENTS.RELEASE_ID,
                        select(RELEASES.ID)
                                .from(RELEASES)
                                .where(RELEASES.WORKLOAD_ID.eq(workload.id()), RELEASES.NUMBER.eq(release)))
                .where(DEPLOYMENTS.ID.eq(id))
                .execute());
    }

    /** One that failed at once, so long ago. */
    void failed(long number, String subject, String reason, Duration ago) {
        end(queued(number, subject, ago), "failed", reason, now().minus(ago));
    }

    /** What serves is like this now. */
    void state(Workload.State state) {
        world.db.change(sql -> sql.update(WORKLOADS)
                .set(WORKLOADS.STATE, state.word())
                .where(WORKLOADS.ID.eq(workload.id()))
                .execute());
    }

    /** One that is in this step now, after so many seconds in each of those before. */
    String underWay(long number, String subject, String state, double... seconds) {
        var all = List.of("building", "releasing", "starting", "checking", "routing", "settling");
        var total = 0.2;
        for (var second : seconds) total += second;
        var id = queued(number, subject, millis(total));
        var at = now().minus(millis(total - 0.2));
        begin(id, state, at);
        for (int i = 0; i < all.size(); i++) {
            if (i >= seconds.length || all.get(i).equals(state)) break;
            if (seconds[i] > 0) step(id, i + 1, all.get(i), "done", at, at.plus(millis(seconds[i])));
            at = at.plus(millis(seconds[i]));
        }
        step(id, 7, state, "running", at, null);
        return id;
    }

    /** What served has stopped so that this one could start. */
    void held(String id) {
        step(id, 0, "holding", "done", now(), now());
    }

    /** One that became live so long ago and served, or serves. */
    String live(long number, String subject, Duration ago) {
        return live(number, subject, ago, Duration.ofSeconds(5));
    }

    String live(long number, String subject, Duration ago, Duration took) {
        return live(number, subject, ago, took, Map.of(), WEB);
    }

    String live(
            long number,
            String subject,
            Duration ago,
            Duration took,
            Map<String, String> variables,
            String... processes) {
        var id = queued(number, subject, ago.plus(took));
        release(id, number, variables, processes);
        begin(id, "building", now().minus(ago.plus(took)).plusMillis(200));
        step(
                id,
                1,
                "building",
                "done",
                now().minus(ago.plus(took)),
                now().minus(ago).minusSeconds(5));
        step(
                id,
                2,
                "starting",
                "done",
                now().minus(ago).minusSeconds(5),
                now().minus(ago).minusSeconds(4));
        step(
                id,
                3,
                "checking",
                "done",
                now().minus(ago).minusSeconds(4),
                now().minus(ago).minusSeconds(3));
        step(
                id,
                4,
                "routing",
                "done",
                now().minus(ago).minusSeconds(3),
                now().minus(ago).minusSeconds(2));
        step(id, 5, "settling", "done", now().minus(ago).minusSeconds(2), now().minus(ago));
        end(id, "live", null, now().minus(ago));
        world.db.change(sql -> {
            sql.update(RELEASES)
                    .set(RELEASES.GOOD_AT, now().minus(ago))
                    .where(RELEASES.WORKLOAD_ID.eq(workload.id()), RELEASES.NUMBER.eq(number))
                    .execute();
            sql.update(WORKLOADS)
                    .set(WORKLOADS.STATE, "live")
                    .set(WORKLOADS.DEPLOYMENT_ID, id)
                    .where(WORKLOADS.ID.eq(workload.id()))
                    .execute();
        });
        return id;
    }

    /** The deployment failed in this step, for this reason. */
    void fail(String id, String step, String reason) {
        fail(id, step, reason, "other", null);
    }

    /** The same, because a process ended. */
    void fail(String id, String step, String reason, long exitCode) {
        fail(id, step, reason, "ended", exitCode);
    }

    /** The same, because the app listens where nobody asks. */
    void failOnPort(String id, String step, String reason) {
        fail(id, step, reason, "wrong-port", null);
    }

    private void fail(String id, String step, String reason, String failure, @Nullable Long exitCode) {
        world.db.change(sql -> sql.update(DEPLOYMENT_STEPS)
                .set(DEPLOYMENT_STEPS.STATE, "failed")
                .set(DEPLOYMENT_STEPS.FINISHED_AT, now())
                .where(DEPLOYMENT_STEPS.DEPLOYMENT_ID.eq(id), DEPLOYMENT_STEPS.NAME.eq(step))
                .execute());
        end(id, "failed", reason, now());
        world.db.change(sql -> sql.update(DEPLOYMENTS)
                .set(DEPLOYMENTS.FAILURE, failure)
                .set(DEPLOYMENTS.EXIT_CODE, exitCode)
                .where(DEPLOYMENTS.ID.eq(id))
                .execute());
    }

    void end(String id, String state, @Nullable String reason, Instant at) {
        world.db.change(sql -> sql.update(DEPLOYMENTS)
                .set(DEPLOYMENTS.STATE, state)
                .set(DEPLOYMENTS.REASON, reason)
                .set(DEPLOYMENTS.FINISHED_AT, at)
                .where(DEPLOYMENTS.ID.eq(id))
                .execute());
    }

    void begin(String id, String state, Instant at) {
        world.db.change(sql -> sql.update(DEPLOYMENTS)
                .set(DEPLOYMENTS.STATE, state)
                .set(DEPLOYMENTS.STARTED_AT, at)
                .where(DEPLOYMENTS.ID.eq(id))
                .execute());
    }

    void step(String id, long position, String name, String state, Instant from, @Nullable Instant to) {
        world.db.change(sql -> sql.insertInto(DEPLOYMENT_STEPS)
                .set(DEPLOYMENT_STEPS.DEPLOYMENT_ID, id)
                .set(DEPLOYMENT_STEPS.POSITION, position)
                .set(DEPLOYMENT_STEPS.NAME, name)
                .set(DEPLOYMENT_STEPS.STATE, state)
                .set(DEPLOYMENT_STEPS.STARTED_AT, from)
                .set(DEPLOYMENT_STEPS.FINISHED_AT, to)
                .execute());
    }

    /** Gives the deployment a release of its own, with a Dockerfile. */
    void release(String id, long number, Map<String, String> variables, String... processes) {
        world.release(workload, number, variables, "[" + String.join(",", processes) + "]");
        world.db.change(sql -> {
            sql.update(RELEASES)
                    .set(RELEASES.GOOD_AT, (Instant) null)
                    .where(RELEASES.WORKLOAD_ID.eq(workload.id()), RELEASES.NUMBER.eq(number))
                    .execute();
            var release = sql.selectFrom(RELEASES)
                    .where(RELEASES.WORKLOAD_ID.eq(workload.id()), RELEASES.NUMBER.eq(number))
                    .fetchSingle();
            sql.update(DEPLOYMENTS)
                    .set(DEPLOYMENTS.RELEASE_ID, release.getId())
                    .where(DEPLOYMENTS.ID.eq(id))
                    .execute();
            sql.insertInto(BUILT_IMAGES)
                    .set(BUILT_IMAGES.SERVICE_ID, workload.service().id())
                    .set(BUILT_IMAGES.FINGERPRINT, "tree " + number)
                    .set(BUILT_IMAGES.IMAGE_ID, release.getImageId())
                    .set(BUILT_IMAGES.PROFILE, "recipe")
                    .set(BUILT_IMAGES.PROCESSES, "[]")
                    .set(BUILT_IMAGES.DOCKERFILE, "FROM node:22-bookworm-slim\nCOPY . .\n")
                    .set(BUILT_IMAGES.BUILT_AT, now())
                    .execute();
        });
    }

    /** What its switch cost, which began so long ago and took two seconds; the failures in milliseconds, by commas. */
    void score(String id, Duration ago, long asked, long failed, String failures) {
        measuring(id, ago);
        world.db.change(sql -> sql.update(SWITCH_SCORES)
                .set(SWITCH_SCORES.ENDED_AT, now().minus(ago).plusSeconds(2))
                .set(SWITCH_SCORES.ASKED, asked)
                .set(SWITCH_SCORES.FAILED, failed)
                .set(SWITCH_SCORES.SLOWEST_MS, 38L)
                .set(SWITCH_SCORES.FAILURES, failures)
                .where(SWITCH_SCORES.DEPLOYMENT_ID.eq(id))
                .execute());
    }

    /** Its switch was not measured to the end. */
    void measuring(String id, Duration ago) {
        world.db.change(sql -> sql.insertInto(SWITCH_SCORES)
                .set(SWITCH_SCORES.DEPLOYMENT_ID, id)
                .set(SWITCH_SCORES.BEGAN_AT, now().minus(ago))
                .execute());
    }

    /** What serves ended so long ago. */
    void crash(String id, String sentence, Duration ago) {
        world.db.change(sql -> sql.insertInto(CRASHES)
                .set(CRASHES.DEPLOYMENT_ID, id)
                .set(CRASHES.PROCESS, "web.1")
                .set(CRASHES.SENTENCE, sentence)
                .set(CRASHES.FAILURE, "ended")
                .set(CRASHES.EXIT_CODE, 7L)
                .set(CRASHES.FELL_AT, now().minus(ago))
                .execute());
    }

    /** The deployment was replaced so long ago and ends its last requests, or has stopped. */
    void drain(String id, Duration ago, @Nullable Duration took) {
        world.db.change(sql -> sql.insertInto(RETIREMENTS)
                .set(RETIREMENTS.DEPLOYMENT_ID, id)
                .set(RETIREMENTS.STATE, took == null ? "draining" : "stopped")
                .set(RETIREMENTS.STARTED_AT, now().minus(ago))
                .set(
                        RETIREMENTS.FINISHED_AT,
                        took == null ? null : now().minus(ago).plus(took))
                .execute());
    }

    DeploymentLog log(String id) {
        return world.features.logs().deployment(id);
    }

    private Instant now() {
        return world.clock.instant();
    }

    private static Duration millis(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
