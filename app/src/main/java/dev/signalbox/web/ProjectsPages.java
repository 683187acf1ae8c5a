package dev.signalbox.web;

import dev.signalbox.accounts.Permission;
import dev.signalbox.accounts.TeamScope;
import dev.signalbox.deploys.Deployment;
import dev.signalbox.deploys.Deploys;
import dev.signalbox.deploys.Standing;
import dev.signalbox.deploys.State;
import dev.signalbox.projects.Environment;
import dev.signalbox.projects.Project;
import dev.signalbox.projects.Projects;
import dev.signalbox.projects.Workload;
import dev.signalbox.web.Draft.Nothing;
import dev.signalbox.web.Places.TeamTab;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The list of projects: is everything running, and does the machine have room? */
final class ProjectsPages {
    /** Not below the list, where every word may be a project. */
    private static final String LIVE = "/live/projects";

    private final Resources resources;
    private final Projects projects;
    private final Deploys deploys;
    private final Supplier<Optional<MachineLoad>> machine;
    private final Places places;
    private final FirstPushPages firstPush;
    private final Clock clock;

    ProjectsPages(Resources resources, Features features, Places places, FirstPushPages firstPush, Clock clock) {
        this.resources = resources;
        this.projects = features.projects();
        this.deploys = features.deploys();
        this.machine = features.machine();
        this.places = places;
        this.firstPush = firstPush;
        this.clock = clock;
    }

    List<PageRoute<?, ?>> routes() {
        var team = resources.team();
        return List.of(
                team.at(Paths.PROJECTS)
                        .get("", "projects.page", "All projects of the team.")
                        .needs(Permission.READ_PROJECTS)
                        .page(this::list),
                team.at(LIVE)
                        .get("", "projects.live", "Says when the list of projects has changed.")
                        .needs(Permission.READ_PROJECTS)
                        .page(this::live));
    }

    record ProjectsPage(
            String summary,
            boolean mayCreate,
            List<ProjectRow> rows,
            @Nullable MachinePanel machine,
            String live) {}

    record ProjectRow(
            String path,
            String name,
            String services,
            List<EnvironmentCell> environments,
            @Nullable LastChange last) {}

    record EnvironmentCell(Plate plate, Lamp lamp) {}

    /** @param what the service and the number of its deployment */
    record LastChange(Lamp lamp, String what, String path, String subject, Moment when) {}

    /** All that the list is made of, read in a few questions however much there is. */
    private record Picture(
            List<Project> projects,
            List<Environment> environments,
            List<Workload> workloads,
            Map<String, Standing> standings,
            MachinePanel.@Nullable Coarse machine) {}

    private Picture picture(TeamScope team) {
        var workloads = projects.workloads(team);
        return new Picture(
                projects.list(team),
                projects.environments(team),
                workloads,
                deploys.standings(workloads),
                MachinePanel.Coarse.of(machine.get().orElse(null)));
    }

    private Reply live(PageCall<TeamScope, Nothing> call) {
        var team = call.resource();
        return new Reply.Live(() -> picture(team), call.query("seen").orElse(""));
    }

    private Reply list(PageCall<TeamScope, Nothing> call) {
        var before = clock.instant();
        var picture = picture(call.resource());
        if (picture.projects().isEmpty()) return firstPush.invite(call, before);
        var environments = picture.environments().stream().collect(Collectors.groupingBy(Environment::projectId));
        var workloads = picture.workloads().stream()
                .collect(Collectors.groupingBy(workload -> workload.project().id()));
        var page = new ProjectsPage(
                summary(picture),
                call.caller().may(Permission.CREATE_PROJECTS),
                picture.projects().stream()
                        .map(project -> row(
                                project,
                                environments.getOrDefault(project.id(), List.of()),
                                workloads.getOrDefault(project.id(), List.of()),
                                picture.standings()))
                        .toList(),
                machine.get().map(MachinePanel::of).orElse(null),
                LIVE + "?seen=" + Pings.mark(picture));
        return Reply.view(
                "projects", page, places.team(TeamTab.PROJECTS, call.caller()), "summary", "projects", "machine-now");
    }

    private String summary(Picture picture) {
        var services = picture.workloads().stream()
                .map(workload -> workload.service().id())
                .distinct()
                .count();
        var parts = new ArrayList<String>();
        add(
                parts,
                picture.standings().values().stream()
                        .filter(Standing::isUnderWay)
                        .count(),
                "deployment",
                "running");
        var failed =
                picture.standings().values().stream().filter(this::failedToday).count();
        if (failed > 0) parts.add(word(failed) + " failed today");
        add(parts, picture.workloads().stream().filter(Lamps::isDown).count(), "service", "down");
        var counts = Sizes.count(picture.projects().size(), "project") + ", " + Sizes.count(services, "service") + ".";
        if (parts.isEmpty()) return counts;
        return counts + " " + Words.capital(String.join(", ", parts) + ".");
    }

    private static void add(List<String> parts, long number, String noun, String how) {
        if (number == 0) return;
        parts.add(word(number) + " " + noun + (number == 1 ? " is " : "s are ") + how);
    }

    private static String word(long number) {
        return number == 1 ? "one" : Long.toString(number);
    }

    private boolean failedToday(Standing standing) {
        var newest = standing.newest();
        if (newest == null || newest.state() != State.FAILED || newest.finishedAt() == null) return false;
        var today = clock.instant().atOffset(ZoneOffset.UTC).toLocalDate();
        return newest.finishedAt().atOffset(ZoneOffset.UTC).toLocalDate().equals(today);
    }

    private ProjectRow row(
            Project project,
            List<Environment> environments,
            List<Workload> workloads,
            Map<String, Standing> standings) {
        var services = workloads.stream().map(Workload::service).distinct().count();
        var byEnvironment = workloads.stream().collect(Collectors.groupingBy(Workload::environment));
        return new ProjectRow(
                environments.isEmpty() ? Paths.project(project) : Paths.environment(project, environments.getFirst()),
                project.name().value(),
                Sizes.count(services, "service"),
                environments.stream()
                        .map(environment -> new EnvironmentCell(
                                Plate.of(environment),
                                Lamps.of(byEnvironment.getOrDefault(environment, List.of()), standings)))
                        .toList(),
                last(workloads, standings));
    }

    private @Nullable LastChange last(List<Workload> workloads, Map<String, Standing> standings) {
        return workloads.stream()
                .filter(workload -> newest(workload, standings) != null)
                .max(Comparator.comparing(workload ->
                        Objects.requireNonNull(newest(workload, standings)).queuedAt()))
                .map(workload -> change(workload, Objects.requireNonNull(standings.get(workload.id()))))
                .orElse(null);
    }

    private static @Nullable Deployment newest(Workload workload, Map<String, Standing> standings) {
        return Objects.requireNonNull(standings.get(workload.id())).newest();
    }

    private LastChange change(Workload workload, Standing standing) {
        var newest = Objects.requireNonNull(standing.newest());
        return new LastChange(
                Lamp.of(newest, standing.serving()),
                workload.service().name() + " #" + newest.number(),
                Paths.deployment(workload, newest.number()),
                DeploymentWords.subject(newest),
                Moment.of(newest.queuedAt(), clock));
    }
}
