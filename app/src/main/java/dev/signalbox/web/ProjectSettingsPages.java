package dev.signalbox.web;

import dev.signalbox.accounts.Flaw;
import dev.signalbox.accounts.Permission;
import dev.signalbox.projects.Creation;
import dev.signalbox.projects.Environment;
import dev.signalbox.projects.Name;
import dev.signalbox.projects.Project;
import dev.signalbox.projects.Projects;
import dev.signalbox.projects.Renaming;
import dev.signalbox.projects.Service;
import dev.signalbox.web.Places.ProjectTab;
import dev.signalbox.web.Resources.ProjectEnvironment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The settings of a project: its name, its environments, and its end. */
final class ProjectSettingsPages {
    static final String DELETE = "/delete";
    private static final String SETTINGS = "/settings";

    private final Resources resources;
    private final Projects projects;
    private final Contents contents;
    private final Places places;

    ProjectSettingsPages(Resources resources, Features features, Contents contents, Places places) {
        this.resources = resources;
        this.projects = features.projects();
        this.contents = contents;
        this.places = places;
    }

    List<PageRoute<?, ?>> routes() {
        var project = resources.project().at(Paths.PROJECT + DELETE);
        var environment = resources.environment().at(Paths.ENVIRONMENT);
        return List.of(
                environment
                        .get(SETTINGS, "projects.settings", "What can be set about a project.")
                        .needs(Permission.READ_PROJECTS)
                        .page(call -> page(call, Typed.nothing(call.resource().project()))),
                environment
                        .post(SETTINGS + "/rename", "projects.rename", "Gives the project another name.")
                        .needs(Permission.CREATE_PROJECTS)
                        .takes(RenameForm.class)
                        .page(this::rename),
                environment
                        .post(SETTINGS + "/environments", "environments.create", "Makes an environment.")
                        .needs(Permission.CREATE_PROJECTS)
                        .takes(NewEnvironmentForm.class)
                        .page(this::createEnvironment),
                environment
                        .get(DELETE, "environments.contents", "What goes with an environment.")
                        .needs(Permission.DELETE_PROJECTS)
                        .page(call -> askEnvironment(call.resource(), "", null)),
                environment
                        .post(DELETE, "environments.delete", "Deletes an environment with all that runs in it.")
                        .needs(Permission.DELETE_PROJECTS)
                        .takes(DeleteForm.class)
                        .page(this::deleteEnvironment)
                        .afterPassword(),
                project.get("", "projects.contents", "What goes with a project.")
                        .needs(Permission.DELETE_PROJECTS)
                        .page(call -> askProject(call.resource(), "", null)),
                project.post("", "projects.delete", "Deletes a project with all that is in it.")
                        .needs(Permission.DELETE_PROJECTS)
                        .takes(DeleteForm.class)
                        .page(this::deleteProject)
                        .afterPassword());
    }

    record NewEnvironmentForm(String name, String branch) {}

    /** What stands in the fields, and what is wrong with it. */
    record Typed(
            String project,
            String environment,
            String branch,
            @Nullable Flaw flaw) {
        static Typed nothing(Project project) {
            return new Typed(project.name().value(), "", "", null);
        }
    }

    record SettingsPage(
            String path,
            String name,
            boolean mayChange,
            boolean mayDelete,
            Typed typed,
            List<RemoteLine> remotes,
            List<EnvironmentLine> environments,
            String goes,
            String deletePath)
            implements Flawed {
        @Override
        public @Nullable Flaw flaw() {
            return typed.flaw();
        }
    }

    /** The git remote of a service, as the command that sets it. */
    record RemoteLine(String service, String command) {}

    /** @param deletePath null for the last one there is */
    record EnvironmentLine(
            Plate plate,
            String path,
            String follows,
            @Nullable String deletePath) {}

    private Reply.View page(PageCall<ProjectEnvironment, ?> call, Typed typed) {
        var project = call.resource().project();
        var environment = call.resource().environment();
        var environments = projects.environments(project);
        var mayDelete = call.caller().may(Permission.DELETE_PROJECTS);
        var page = new SettingsPage(
                Paths.environment(project, environment) + SETTINGS,
                project.name().value(),
                call.caller().may(Permission.CREATE_PROJECTS),
                mayDelete,
                typed,
                projects.services(project).stream()
                        .map(service -> remote(call.origin(), project, service))
                        .toList(),
                environments.stream()
                        .map(other -> line(project, other, mayDelete && environments.size() > 1))
                        .toList(),
                contents.of(project).sentence(),
                Paths.project(project) + DELETE);
        return Reply.view("project-settings", page, places.project(project, environment, ProjectTab.SETTINGS));
    }

    private static RemoteLine remote(String origin, Project project, Service service) {
        return new RemoteLine(
                service.name().value(),
                GitCommands.moveRemote(
                        origin, project.name().value(), service.name().value()));
    }

    private static EnvironmentLine line(Project project, Environment environment, boolean mayGo) {
        var path = Paths.environment(project, environment);
        return new EnvironmentLine(
                Plate.of(environment),
                path,
                environment.branch() == null ? "follows no branch" : "follows " + environment.branch(),
                mayGo ? path + DELETE : null);
    }

