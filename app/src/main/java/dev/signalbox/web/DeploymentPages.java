package dev.signalbox.web;

import dev.signalbox.accounts.Permission;
import dev.signalbox.deploys.Changes;
import dev.signalbox.deploys.Deployment;
import dev.signalbox.deploys.Deploys;
import dev.signalbox.deploys.Draining;
import dev.signalbox.deploys.State;
import dev.signalbox.deploys.Step;
import dev.signalbox.deploys.SwitchScore;
import dev.signalbox.logs.DeploymentLog.Entry;
import dev.signalbox.logs.Logs;
import dev.signalbox.projects.Workload;
import dev.signalbox.web.Draft.Nothing;
import dev.signalbox.web.Places.ServiceTab;
import dev.signalbox.web.Resources.WorkloadDeployment;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One deployment: where is it, who serves meanwhile, how did it end and why. */
final class DeploymentPages {
    private static final int LAST_LINES = 50;
    private static final Set<String> WITHOUT_LOG = Set.of("head", "outcome", "steps", "changes");

    private final Resources resources;
    private final Deploys deploys;
    private final Logs logs;
    private final Function<Workload, List<String>> urls;
    private final DeploymentRows rows;
    private final Places places;
    private final Clock clock;

    DeploymentPages(Resources resources, Features features, Places places, Clock clock) {
        this.resources = resources;
        this.deploys = features.deploys();
        this.logs = features.logs();
        this.urls = features.urls();
        this.rows = new DeploymentRows(features.deploys(), clock);
        this.places = places;
        this.clock = clock;
    }

    List<PageRoute<?, ?>> routes() {
        var deployment = resources.workloadDeployment().at(Paths.DEPLOYMENT);
        return List.of(
                deployment
                        .get("", "deployment.page", "A deployment with its steps and its log.")
                        .needs(Permission.READ_DEPLOYMENTS)
                        .page(call -> show(call.resource(), call, null)),
                deployment
                        .get(
                                "/live",
                                "deployment.live",
                                "Says when a deployment has gone on, and gives new lines of its log.")
                        .needs(Permission.READ_LOGS)
                        .page(this::listen),
                deployment
                        .post("/cancel", "deployments.cancel", "Ends a deployment that is queued or under way.")
                        .needs(Permission.DEPLOY)
                        .page(this::cancel));
    }

    /**
     * The page.
     *
     * @param live where it listens; null when nothing changes any more
     * @param refusal why what was just asked for is not to be had
     */
    record DeploymentPage(
            String path,
            @Nullable String live,
            @Nullable String refusal,
            String variables,
            DeploymentHead head,
            @Nullable DeploymentOutcome outcome,
            StepList steps,
            DeploymentLogPanel log,
            ChangeList changes,
            @Nullable Recipe recipe) {
        public boolean isBad() {
            return outcome != null && outcome.isCard();
        }
    }

    record Recipe(String title, String text, String lines) {}

    /** What a page about a deployment shows, cheap to find out again and again. */
    private record Picture(
            @Nullable Deployment deployment,
            List<Step> steps,
            @Nullable Draining draining,
            @Nullable SwitchScore score,
            @Nullable String serving) {}

    private Picture picture(Workload workload, String id) {
        var now = deploys.find(id);
        if (now.isEmpty()) return new Picture(null, List.of(), null, null, null);
        var facts = DeploymentFacts.of(workload, now.get(), deploys);
        return new Picture(
                now.get(),
                facts.steps(),
                facts.draining(),
                facts.score(),
                facts.serving() == null ? null : facts.serving().id());
    }

