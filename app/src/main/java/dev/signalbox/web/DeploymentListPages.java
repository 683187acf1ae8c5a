package dev.signalbox.web;

import dev.signalbox.accounts.Permission;
import dev.signalbox.deploys.Asked;
import dev.signalbox.deploys.Deployment;
import dev.signalbox.deploys.Deploys;
import dev.signalbox.deploys.Release;
import dev.signalbox.deploys.Release.ProcessType;
import dev.signalbox.projects.Projects;
import dev.signalbox.projects.Workload;
import dev.signalbox.web.DeploymentRows.Row;
import dev.signalbox.web.Draft.Nothing;
import dev.signalbox.web.Places.ServiceTab;
import dev.signalbox.web.Resources.WorkloadDeployment;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All deployments of a service in an environment, and the forms that ask for another. */
final class DeploymentListPages {
    private static final int MOST = 20;

    private final Resources resources;
    private final Projects projects;
    private final Deploys deploys;
    private final DeploymentRows rows;
    private final Places places;

    DeploymentListPages(Resources resources, Features features, Places places, Clock clock) {
        this.resources = resources;
        this.projects = features.projects();
        this.deploys = features.deploys();
        this.rows = new DeploymentRows(features.deploys(), clock);
        this.places = places;
    }

    List<PageRoute<?, ?>> routes() {
        var workload = resources.workload().at(Paths.WORKLOAD);
        var deployment = resources.workloadDeployment().at(Paths.DEPLOYMENT);
        return List.of(
                workload.get("/deployments", "deployments.page", "Deployments here, newest first.")
                        .needs(Permission.READ_DEPLOYMENTS)
                        .page(call -> list(call, null)),
                workload.post("/deployments/redeploy", "deployments.create", "Deploys again, with the settings of now.")
                        .needs(Permission.DEPLOY)
                        .takes(Redeploy.class)
                        .page(this::redeploy),
                workload.post("/deployments/rollback", "deployments.create", "Goes back to an earlier release.")
                        .needs(Permission.DEPLOY)
                        .takes(Rollback.class)
                        .page(this::rollback),
                deployment
                        .get("/back", "deployment.back.page", "What to think of before going back to a release.")
                        .needs(Permission.DEPLOY)
                        .page(this::ask));
    }

    /** @param deployment the number of the one to try again; empty for what serves */
    record Redeploy(String deployment) {}

    record Rollback(String release) {}

    /**
     * The page.
     *
     * @param push the command, for who has not pushed yet
     */
    record ListPage(
            String path,
            String query,
            String live,
            @Nullable String refusal,
            List<Row> rows,
            @Nullable String newer,
            @Nullable String older,
            String rollback,
            String push) {}

    /**
     * What to think of before going back.
     *
     * @param keeps the number that serves now
     */
    record BackPage(
            String back,
            long number,
            long release,
            String subject,
            @Nullable String keeps,
            List<Prepared> prepared,
            String rollback) {}

    /** A release that was prepared by a command. */
    record Prepared(String number, String command) {}

    private Reply.View list(PageCall<Workload, ?> call, @Nullable String refusal) {
        var workload = call.resource();
        var path = Paths.workload(workload) + "/deployments";
        var shown = shown(workload, call.number("before"), call.number("after"));
        var deployments = shown.deployments();
        var page = new ListPage(
                path,
                shown.query(),
                Paths.workload(workload) + "/live?seen="
                        + Pings.mark(ServicePages.picture(projects, deploys, workload)),
                refusal,
                rows.of(workload, deployments, call.caller().may(Permission.DEPLOY)),
                shown.isNewest()
                        ? null
                        : path + "?after=" + deployments.getFirst().number(),
                shown.isOldest()
                        ? null
                        : path + "?before=" + deployments.getLast().number(),
                path + "/rollback",
                GitCommands.push(workload.environment()));
        return Reply.view("deployments", page, places.service(workload, ServiceTab.DEPLOYMENTS), "deployments");
    }

    private record Shown(List<Deployment> deployments, String query, boolean isNewest, boolean isOldest) {}