    private Reply rename(PageCall<ProjectEnvironment, RenameForm> call) {
        var project = call.resource().project();
        var typed = call.form().name().strip();
        if (typed.equals(project.name().value())) return flawed(call, typed, "It is called " + typed + " already.");
        var name = Name.parse(typed);
        if (name.isEmpty()) return flawed(call, typed, Name.RULE);
        call.note(name.get().value());
        return switch (projects.renameProject(project, name.get())) {
            case Renaming.Done<Project>(var renamed) ->
                new Reply.Go(
                        Paths.environment(renamed, call.resource().environment()) + SETTINGS + "#remotes",
                        "Renamed to " + renamed.name()
                                + ". Addresses of apps stay; clones need the new git remote below.");
            case Renaming.NameTaken<Project>(var taken) ->
                flawed(call, typed, ProjectsApi.taken(taken, "a project").message());
            case Renaming.Overtaken<Project> _ -> throw new Refusal(Problem.NOT_FOUND);
        };
    }

    private Reply flawed(PageCall<ProjectEnvironment, RenameForm> call, String typed, String message) {
        return page(call, new Typed(typed, "", "", new Flaw("project", message)))
                .refused();
    }

    private Reply createEnvironment(PageCall<ProjectEnvironment, NewEnvironmentForm> call) {
        var project = call.resource().project();
        var name = Name.parse(call.form().name().strip());
        var typedBranch = call.form().branch().strip();
        if (name.isEmpty()) return flawed(call, new Flaw("environment", Name.RULE));
        if (!typedBranch.isEmpty() && Branch.parse(typedBranch).isEmpty()) {
            return flawed(call, new Flaw("branch", Branch.RULE));
        }
        call.note(name.get().value());
        var branch = typedBranch.isEmpty() ? null : typedBranch;
        return switch (projects.createEnvironment(project, name.get(), branch)) {
            case Creation.Done<Environment>(var made) ->
                new Reply.Go(
                        Paths.environment(project, made),
                        made.name() + " is there, with every service in it, none deployed.");
            case Creation.NameTaken<Environment>(var taken) ->
                flawed(
                        call,
                        new Flaw(
                                "environment",
                                ProjectsApi.taken(taken, "an environment").message()));
            case Creation.BranchTaken<Environment>(var taken) ->
                flawed(call, new Flaw("branch", ProjectsApi.branchTaken(taken).message()));
        };
    }

    private Reply flawed(PageCall<ProjectEnvironment, NewEnvironmentForm> call, Flaw flaw) {
        var project = call.resource().project().name().value();
        return page(call, new Typed(project, call.form().name(), call.form().branch(), flaw))
                .refused();
    }

    // Deleting --------------------------------------------------------------------------------------------------------

    private Reply.View askProject(Project project, String typed, @Nullable String problem) {
        var goes = contents.of(project);
        var back = projects.environments(project).stream()
                .findFirst()
                .map(first -> Paths.environment(project, first) + SETTINGS)
                .orElse(Paths.PROJECTS);
        var page = DeletePage.of(
                "the project", project.name(), goes, Paths.project(project) + DELETE, back, typed, problem);
        return Reply.view("delete", page, places.team("Delete " + project.name(), Paths.project(project) + DELETE));
    }

    private Reply deleteProject(PageCall<Project, DeleteForm> call) {
        var project = call.resource();
        if (!call.form().confirms(project.name(), contents.of(project))) {
            return askProject(project, call.form().confirm(), DeletePage.notNamed(project.name()))
                    .refused();
        }
        projects.deleteProject(project);
        return new Reply.Go(Paths.PROJECTS, "The project " + project.name() + " is deleted.");
    }

    private Reply.View askEnvironment(ProjectEnvironment where, String typed, @Nullable String problem) {
        var project = where.project();
        var environment = where.environment();
        var path = Paths.environment(project, environment);
        var page = DeletePage.of(
                "the environment",
                environment.name(),
                contents.of(project, environment),
                path + DELETE,
                path + SETTINGS,
                typed,
                problem);
        return Reply.view("delete", page, places.project(project, environment, ProjectTab.SETTINGS));
    }

    private Reply deleteEnvironment(PageCall<ProjectEnvironment, DeleteForm> call) {
        var where = call.resource();
        var name = where.environment().name();
        var others = projects.environments(where.project()).stream()
                .filter(other -> !other.equals(where.environment()))
                .toList();
        if (others.isEmpty()) {
            return askEnvironment(
                            where,
                            "",
                            "It is the last one, and a project has at least one. Nothing was deleted. Delete the project instead.")
                    .refused();
        }
        if (!call.form().confirms(name, contents.of(where.project(), where.environment()))) {
            return askEnvironment(where, call.form().confirm(), DeletePage.notNamed(name))
                    .refused();
        }
        projects.deleteEnvironment(where.project(), where.environment());
        return new Reply.Go(
                Paths.environment(where.project(), others.getFirst()), "The environment " + name + " is deleted.");
    }
}