    private Reply.View show(WorkloadDeployment found, PageCall<WorkloadDeployment, ?> call, @Nullable String refusal) {
        var workload = found.workload();
        var facts = DeploymentFacts.of(workload, found.deployment(), deploys);
        var path = Paths.deployment(workload, facts.number());
        var find = call.query("find").map(String::strip).orElse("");
        var whole = call.query("log").filter("whole"::equals).isPresent();
        var entries =
                needsLog(facts, call) ? logs.deployment(facts.deployment().id()).read() : List.<Entry>of();
        var log = DeploymentLogPanel.of(facts, entries, path, find, whole);
        var changes = facts.changes(deploys);
        var mayDeploy = call.caller().may(Permission.DEPLOY);
        var page = new DeploymentPage(
                path,
                facts.isSettled() ? null : live(path, workload, facts, log),
                refusal,
                Paths.workload(workload) + "/variables",
                DeploymentHead.of(facts, path, mayDeploy, rows, clock),
                outcome(facts, changes, entries),
                StepList.of(facts, deploys.settings(), clock),
                log,
                ChangeList.of(facts, changes),
                recipe(facts));
        var place = places.below(workload, ServiceTab.DEPLOYMENTS, "#" + facts.number(), path);
        return Reply.view("deployment", page, place, "head", "outcome", "steps", "changes", "log-end");
    }

    /** Parts of the page that are asked for again and again show nothing of it, but for why a deployment failed. */
    private static boolean needsLog(DeploymentFacts facts, PageCall<?, ?> call) {
        return facts.deployment().state() == State.FAILED
                || call.fragment().filter(WITHOUT_LOG::contains).isEmpty();
    }

    private String live(String path, Workload workload, DeploymentFacts facts, DeploymentLogPanel log) {
        var seen = Pings.mark(picture(workload, facts.deployment().id()));
        var after = log.follows() ? log.last() : Digits.LARGEST;
        return path + "/live?seen=" + seen + "&after=" + after;
    }

    private Reply listen(PageCall<WorkloadDeployment, Nothing> call) {
        var workload = call.resource().workload();
        var deployment = call.resource().deployment();
        var after = call.lastEvent().or(() -> call.number("after")).orElse(0L);
        return new Reply.Stream(new DeploymentStream(
                logs.deployment(deployment.id()),
                after,
                () -> picture(workload, deployment.id()),
                call.query("seen").orElse(""),
                () -> isSettled(workload, deployment.id()),
                new LogReading(deployment.state() == State.RELEASING ? "release" : "build")));
    }

    private boolean isSettled(Workload workload, String id) {
        return deploys.find(id)
                .map(now -> DeploymentFacts.of(workload, now, deploys).isSettled())
                .orElse(true);
    }

    private Reply cancel(PageCall<WorkloadDeployment, Nothing> call) {
        var workload = call.resource().workload();
        var deployment = call.resource().deployment();
        var problem = DeploymentProblems.of(
                deployment, deploys.cancel(deployment, call.caller().actor()));
        if (problem.isPresent()) {
            var now = new WorkloadDeployment(
                    workload, deploys.find(deployment.id()).orElse(deployment));
            return show(now, call, problem.get().message()).status(problem.get().status());
        }
        return new Reply.Go(Paths.deployment(workload, deployment.number()), "It ends within moments.");
    }

    private @Nullable DeploymentOutcome outcome(DeploymentFacts facts, Changes changes, List<Entry> log) {
        var lastLines = log.subList(Math.max(0, log.size() - LAST_LINES), log.size()).stream()
                .filter(entry -> !entry.ours())
                .map(entry -> TextPiece.plain(entry.text()))
                .toList();
        return DeploymentOutcome.of(facts, urls.apply(facts.workload()), changes, lastLines, clock)
                .orElse(null);
    }

    private @Nullable Recipe recipe(DeploymentFacts facts) {
        var release = facts.release();
        if (release == null) return null;
        return deploys.dockerfile(facts.workload().service(), release)
                .map(text -> new Recipe(
                        release.isFromRecipe() ? "Generated Dockerfile" : "Dockerfile of the repository",
                        text,
                        Sizes.count(text.lines().count(), "line")))
                .orElse(null);
    }
}