    private Shown shown(Workload workload, Optional<Long> olderThan, Optional<Long> newerThan) {
        if (newerThan.isPresent()) {
            var newer = deploys.after(workload, newerThan.get(), MOST + 1);
            // What is not a whole page is the first one.
            if (newer.size() > MOST) {
                return new Shown(newer.subList(0, MOST).reversed(), "?after=" + newerThan.get(), false, false);
            }
        }
        var from = newerThan.isPresent() ? Optional.<Long>empty() : olderThan;
        var older = deploys.before(workload, from.orElse(Long.MAX_VALUE), MOST + 1);
        var isOldest = older.size() <= MOST;
        var isNewest = from.isEmpty() || older.isEmpty();
        return new Shown(
                isOldest ? older : older.subList(0, MOST),
                from.map(number -> "?before=" + number).orElse(""),
                isNewest,
                isOldest);
    }

    private Reply redeploy(PageCall<Workload, Redeploy> call) {
        var workload = call.resource();
        var actor = call.caller().actor();
        var again = call.form().deployment();
        if (again.isEmpty()) return answer(call, deploys.redeploy(workload, actor));
        return Digits.number(again)
                .flatMap(number -> deploys.find(workload.service(), number))
                .filter(found -> found.workloadId().equals(workload.id()))
                .map(found -> answer(call, deploys.retry(workload, found, actor)))
                .orElseGet(() -> list(call, "There is no such deployment here.").refused());
    }

    private Reply rollback(PageCall<Workload, Rollback> call) {
        var actor = call.caller().actor();
        return Digits.number(call.form().release())
                .map(release -> answer(call, deploys.rollback(call.resource(), release, actor)))
                .orElseGet(() -> list(call, "Say the number of the release to go back to.")
                        .refused());
    }

    /** Goes to the new deployment; or says on the list why there is none. */
    private Reply answer(PageCall<Workload, ?> call, Asked asked) {
        var workload = call.resource();
        if (asked instanceof Asked.Queued(var deployment)) {
            call.note("deployment " + deployment.number());
            return Reply.go(Paths.deployment(workload, deployment.number()));
        }
        // What is not there is the release; the page is.
        if (asked instanceof Asked.NoSuchRelease)
            return list(call, "There is no such release here.").refused();
        var problem = DeploymentProblems.of(workload, asked).orElseThrow();
        return list(call, problem.message()).status(problem.status());
    }

    private Reply ask(PageCall<WorkloadDeployment, Nothing> call) {
        var workload = call.resource().workload();
        var deployment = call.resource().deployment();
        var back = rows.back(workload, deployment)
                .orElseThrow(() -> new Refusal(Problem.conflict(
                        "release_unavailable",
                        "There is no way back to #" + deployment.number()
                                + ": it serves already, was never good, or its image is gone.")));
        var path = Paths.workload(workload) + "/deployments";
        var page = new BackPage(
                Paths.deployment(workload, deployment.number()),
                deployment.number(),
                back.release(),
                DeploymentWords.subject(deployment),
                deploys.serving(workload).map(serving -> "#" + serving.number()).orElse(null),
                prepared(workload, back.release()),
                path + "/rollback");
        var title = "Back to #" + deployment.number();
        return Reply.view(
                "deployment-back",
                page,
                places.below(
                        workload,
                        ServiceTab.DEPLOYMENTS,
                        title,
                        Paths.deployment(workload, deployment.number()) + "/back"));
    }

    private List<Prepared> prepared(Workload workload, long number) {
        var releases = deploys.releases(workload);
        var target =
                releases.stream().filter(release -> release.number() == number).findFirst();
        return target.stream()
                .flatMap(release -> DeploymentRows.prepared(release, releases).stream())
                .collect(Collectors.toMap(
                        DeploymentListPages::command, later -> "#" + later.number(), (a, b) -> b + ", " + a))
                .entrySet()
                .stream()
                .map(entry -> new Prepared(entry.getValue(), entry.getKey()))
                .toList();
    }

    private static String command(Release release) {
        return release.preparation().map(ProcessType::command).orElse("");
    }
}
