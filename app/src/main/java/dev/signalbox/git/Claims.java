package dev.signalbox.git;

import dev.signalbox.accounts.Audit;
import dev.signalbox.accounts.Audit.Act;
import dev.signalbox.accounts.Audit.Outcome;
import dev.signalbox.accounts.Caller;
import dev.signalbox.accounts.Permission;
import dev.signalbox.git.Claims.Claimed.Gone;
import dev.signalbox.git.Claims.Claimed.Taken;
import dev.signalbox.projects.Creation;
import dev.signalbox.projects.Environment;
import dev.signalbox.projects.Name;
import dev.signalbox.projects.Project;
import dev.signalbox.projects.Projects;
import dev.signalbox.projects.Service;
import dev.signalbox.projects.Workload;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Makes the project and the service that a first push names, and takes them back when nothing came of it. */
final class Claims {
    private final Projects projects;
    private final Audit audit;
    private final Map<String, Hold> holds = new HashMap<>();

    Claims(Projects projects, Audit audit) {
        this.projects = projects;
        this.audit = audit;
    }

    sealed interface Claimed {
        /** A push's hold on a workload, until it is released. */
        record Claim(Workload workload, Caller caller, boolean madeService) implements Claimed {
            String serviceId() {
                return workload.service().id();
            }
        }

        /** The project's name belongs to somebody else. */
        record Taken(Name project) implements Claimed {}

        /** Somebody deleted or replaced the destination while the push was received. */
        record Gone() implements Claimed {}
    }

    synchronized Claimed claim(Caller caller, Destination destination, Name environment) {
        var known = projects.find(caller.team(), destination.projectName().value());
        if (known.isPresent()) return claim(caller, destination, environment, known.get(), false);
        if (!mayCreate(caller)) return new Gone();
        return switch (projects.createProject(caller.team(), destination.projectName())) {
            case Creation.Done<Project>(var project) -> {
                var claimed = claim(caller, destination, environment, project, true);
                if (claimed instanceof Gone) projects.deleteProject(project);
                yield claimed;
            }
            case Creation.NameTaken<Project>(var name) -> new Taken(name);
            case Creation.BranchTaken<Project> _ -> new Gone();
        };
    }

    /** There is a deployment: what the push made stays. */
    synchronized void keep(Claimed.Claim claim, Optional<String> address) {
        var hold = holds.get(claim.serviceId());
        if (hold == null || hold.isKept) return;
        hold.isKept = true;
        var project = claim.workload().project().name().value();
        var service = project + "/" + claim.workload().service().name();
        if (hold.madeProject) record(claim.caller(), "project.create", project, address);
        if (hold.madeService) record(claim.caller(), "service.create", service, address);
    }

    /** The push is over. With the last one goes what was made and never came to be deployed. */
    synchronized void release(Claimed.Claim claim) {
        var hold = holds.get(claim.serviceId());
        if (hold == null || --hold.pushes > 0) return;
        holds.remove(claim.serviceId());
        if (hold.isKept) return;
        var project = claim.workload().project();
        if (hold.madeProject && projects.services(project).size() <= 1) projects.deleteProject(project);
        else if (hold.madeService)
            projects.deleteService(project, claim.workload().service());
    }

    private Claimed claim(
            Caller caller, Destination destination, Name environmentName, Project project, boolean madeProject) {
        var environment = projects.findEnvironment(project, environmentName.value());
        if (environment.isEmpty()) return new Gone();
        var known = projects.findService(project, destination.serviceName().value());
        if (!isAsBefore(destination, known) || (known.isEmpty() && !mayCreate(caller))) return new Gone();
        if (known.isPresent()) return hold(caller, known.get(), environment.get(), madeProject, false);
        return switch (projects.createService(project, destination.serviceName())) {
            case Creation.Done<Service>(var service) -> hold(caller, service, environment.get(), madeProject, true);
            case Creation.NameTaken<Service> _, Creation.BranchTaken<Service> _ -> new Gone();
        };
    }

    private Claimed hold(
            Caller caller, Service service, Environment environment, boolean madeProject, boolean madeService) {
        var hold = holds.computeIfAbsent(service.id(), id -> new Hold(madeProject, madeService));
        hold.pushes++;
        return new Claimed.Claim(projects.workload(service, environment), caller, madeService);
    }

    /** A repository that was there cannot have become another one; one that was not may have been made meanwhile. */
    private static boolean isAsBefore(Destination destination, Optional<Service> now) {
        if (now.isPresent() && now.get().kind() != Service.Kind.APP) return false;
        return destination.serviceId().isEmpty() || destination.serviceId().equals(now.map(Service::id));
    }

    private static boolean mayCreate(Caller caller) {
        return caller.may(Permission.CREATE_PROJECTS) && caller.serviceId() == null;
    }

    private void record(Caller caller, String action, String object, Optional<String> address) {
        audit.record(new Act(
                caller.team(),
                caller.actor(),
                action,
                object,
                Outcome.DONE,
                address.orElse(null),
                null,
                "by git push"));
    }

    /** What the pushes to a service that are under way have in common. */
    private static final class Hold {
        final boolean madeProject;
        final boolean madeService;
        int pushes;
        boolean isKept;

        Hold(boolean madeProject, boolean madeService) {
            this.madeProject = madeProject;
            this.madeService = madeService;
        }
    }
}
