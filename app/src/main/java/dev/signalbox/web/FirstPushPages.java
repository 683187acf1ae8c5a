package dev.signalbox.web;

import dev.signalbox.accounts.Accounts;
import dev.signalbox.accounts.Permission;
import dev.signalbox.accounts.TeamScope;
import dev.signalbox.deploys.Deploys;
import dev.signalbox.projects.Creation;
import dev.signalbox.projects.Environment;
import dev.signalbox.projects.Name;
import dev.signalbox.projects.Project;
import dev.signalbox.projects.Projects;
import dev.signalbox.projects.Workload;
import dev.signalbox.web.Draft.Nothing;
import dev.signalbox.web.Places.ServiceTab;
import dev.signalbox.web.Places.TeamTab;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where people learn the first push, of a new project or of a service; the page goes on by itself when it comes. */
final class FirstPushPages {
    private static final String NEW = Paths.PROJECTS + "/new";
    /** Not below the list, where every word may be a project. */
    private static final String NEW_LIVE = "/live/projects/new";

    private static final String PUSH = "/push";
    private static final String EXAMPLE_PROJECT = "my-app";
    private static final String EXAMPLE_SERVICE = "web";

    private final Resources resources;
    private final Accounts accounts;
    private final Projects projects;
    private final Deploys deploys;
    private final Addresses addresses;
    private final Places places;
    private final Clock clock;

    FirstPushPages(Resources resources, Features features, Places places, Clock clock) {
        this.resources = resources;
        this.accounts = features.accounts();
        this.projects = features.projects();
        this.deploys = features.deploys();
        this.addresses = features.addresses();
        this.places = places;
        this.clock = clock;
    }

    List<PageRoute<?, ?>> routes() {
        var team = resources.team();
        var workload = resources.workload().at(Paths.WORKLOAD + PUSH);
        return List.of(
                team.at(NEW)
                        .get("", "projects.new", "How a new project begins.")
                        .needs(Permission.READ_PROJECTS)
                        .page(this::show),
                team.at(NEW)
                        .post("", "tokens.create", "Makes a token that pushes.")
                        .needs(Permission.CREATE_PROJECTS)
                        .takes(TokenForm.class)
                        .page(this::makeToken)
                        .afterPassword(),
                team.at(NEW_LIVE)
                        .get("", "projects.new.live", "Says when a new project has come.")
                        .needs(Permission.READ_PROJECTS)
                        .page(this::live),
                team.at(Paths.PROJECTS)
                        .post("", "projects.create", "Makes an empty project.")
                        .needs(Permission.CREATE_PROJECTS)
                        .takes(NewProjectForm.class)
                        .page(this::create),
                workload.get("", "services.push", "How this service is pushed for the first time.")
                        .needs(Permission.READ_PROJECTS)
                        .page(this::showService),
                workload.post("", "tokens.create", "Makes a token that pushes.")
                        .needs(Permission.CREATE_PROJECTS)
                        .takes(TokenForm.class)
                        .page(this::makeServiceToken)
                        .afterPassword(),
                workload.get("/live", "services.push.live", "Says when a deployment has come.")
                        .needs(Permission.READ_PROJECTS)
                        .page(this::serviceLive));
    }

    record TokenForm(String before) {}

    record NewProjectForm(String name) {}

    /**
     * The page.
     *
     * @param path where its form for a token is sent
     * @param name what was typed for an empty project; null where none can be made
     * @param problem what is wrong with it; null when nothing is
     */
    record FirstPushPage(
            String heading,
            String lead,
            FirstPush steps,
            String path,
            @Nullable String name,
            @Nullable String problem) {}

    // A new project ---------------------------------------------------------------------------------------------------

    /**
     * In place of a list with nothing in it.
     *
     * @param before a moment before it was seen to be empty: what comes later is waited for
     */
    Reply invite(PageCall<TeamScope, Nothing> call, Instant before) {
        return page(call, before, null, "", null);
    }

    private Reply show(PageCall<TeamScope, Nothing> call) {
        var before = instant(call.query("before").orElse(""));
        var arrived = arrived(call.resource(), before);
        if (arrived.isPresent()) return Reply.go(Paths.project(arrived.get()));
        return page(call, before, null, "", null);
    }

    private Reply makeToken(PageCall<TeamScope, TokenForm> call) {
        var token = FirstPush.makeToken(accounts, call.session(), clock.instant());
        return page(call, instant(call.form().before()), token, "", null);
    }

    private Reply create(PageCall<TeamScope, NewProjectForm> call) {
        var typed = call.form().name().strip();
        var name = Name.parse(typed);
        if (name.isEmpty())
            return page(call, clock.instant(), null, typed, Name.RULE).refused();
        call.note(name.get().value());
        return switch (projects.createProject(call.resource(), name.get())) {
            case Creation.Done<Project>(var project) -> Reply.go(Paths.project(project));
            case Creation.NameTaken<Project>(var taken) ->
                page(
                                call,
                                clock.instant(),
                                null,
                                typed,
                                ProjectsApi.taken(taken, "a project").message())
                        .refused();
            case Creation.BranchTaken<Project> _ -> throw new IllegalStateException("a project has no branch");
        };
    }

