package dev.signalbox.web;

import dev.signalbox.accounts.Permission;
import dev.signalbox.deploys.Deployment;
import dev.signalbox.deploys.Deploys;
import dev.signalbox.deploys.Standing;
import dev.signalbox.projects.Creation;
import dev.signalbox.projects.Environment;
import dev.signalbox.projects.Name;
import dev.signalbox.projects.Project;
import dev.signalbox.projects.Projects;
import dev.signalbox.projects.Service;
import dev.signalbox.projects.Workload;
import dev.signalbox.web.Draft.Nothing;
import dev.signalbox.web.Places.ProjectTab;
import dev.signalbox.web.Resources.ProjectEnvironment;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A project in an environment: what serves, what tries to, what failed. */
final class ProjectPages {
    private static final String NEW_SERVICE = "/new-service";
    private static final int RECENT = 10;

    private final Resources resources;
    private final Projects projects;
    private final Deploys deploys;
    private final Addresses addresses;
    private final Places places;
    private final Clock clock;

    ProjectPages(Resources resources, Features features, Places places, Clock clock) {
        this.resources = resources;
        this.projects = features.projects();
        this.deploys = features.deploys();
        this.addresses = features.addresses();
        this.places = places;
        this.clock = clock;
    }

    List<PageRoute<?, ?>> routes() {
        var environment = resources.environment().at(Paths.ENVIRONMENT);
        return List.of(
                resources
                        .project()
                        .at(Paths.PROJECT)
                        .get("", "projects.first", "Leads to the project's first environment.")
                        .needs(Permission.READ_PROJECTS)
                        .page(this::lead),
                environment
                        .get("", "projects.show", "The services of a project in an environment.")
                        .needs(Permission.READ_PROJECTS)
                        .page(this::show),
                environment
                        .get("/live", "projects.show.live", "Says when something in the project has changed.")
                        .needs(Permission.READ_PROJECTS)
                        .page(this::live),
                environment
                        .get(NEW_SERVICE, "services.new", "The form for a new service.")
                        .needs(Permission.CREATE_PROJECTS)
                        .page(call -> form(call.resource(), "", null)),
                environment
                        .post(NEW_SERVICE, "services.create", "Makes a service, in every environment.")
                        .needs(Permission.CREATE_PROJECTS)
                        .takes(NewServiceForm.class)
                        .page(this::create));
    }

    record ProjectPage(
            String name,
            String summary,
            boolean mayCreate,
            String path,
            List<EnvironmentLink> environments,
            List<ServiceCard> services,
            List<Activity.Line> activity,
            String addRemote,
            String push,
            String live) {}

    record EnvironmentLink(Plate plate, String path, boolean current, Lamp lamp, String follows) {}

    private record Picture(List<Environment> environments, List<Workload> workloads, Map<String, Standing> standings) {}

    private Reply lead(PageCall<Project, Nothing> call) {
        return Reply.go(projects.environments(call.resource()).stream()
                .findFirst()
                .map(first -> Paths.environment(call.resource(), first))
                .orElse(Paths.project(call.resource()) + ProjectSettingsPages.DELETE));
    }

    private Picture picture(Project project) {
        var workloads = projects.workloads(project);
        return new Picture(projects.environments(project), workloads, deploys.standings(workloads));
    }

    private Reply live(PageCall<ProjectEnvironment, Nothing> call) {
        var project = call.resource().project();
        return new Reply.Live(() -> picture(project), call.query("seen").orElse(""));
    }

    private Reply show(PageCall<ProjectEnvironment, Nothing> call) {
        var project = call.resource().project();
        var environment = call.resource().environment();
        var picture = picture(project);
        var here = picture.workloads().stream()
                .filter(workload -> workload.environment().equals(environment))
                .toList();
        var recent = deploys.recent(here, RECENT);
        var path = Paths.environment(project, environment);
        var page = new ProjectPage(
                project.name().value(),
                summary(here, recent),
                call.caller().may(Permission.CREATE_PROJECTS),
                path,
                links(picture, project, environment),
                cards(here, picture.standings()),
                new Activity(here, picture.standings(), clock).lines(recent),
                GitCommands.addRemote(call.origin(), project.name().value(), "web"),
                GitCommands.push(environment),
                path + "/live?seen=" + Pings.mark(picture));
        return Reply.view(
                "project",
                page,
                places.project(project, environment, ProjectTab.SERVICES),
                "summary",
                "environments",
                "services-here",
                "activity-here");
    }

    private String summary(List<Workload> here, List<Deployment> recent) {
        var parts = new ArrayList<String>();
        parts.add(Sizes.count(here.size(), "service"));
        var down = here.stream().filter(Lamps::isDown).count();
        if (down > 0) parts.add(down + " down");
        if (!recent.isEmpty()) {
            var newest = recent.getFirst();
            parts.add("last change " + Moment.of(newest.queuedAt(), clock).text() + " by " + newest.actor());
        }
        return String.join(" · ", parts);
    }

    private static List<EnvironmentLink> links(Picture picture, Project project, Environment current) {
        var byEnvironment = picture.workloads().stream().collect(Collectors.groupingBy(Workload::environment));
        return picture.environments().stream()
                .map(environment -> new EnvironmentLink(
                        Plate.of(environment),
                        Paths.environment(project, environment),
                        environment.equals(current),
                        Lamps.of(byEnvironment.getOrDefault(environment, List.of()), picture.standings()),
                        environment.branch() == null ? "follows no branch" : "follows " + environment.branch()))
                .toList();
    }

    private List<ServiceCard> cards(Collection<Workload> here, Map<String, Standing> standings) {
        var deployed = here.stream()
                .filter(workload -> workload.state() != Workload.State.NOT_DEPLOYED)
                .toList();
        var urls = addresses.ofAll().apply(deployed);
        return here.stream()
                .sorted(Comparator.comparing(
                        workload -> workload.service().name().value()))
                .map(workload -> ServiceCard.of(
                        workload,
                        Objects.requireNonNull(standings.get(workload.id())),
                        urls.getOrDefault(workload.id(), List.of()),
                        clock))
                .toList();
    }

    // A new service ---------------------------------------------------------------------------------------------------

    record NewServiceForm(String name) {}

    /** @param problem what is wrong with the name; null when nothing is */
    record NewServicePage(
            String project,
            String path,
            String back,
            String name,
            @Nullable String problem) {}

    private Reply.View form(ProjectEnvironment where, String typed, @Nullable String problem) {
        var path = Paths.environment(where.project(), where.environment());
        return Reply.view(
                "new-service",
                new NewServicePage(where.project().name().value(), path + NEW_SERVICE, path, typed, problem),
                places.project(where.project(), where.environment(), ProjectTab.SERVICES));
    }

    private Reply create(PageCall<ProjectEnvironment, NewServiceForm> call) {
        var where = call.resource();
        var typed = call.form().name().strip();
        var name = Name.parse(typed);
        if (name.isEmpty()) return form(where, typed, Name.RULE).refused();
        call.note(name.get().value());
        return switch (projects.createService(where.project(), name.get())) {
            case Creation.Done<Service>(var service) ->
                Reply.go(Paths.workload(where.project(), where.environment(), service) + "/push");
            case Creation.NameTaken<Service>(var taken) ->
                form(where, typed, ProjectsApi.taken(taken, "a service").message())
                        .refused();
            case Creation.BranchTaken<Service> _ -> throw new IllegalStateException("a service has no branch");
        };
    }
}
