package dev.signalbox.web;

import dev.signalbox.accounts.Permission;
import dev.signalbox.accounts.TeamScope;
import dev.signalbox.projects.Creation;
import dev.signalbox.projects.Environment;
import dev.signalbox.projects.Name;
import dev.signalbox.projects.Project;
import dev.signalbox.projects.Projects;
import dev.signalbox.projects.Renaming;
import dev.signalbox.projects.Service;
import dev.signalbox.web.Contents.Removed;
import dev.signalbox.web.Draft.Nothing;
import dev.signalbox.web.Resources.ProjectEnvironment;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Projects and their environments. */
final class ProjectsApi {
    private final Resources resources;
    private final Projects projects;
    private final Contents contents;

    ProjectsApi(Resources resources, Projects projects, Contents contents) {
        this.resources = resources;
        this.projects = projects;
        this.contents = contents;
    }

    List<Operation<?, ?, ?>> operations() {
        var team = resources.team();
        var project = resources.project();
        var environment = resources.environment();
        return List.of(
                team.post(
                                "/projects",
                                "projects.create",
                                "Makes a project with the environments production and staging.")
                        .needs(Permission.CREATE_PROJECTS)
                        .takes(NewProject.class)
                        .answers(201, ProjectView.class, this::create),
                team.get("/projects", "projects.list", "The team's projects by name.")
                        .needs(Permission.READ_PROJECTS)
                        .answers(200, ProjectList.class, this::list),
                project.get("", "projects.show", "One project with its environments and services.")
                        .needs(Permission.READ_PROJECTS)
                        .answers(200, ProjectView.class, call -> view(call.resource())),
                project.patch("", "projects.rename", "Gives a project another name; its git remotes change with it.")
                        .needs(Permission.CREATE_PROJECTS)
                        .takes(NewName.class)
                        .answers(200, ProjectView.class, this::rename),
                project.get("/contents", "projects.contents", "What would go if the project were deleted.")
                        .needs(Permission.READ_PROJECTS)
                        .answers(200, Contents.ContentsView.class, call -> contents.of(call.resource())),
                project.delete("", "projects.delete", "Deletes a project with all that is in it.")
                        .needs(Permission.DELETE_PROJECTS)
                        .with(Contents.CONFIRM)
                        .answers(200, Removed.class, this::delete),
                project.post("/environments", "environments.create", "Makes an environment with every service in it.")
                        .needs(Permission.CREATE_PROJECTS)
                        .takes(NewEnvironment.class)
                        .answers(201, EnvironmentView.class, this::createEnvironment),
                project.get("/environments", "environments.list", "The environments of a project, production first.")
                        .needs(Permission.READ_PROJECTS)
                        .answers(200, EnvironmentList.class, this::listEnvironments),
                environment
                        .get("", "environments.show", "One environment.")
                        .needs(Permission.READ_PROJECTS)
                        .answers(
                                200,
                                EnvironmentView.class,
                                call -> view(
                                        call.resource().project(),
                                        call.resource().environment())),
                environment
                        .get("/contents", "environments.contents", "What would go if the environment were deleted.")
                        .needs(Permission.READ_PROJECTS)
                        .answers(
                                200,
                                Contents.ContentsView.class,
                                call -> contents.of(
                                        call.resource().project(),
                                        call.resource().environment())),
                environment
                        .delete("", "environments.delete", "Deletes an environment with all that runs in it.")
                        .needs(Permission.DELETE_PROJECTS)
                        .with(Contents.CONFIRM)
                        .answers(200, Removed.class, this::deleteEnvironment));
    }

    record NewProject(Name name) {}

    record NewName(Name name) {}

    record ProjectView(
            String self, Name name, Instant createdAt, List<EnvironmentView> environments, List<Name> services)
            implements Located {}

    record ProjectList(List<ProjectView> projects) {}

    record NewEnvironment(Name name, @Nullable Branch branch) {}

    record EnvironmentView(String self, Name name, @Nullable String branch, Instant createdAt) implements Located {}

    record EnvironmentList(List<EnvironmentView> environments) {}

    private ProjectView create(Call<TeamScope, NewProject> call) {
        call.note(call.body().name().value());
        return switch (projects.createProject(call.resource(), call.body().name())) {
            case Creation.Done<Project>(var project) -> view(project);
            case Creation.NameTaken<Project>(var name) -> throw new Refusal(taken(name, "a project"));
            case Creation.BranchTaken<Project>(var branch) -> throw new Refusal(branchTaken(branch));
        };
    }

    private ProjectList list(Call<TeamScope, Nothing> call) {
        return new ProjectList(
                projects.list(call.resource()).stream().map(this::view).toList());
    }

    private ProjectView rename(Call<Project, NewName> call) {
        call.note(call.body().name().value());
        return view(renamed(projects.renameProject(call.resource(), call.body().name()), "a project"));
    }

    static <T> T renamed(Renaming<T> renaming, String what) {
        return switch (renaming) {
            case Renaming.Done<T>(var value) -> value;
            case Renaming.NameTaken<T>(var name) -> throw new Refusal(taken(name, what));
            case Renaming.Overtaken<T> _ -> throw new Refusal(Problem.NOT_FOUND);
        };
    }

    private Removed delete(Call<Project, Nothing> call) {
        var project = call.resource();
        var goes = contents.confirmed(call, project.name(), contents.of(project));
        projects.deleteProject(project);
        return new Removed(goes);
    }

    private EnvironmentView createEnvironment(Call<Project, NewEnvironment> call) {
        var project = call.resource();
        var branch = call.body().branch();
        call.note(call.body().name().value());
        return switch (projects.createEnvironment(
                project, call.body().name(), branch == null ? null : branch.value())) {
            case Creation.Done<Environment>(var environment) -> view(project, environment);
            case Creation.NameTaken<Environment>(var name) -> throw new Refusal(taken(name, "an environment"));
            case Creation.BranchTaken<Environment>(var taken) -> throw new Refusal(branchTaken(taken));
        };
    }

    private EnvironmentList listEnvironments(Call<Project, Nothing> call) {
        return new EnvironmentList(environments(call.resource()));
    }

    private Removed deleteEnvironment(Call<ProjectEnvironment, Nothing> call) {
        var project = call.resource().project();
        var environment = call.resource().environment();
        var goes = contents.confirmed(call, environment.name(), contents.of(project, environment));
        projects.deleteEnvironment(project, environment);
        return new Removed(goes);
    }

    private ProjectView view(Project project) {
        return new ProjectView(
                Links.project(project),
                project.name(),
                project.createdAt(),
                environments(project),
                projects.services(project).stream().map(Service::name).toList());
    }

    private List<EnvironmentView> environments(Project project) {
        return projects.environments(project).stream()
                .map(environment -> view(project, environment))
                .toList();
    }

    private static EnvironmentView view(Project project, Environment environment) {
        return new EnvironmentView(
                Links.environment(project, environment),
                environment.name(),
                environment.branch(),
                environment.createdAt());
    }

    static Problem taken(Name name, String what) {
        return Problem.conflict("name_taken", "There is already " + what + " named " + name + ". Choose another name.")
                .about("name");
    }

    static Problem branchTaken(String branch) {
        return Problem.conflict(
                        "branch_taken",
                        "Another environment tracks " + branch + ". Choose another branch, or leave it out.")
                .about("branch");
    }
}
