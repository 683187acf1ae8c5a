package dev.signalbox.web;

import dev.signalbox.accounts.Permission;
import dev.signalbox.deploys.Processes;
import dev.signalbox.deploys.Processes.Line;
import dev.signalbox.projects.Name;
import dev.signalbox.projects.Projects;
import dev.signalbox.projects.Renaming;
import dev.signalbox.projects.Service;
import dev.signalbox.projects.Workload;
import dev.signalbox.web.Places.ServiceTab;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The settings of a service: its name, its processes, where to push, and its end. */
final class ServiceSettingsPages {
    private static final String SETTINGS = "/settings";
    private static final String DELETE = "/delete";

    private final Resources resources;
    private final Projects projects;
    private final Processes processes;
    private final Contents contents;
    private final Places places;

    ServiceSettingsPages(Resources resources, Features features, Contents contents, Places places) {
        this.resources = resources;
        this.projects = features.projects();
        this.processes = features.deploys().processes();
        this.contents = contents;
        this.places = places;
    }

    List<PageRoute<?, ?>> routes() {
        var workload = resources.workload().at(Paths.WORKLOAD);
        return List.of(
                workload.get(SETTINGS, "services.settings", "What can be set about a service.")
                        .needs(Permission.READ_PROJECTS)
                        .page(call ->
                                page(call, call.resource().service().name().value(), null)),
                workload.post(SETTINGS + "/rename", "services.rename", "Gives the service another name.")
                        .needs(Permission.CREATE_PROJECTS)
                        .takes(RenameForm.class)
                        .page(this::rename),
                workload.post(
                                SETTINGS + "/overlap",
                                "services.change-overlap",
                                "Says whether two releases of the service may run at the same time.")
                        .needs(Permission.CREATE_PROJECTS)
                        .takes(OverlapForm.class)
                        .page(this::changeOverlap),
                workload.get(DELETE, "services.contents", "What goes with a service.")
                        .needs(Permission.DELETE_PROJECTS)
                        .page(call -> ask(call.resource(), "", null)),
                workload.post(DELETE, "services.delete", "Deletes a service in all environments.")
                        .needs(Permission.DELETE_PROJECTS)
                        .takes(DeleteForm.class)
                        .page(this::delete)
                        .afterPassword());
    }

    /** @param overlap allowed, or empty when the box is not ticked */
    record OverlapForm(String overlap) {}

    record SettingsPage(
            String path,
            String name,
            boolean overlap,
            boolean mayChange,
            boolean mayDelete,
            String typed,
            @Nullable String problem,
            String where,
            List<ProcessLine> processes,
            Commands commands,
            String goes,
            String deletePath) {}

    /**
     * A process, as it is set.
     *
     * @param path of the form that changes it; null for who may not
     * @param note where what runs differs; null where it does not
     */
    record ProcessLine(
            String name,
            String size,
            String health,
            @Nullable String path,
            @Nullable String note) {}

    /** How a clone pushes to this service. */
    record Commands(String remote, String add, String move, String push) {}

    private Reply.View page(PageCall<Workload, ?> call, String typed, @Nullable String problem) {
        var workload = call.resource();
        var project = workload.project().name().value();
        var name = workload.service().name().value();
        var path = Paths.workload(workload);
        var origin = call.origin();
        var page = new SettingsPage(
                path + SETTINGS,
                name,
                workload.service().overlap(),
                call.caller().may(Permission.CREATE_PROJECTS),
                call.caller().may(Permission.DELETE_PROJECTS),
                typed,
                problem,
                workload.inEnvironment(),
                processes.list(workload).stream()
                        .map(line -> line(workload, line, call.caller().may(Permission.DEPLOY)))
                        .toList(),
                new Commands(
                        GitCommands.remote(origin, project, name),
                        GitCommands.addRemote(origin, project, name),
                        GitCommands.moveRemote(origin, project, name),
                        GitCommands.push(workload.environment())),
                contents.of(workload.project(), workload.service()).sentence(),
                path + DELETE);
        return Reply.view("service-settings", page, places.service(workload, ServiceTab.SETTINGS));
    }

    private static ProcessLine line(Workload workload, Line line, boolean mayChange) {
        var running = line.running();
        var note = running == null || line.isAsSet()
                ? null
                : "What serves was deployed with "
                        + ProcessWords.size(running.replicas(), running.memoryMegabytes(), running.cpuMillis());
        return new ProcessLine(
                line.name(),
                ProcessWords.of(line),
                ProcessWords.health(line),
                mayChange ? Paths.workload(workload) + ProcessPages.PROCESSES + line.name() : null,
                note);
    }

    private Reply rename(PageCall<Workload, RenameForm> call) {
        var workload = call.resource();
        var typed = call.form().name().strip();
        if (typed.equals(workload.service().name().value())) {
            return page(call, typed, "It is called " + typed + " already.").refused();
        }
        var name = Name.parse(typed);
        if (name.isEmpty()) return page(call, typed, Name.RULE).refused();
        call.note(name.get().value());
        return switch (projects.renameService(workload.service(), name.get())) {
            case Renaming.Done<Service>(var renamed) ->
                new Reply.Go(
                        Paths.workload(workload.project(), workload.environment(), renamed) + SETTINGS + "#remote",
                        "Renamed to " + renamed.name() + ". Its addresses stay; clones need the new git remote below.");
            case Renaming.NameTaken<Service>(var taken) ->
                page(call, typed, ProjectsApi.taken(taken, "a service").message())
                        .refused();
            case Renaming.Overtaken<Service> _ -> throw new Refusal(Problem.NOT_FOUND);
        };
    }

    private Reply changeOverlap(PageCall<Workload, OverlapForm> call) {
        var workload = call.resource();
        var allowed = !call.form().overlap().isEmpty();
        call.note(allowed ? "allowed" : "not allowed");
        if (projects.allowOverlap(workload.service(), allowed).isEmpty()) throw new Refusal(Problem.NOT_FOUND);
        return new Reply.Go(
                Paths.workload(workload) + SETTINGS + "#overlap",
                allowed
                        ? "From the next deployment on, releases overlap."
                        : "From the next deployment on, the old release stops before the new one starts.");
    }

    private Reply.View ask(Workload workload, String typed, @Nullable String problem) {
        var service = workload.service();
        var path = Paths.workload(workload);
        var page = DeletePage.of(
                "the service",
                service.name(),
                contents.of(workload.project(), service),
                path + DELETE,
                path + SETTINGS,
                typed,
                problem);
        return Reply.view("delete", page, places.service(workload, ServiceTab.SETTINGS));
    }

    private Reply delete(PageCall<Workload, DeleteForm> call) {
        var workload = call.resource();
        var service = workload.service();
        if (!call.form().confirms(service.name(), contents.of(workload.project(), service))) {
            return ask(workload, call.form().confirm(), DeletePage.notNamed(service.name()))
                    .refused();
        }
        projects.deleteService(workload.project(), service);
        return new Reply.Go(
                Paths.environment(workload.project(), workload.environment()),
                "The service " + service.name() + " is deleted.");
    }
}
