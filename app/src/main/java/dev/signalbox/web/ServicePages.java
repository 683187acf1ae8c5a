package dev.signalbox.web;

import dev.signalbox.accounts.Permission;
import dev.signalbox.deploys.Crash;
import dev.signalbox.deploys.Deployment;
import dev.signalbox.deploys.Deploys;
import dev.signalbox.deploys.Release;
import dev.signalbox.deploys.Release.ProcessType;
import dev.signalbox.projects.Projects;
import dev.signalbox.projects.Workload;
import dev.signalbox.web.DeploymentRows.Row;
import dev.signalbox.web.Draft.Nothing;
import dev.signalbox.web.Places.ServiceTab;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A service in an environment: which release serves, since when, and how to go back. */
final class ServicePages {
    private static final int NEWEST = 6;

    private final Resources resources;
    private final Projects projects;
    private final Deploys deploys;
    private final Function<Workload, List<String>> urls;
    private final DeploymentRows rows;
    private final CrashCards crashes;
    private final Places places;
    private final Clock clock;

    ServicePages(Resources resources, Features features, Places places, Clock clock) {
        this.resources = resources;
        this.projects = features.projects();
        this.deploys = features.deploys();
        this.urls = features.urls();
        this.rows = new DeploymentRows(features.deploys(), clock);
        this.crashes = new CrashCards(features, clock);
        this.places = places;
        this.clock = clock;
    }

    List<PageRoute<?, ?>> routes() {
        var workload = resources.workload().at(Paths.WORKLOAD);
        return List.of(
                workload.get("", "service.page", "What of a service serves here, and since when.")
                        .needs(Permission.READ_DEPLOYMENTS)
                        .page(this::show),
                workload.get("/live", "service.live", "Says when a service or its deployments have changed.")
                        .needs(Permission.READ_DEPLOYMENTS)
                        .page(call -> new Reply.Live(
                                () -> picture(projects, deploys, call.resource()),
                                call.query("seen").orElse(""))));
    }

    /**
     * The page.
     *
     * @param teach how to deploy for the first time; null when something was deployed
     * @param staged what is not live yet; null when everything is
     * @param notices what of what serves is not well
     * @param redeploy where the form that deploys again is sent; null for who may not
     */
    record ServicePage(
            String path,
            String live,
            String name,
            Lamp lamp,
            List<Address> addresses,
            @Nullable String processes,
            @Nullable Moment since,
            @Nullable Trying trying,
            @Nullable Staged staged,
            List<String> notices,
            @Nullable CrashCard crash,
            @Nullable Teach teach,
            List<Row> rows,
            @Nullable Serving serving,
            String remote,
            @Nullable String redeploy,
            String rollback) {
        /** Whether there is anything to say above all else. */
        public boolean hasNotes() {
            return trying != null || staged != null || !notices.isEmpty();
        }
    }

    /** What is under way. */
    record Trying(String path, Lamp lamp, String text, Ticking ticking, String then, List<Hop> hops) {}

    /**
     * Variables that are not live yet.
     *
     * @param how with what they are deployed; null when something brings them
     * @param deploy where the form that brings them is sent; null when something does, and for who may not
     */
    record Staged(
            String title,
            String names,
            @Nullable String how,
            @Nullable String deploy) {}

    record Teach(String environment, String remote, String push, boolean tried) {}

    /** The release that serves. */
    record Serving(
            String title,
            String path,
            @Nullable String commit,
            @Nullable String branch,
            String switched,
            String image,
            @Nullable String size,
            boolean recipe,
            List<ProcessLine> processes,
            String settings) {}

    record ProcessLine(String name, String text, Lamp lamp) {}

    private record Picture(
            Workload.State state,
            @Nullable String serving,
            @Nullable Instant variables,
            List<String> notices,
            List<Crash> crashes,
            List<Deployment> newest) {}

    /** What the pages about a service show, cheap to find out again and again. */
    static Object picture(Projects projects, Deploys deploys, Workload workload) {
        var now = projects.findWorkload(workload.id()).orElse(workload);
        var serving = now.deploymentId();
        return new Picture(
                now.state(),
                serving,
                now.variablesChangedAt(),
                deploys.notices(now),
                serving == null ? List.of() : deploys.crashes().of(serving),
                deploys.before(now, Long.MAX_VALUE, NEWEST));
    }

