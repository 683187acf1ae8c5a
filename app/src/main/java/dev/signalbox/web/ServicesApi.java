package dev.signalbox.web;

import dev.signalbox.accounts.Permission;
import dev.signalbox.deploys.Deployment;
import dev.signalbox.deploys.Deploys;
import dev.signalbox.deploys.State;
import dev.signalbox.projects.Creation;
import dev.signalbox.projects.Name;
import dev.signalbox.projects.Project;
import dev.signalbox.projects.Projects;
import dev.signalbox.projects.Service;
import dev.signalbox.projects.Workload;
import dev.signalbox.web.Contents.Removed;
import dev.signalbox.web.Draft.Nothing;
import dev.signalbox.web.ProjectsApi.NewName;
import dev.signalbox.web.Resources.ProjectService;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Services, and how each of them stands in every environment. */
final class ServicesApi {
    private final Resources resources;
    private final Projects projects;
    private final Deploys deploys;
    private final Function<Workload, List<String>> urls;
    private final Contents contents;

    ServicesApi(Resources resources, Features features, Contents contents) {
        this.resources = resources;
        this.projects = features.projects();
        this.deploys = features.deploys();
        this.urls = features.urls();
        this.contents = contents;
    }

    List<Operation<?, ?, ?>> operations() {
        var project = resources.project();
        var service = resources.service();
        return List.of(
                project.post(
                                "/services",
                                "services.create",
                                "Makes an app service; it is in every environment, not deployed.")
                        .needs(Permission.CREATE_PROJECTS)
                        .takes(NewService.class)
                        .answers(201, ServiceView.class, this::create),
                project.get("/services", "services.list", "The services of a project by name.")
                        .needs(Permission.READ_PROJECTS)
                        .answers(200, ServiceList.class, this::list),
                service.get("", "services.show", "One service: how it stands in each environment.")
                        .needs(Permission.READ_PROJECTS)
                        .answers(
                                200,
                                ServiceView.class,
                                call -> view(
                                        call.resource().project(),
                                        call.resource().service())),
                service.patch("", "services.rename", "Gives a service another name; its git remote changes with it.")
                        .needs(Permission.CREATE_PROJECTS)
                        .takes(NewName.class)
                        .answers(200, ServiceView.class, this::rename),
                service.put(
                                "/overlap",
                                "services.change-overlap",
                                "Says whether an old and a new release of a service may run at the same time.")
                        .needs(Permission.CREATE_PROJECTS)
                        .takes(Overlap.class)
                        .answers(200, ServiceView.class, this::changeOverlap),
                service.get("/contents", "services.contents", "What would go if the service were deleted.")
                        .needs(Permission.READ_PROJECTS)
                        .answers(
                                200,
                                Contents.ContentsView.class,
                                call -> contents.of(
                                        call.resource().project(),
                                        call.resource().service())),
                service.delete("", "services.delete", "Deletes a service with its deployments and variables.")
                        .needs(Permission.DELETE_PROJECTS)
                        .with(Contents.CONFIRM)
                        .answers(200, Removed.class, this::delete));
    }

    record NewService(Name name) {}

    /** @param overlap where it is false, requests wait while one release stops and the next one starts */
    record Overlap(Boolean overlap) {}

    record ServiceView(
            String self,
            Name name,
            Name project,
            Service.Kind kind,
            boolean overlap,
            String gitRemote,
            Instant createdAt,
            List<WorkloadView> environments)
            implements Located {}

    record ServiceList(List<ServiceView> services) {}

    /**
     * A service in an environment.
     *
     * @param notices what of what serves is not well, and what is done about it
     */
    record WorkloadView(
            Name name,
            @Nullable String branch,
            List<String> urls,
            Workload.State state,
            boolean changedSinceLastDeployment,
            List<String> notices,
            @Nullable NewestDeployment newestDeployment) {}

    record NewestDeployment(
            String self,
            long number,
            State state,
            @Nullable String reason,
            Instant queuedAt,
            @Nullable Instant finishedAt) {}

    private ServiceView create(Call<Project, NewService> call) {
        call.note(call.body().name().value());
        return switch (projects.createService(call.resource(), call.body().name())) {
            case Creation.Done<Service>(var service) -> view(call.resource(), service);
            case Creation.NameTaken<Service>(var name) -> throw new Refusal(ProjectsApi.taken(name, "a service"));
            case Creation.BranchTaken<Service> _ -> throw new IllegalStateException("a service has no branch");
        };
    }

    private ServiceList list(Call<Project, Nothing> call) {
        var project = call.resource();
        return new ServiceList(projects.services(project).stream()
                .map(service -> view(project, service))
                .toList());
    }

    private ServiceView rename(Call<ProjectService, NewName> call) {
        call.note(call.body().name().value());
        var renaming =
                projects.renameService(call.resource().service(), call.body().name());
        return view(call.resource().project(), ProjectsApi.renamed(renaming, "a service"));
    }

    private ServiceView changeOverlap(Call<ProjectService, Overlap> call) {
        var allowed = call.body().overlap();
        call.note(allowed ? "allowed" : "not allowed");
        return projects.allowOverlap(call.resource().service(), allowed)
                .map(changed -> view(call.resource().project(), changed))
                .orElseThrow(() -> new Refusal(Problem.NOT_FOUND));
    }

    private Removed delete(Call<ProjectService, Nothing> call) {
        var project = call.resource().project();
        var service = call.resource().service();
        var goes = contents.confirmed(call, service.name(), contents.of(project, service));
        projects.deleteService(project, service);
        return new Removed(goes);
    }

    private ServiceView view(Project project, Service service) {
        return new ServiceView(
                Links.service(project, service),
                service.name(),
                project.name(),
                service.kind(),
                service.overlap(),
                Links.gitRemote(project, service),
                service.createdAt(),
                projects.environments(project).stream()
                        .map(environment -> view(projects.workload(service, environment)))
                        .toList());
    }

    private WorkloadView view(Workload workload) {
        return new WorkloadView(
                workload.environment().name(),
                workload.environment().branch(),
                urls.apply(workload),
                workload.state(),
                !PendingChanges.of(workload, deploys).isEmpty(),
                deploys.notices(workload),
                deploys.newest(workload).map(newest -> view(workload, newest)).orElse(null));
    }

    private static NewestDeployment view(Workload workload, Deployment newest) {
        return new NewestDeployment(
                Links.deployment(workload.project(), workload.service(), newest.number()),
                newest.number(),
                newest.state(),
                newest.reason(),
                newest.queuedAt(),
                newest.finishedAt());
    }
}
