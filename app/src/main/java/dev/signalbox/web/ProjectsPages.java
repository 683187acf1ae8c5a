package dev.signalbox.web;

import dev.signalbox.accounts.Permission;
import dev.signalbox.accounts.TeamScope;
import dev.signalbox.projects.Project;
import dev.signalbox.projects.Projects;
import dev.signalbox.projects.Workload;
import dev.signalbox.web.Draft.Nothing;
import java.time.Clock;
import java.util.List;

/** The list of projects: is everything running? */
final class ProjectsPages {
    private final Resources resources;
    private final Projects projects;
    private final Places places;

    ProjectsPages(Resources resources, Features features, Places places, Clock clock) {
        this.resources = resources;
        this.projects = features.projects();
        this.places = places;
    }

    List<PageRoute<?, ?>> routes() {
        var team = resources.team().at(Paths.PROJECTS);
        return List.of(team.get("", "projects.page", "All projects of the team.")
                .needs(Permission.READ_PROJECTS)
                .page(this::list));
    }

    record ProjectsPage(String summary, boolean mayCreate, List<ProjectRow> rows) {}

    record ProjectRow(String path, String name, String services, List<EnvironmentCell> environments) {}

    record EnvironmentCell(Plate plate, Lamp lamp) {}

    private Reply list(PageCall<TeamScope, Nothing> call) {
        var rows = projects.list(call.resource()).stream().map(this::row).toList();
        var page = new ProjectsPage(rows.size() + " projects", call.caller().may(Permission.CREATE_PROJECTS), rows);
        return Reply.view("projects", page, places.projects(), "projects");
    }

    private ProjectRow row(Project project) {
        return new ProjectRow(
                Paths.project(project),
                project.name().value(),
                projects.services(project).size() + " services",
                projects.environments(project).stream()
                        .map(environment ->
                                new EnvironmentCell(Plate.of(environment), Lamp.of(Workload.State.NOT_DEPLOYED)))
                        .toList());
    }
}