    private Reply show(PageCall<Workload, Nothing> call) {
        var workload = call.resource();
        var path = Paths.workload(workload);
        var newest = deploys.before(workload, Long.MAX_VALUE, NEWEST);
        var serving = deploys.serving(workload);
        var release = serving.flatMap(deploys::release);
        var mayDeploy = call.caller().may(Permission.DEPLOY);
        var page = new ServicePage(
                path,
                path + "/live?seen=" + Pings.mark(picture(projects, deploys, workload)),
                workload.service().name().value(),
                lamp(workload, serving),
                addresses(workload, release),
                release.map(ServicePages::counts).orElse(null),
                serving.map(Deployment::finishedAt)
                        .map(at -> Moment.of(at, clock))
                        .orElse(null),
                newest.stream()
                        .filter(deployment -> deployment.finishedAt() == null)
                        .reduce((first, second) -> second)
                        .map(deployment -> trying(workload, deployment, serving))
                        .orElse(null),
                staged(workload, PendingChanges.of(workload, deploys), mayDeploy),
                deploys.notices(workload),
                serving.flatMap(deployment -> crashes.of(workload, deployment, mayDeploy))
                        .orElse(null),
                serving.isPresent() ? null : teach(workload, call.origin(), !newest.isEmpty()),
                rows.of(workload, newest, mayDeploy),
                serving.flatMap(deployment -> release.map(known -> serving(workload, deployment, known)))
                        .orElse(null),
                GitCommands.remote(
                        call.origin(),
                        workload.project().name().value(),
                        workload.service().name().value()),
                mayDeploy && serving.isPresent() ? path + "/deployments/redeploy" : null,
                path + "/deployments/rollback");
        var place = places.service(workload, ServiceTab.OVERVIEW);
        return Reply.view("service", page, place, "head", "notes", "crash", "deployments", "aside");
    }

    private static Lamp lamp(Workload workload, Optional<Deployment> serving) {
        var lamp = Lamp.of(workload.state());
        return serving.map(deployment ->
                        new Lamp(lamp.shape(), lamp.word() + " on #" + deployment.number(), lamp.colour()))
                .orElse(lamp);
    }

    private List<Address> addresses(Workload workload, Optional<Release> release) {
        if (release.isEmpty() || !release.get().isRouted()) return List.of();
        return urls.apply(workload).stream().map(Address::of).toList();
    }

    private static String counts(Release release) {
        return release.running().stream()
                .map(process -> process.replicas() + " \u00d7 " + process.name())
                .collect(Collectors.joining(", "));
    }

    private Trying trying(Workload workload, Deployment deployment, Optional<Deployment> serving) {
        return new Trying(
                Paths.deployment(workload, deployment.number()),
                Lamp.of(deployment.state()),
                "#" + deployment.number() + " " + DeploymentWords.doing(deployment.state()),
                Ticking.since(deployment.queuedAt(), "so far", clock),
                serving.map(old -> standing(workload, old)).orElse("Nothing serves until it has proved itself."),
                Hop.upTo(deployment.state()));
    }

    private static @Nullable Staged staged(Workload workload, PendingChanges pending, boolean mayDeploy) {
        if (pending.isEmpty()) return null;
        var names = pending.names();
        var shown = names.size() <= NEWEST
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, NEWEST)) + " and " + (names.size() - NEWEST) + " more";
        var isWaiting = pending.underWay() == null;
        return new Staged(
                pending.title("variable"),
                shown,
                isWaiting ? pending.how(workload) : null,
                isWaiting && mayDeploy ? Paths.workload(workload) + "/variables/deploy" : null);
    }

    private static Teach teach(Workload workload, String origin, boolean tried) {
        return new Teach(
                workload.environment().name().value(),
                GitCommands.addRemote(
                        origin,
                        workload.project().name().value(),
                        workload.service().name().value()),
                GitCommands.push(workload.environment()),
                tried);
    }

    private static String standing(Workload workload, Deployment old) {
        if (workload.state() == Workload.State.HELD)
            return "Requests wait: it takes the place of #" + old.number() + ".";
        return "#" + old.number()
                + (workload.service().overlap()
                        ? " serves until it has proved itself."
                        : " serves until it stops for the new one.");
    }

    private Serving serving(Workload workload, Deployment deployment, Release release) {
        var size = deploys.imageSize(release);
        var since = deployment.finishedAt();
        return new Serving(
                "Release #" + release.number(),
                Paths.deployment(workload, deployment.number()),
                DeploymentWords.commit(deployment),
                DeploymentWords.branch(deployment),
                since == null ? "" : Moment.of(since, clock).text(),
                release.imageLabel(),
                size.isEmpty() ? null : Math.round(size.getAsLong() / 1e6) + " MB",
                deploys.dockerfile(workload.service(), release).isPresent(),
                release.running().stream()
                        .map(process ->
                                new ProcessLine(process.name(), limits(process, release), Lamp.of(workload.state())))
                        .toList(),
                Paths.workload(workload) + "/settings#processes");
    }

    private static String limits(ProcessType process, Release release) {
        return ProcessWords.size(process.replicas(), process.memoryMegabytes(), process.cpuMillis())
                + (process.isRouted() ? ", port " + release.port() : "");
    }
}