    private Reply live(PageCall<TeamScope, Nothing> call) {
        var team = call.resource();
        var before = instant(call.query("before").orElse(""));
        return new Reply.Live(() -> newcomers(team, before), Pings.mark(List.of()));
    }

    /**
     * A project that came while one waited. All of it is what the stream looks at: of one that is pushed there is nothing
     * at first, then a service without a deployment, and whoever asks at that moment must hear of the next.
     */
    private record Newcomer(Project project, boolean hasServices, boolean isDeployed) {
        /** It was pushed, or made by hand. */
        boolean hasArrived() {
            return isDeployed || !hasServices;
        }
    }

    private List<Newcomer> newcomers(TeamScope team, Instant before) {
        return projects.list(team).stream()
                .filter(project -> !project.createdAt().isBefore(before))
                .map(project -> {
                    var workloads = projects.workloads(project);
                    return new Newcomer(
                            project,
                            !workloads.isEmpty(),
                            !deploys.recent(workloads, 1).isEmpty());
                })
                .toList();
    }

    private Optional<Project> arrived(TeamScope team, Instant before) {
        return newcomers(team, before).stream()
                .filter(Newcomer::hasArrived)
                .map(Newcomer::project)
                .findFirst();
    }

    private Reply.View page(
            PageCall<TeamScope, ?> call,
            Instant before,
            FirstPush.@Nullable Token token,
            String typed,
            @Nullable String problem) {
        var isFirst = projects.list(call.resource()).isEmpty();
        var mayCreate = call.caller().may(Permission.CREATE_PROJECTS);
        var since = "?before=" + before.toEpochMilli();
        var steps = new FirstPush(
                "cd " + EXAMPLE_PROJECT,
                GitCommands.addRemote(call.origin(), EXAMPLE_PROJECT, EXAMPLE_SERVICE),
                GitCommands.push(Environment.FIRST.getFirst()),
                EXAMPLE_PROJECT + " is the project, " + EXAMPLE_SERVICE
                        + " the service. Both are made by the push; take other names if you like.",
                FirstPush.PRINTED,
                addresses.ofLabel().apply(EXAMPLE_SERVICE + "-" + EXAMPLE_PROJECT),
                mayCreate,
                call.session().person().email(),
                token,
                before.toEpochMilli(),
                NEW + since,
                NEW_LIVE + since);
        var page = new FirstPushPage(
                isFirst ? "Put your first app on this machine" : "New project",
                "Push a repository. We find out how to build it, give it an address and tell you when it is live.",
                steps,
                NEW,
                mayCreate ? typed : null,
                problem);
        var place = isFirst ? places.team(TeamTab.PROJECTS, call.caller()) : places.team("New project", NEW);
        return Reply.view("first-push", page, place, "waiting");
    }

    // A service -------------------------------------------------------------------------------------------------------

    private Reply showService(PageCall<Workload, Nothing> call) {
        var workload = call.resource();
        var before = instant(call.query("before").orElse(""));
        var arrived =
                deploys.newest(workload).filter(newest -> !newest.queuedAt().isBefore(before));
        if (arrived.isPresent())
            return Reply.go(Paths.deployment(workload, arrived.get().number()));
        return page(call, before, null);
    }

    private Reply makeServiceToken(PageCall<Workload, TokenForm> call) {
        var token = FirstPush.makeToken(accounts, call.session(), call.resource(), clock.instant());
        return page(call, instant(call.form().before()), token);
    }

    private Reply serviceLive(PageCall<Workload, Nothing> call) {
        var workload = call.resource();
        var before = instant(call.query("before").orElse(""));
        return new Reply.Live(
                () -> deploys.newest(workload)
                        .filter(newest -> !newest.queuedAt().isBefore(before))
                        .map(newest -> newest.id())
                        .orElse(""),
                Pings.mark(""));
    }

    private Reply.View page(PageCall<Workload, ?> call, Instant before, FirstPush.@Nullable Token token) {
        var workload = call.resource();
        var project = workload.project().name().value();
        var service = workload.service().name().value();
        var path = Paths.workload(workload) + PUSH;
        var since = "?before=" + before.toEpochMilli();
        var steps = new FirstPush(
                null,
                GitCommands.addRemote(call.origin(), project, service),
                GitCommands.push(workload.environment()),
                "A clone has one remote for each service that is made from it: name it as you like.",
                FirstPush.PRINTED,
                Objects.requireNonNull(
                                addresses.ofAll().apply(List.of(workload)).get(workload.id()))
                        .getFirst(),
                call.caller().may(Permission.DEPLOY),
                call.session().person().email(),
                token,
                before.toEpochMilli(),
                path + since,
                path + "/live" + since);
        var page = new FirstPushPage(
                "Push " + service + " to " + workload.environment().name(),
                "It is made and waits for its first push.",
                steps,
                path,
                null,
                null);
        return Reply.view(
                "first-push", page, places.below(workload, ServiceTab.OVERVIEW, "First push", path), "waiting");
    }

    private Instant instant(String millis) {
        return millis.matches("[0-9]{1,15}") ? Instant.ofEpochMilli(Long.parseLong(millis)) : clock.instant();
    }
}
