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
    private final Map<String, Integer> users = new HashMap<>();

    Claims(Projects projects, Audit audit) {
        this.projects = projects;
        this.audit = audit;
    }

    sealed interface Claimed {
        /** A push's hold on a workload, until it is kept or taken back. */
        record Claim(Workload workload, Caller caller, boolean madeProject, boolean madeService) implements Claimed {
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

    /** The deployment is on its way: what was made stays. */
    synchronized void keep(Claimed.Claim claim, Optional<String> address) {
        leave(claim);
        var project = claim.workload().project().name().value();
        if (claim.madeProject()) record(claim, "project.create", project, address);
        if (claim.madeService()) {
            record(
                    claim,
                    "service.create",
                    project + "/" + claim.workload().service().name(),
                    address);
        }
    }

    /** There is no deployment: what was made goes, unless another push has come to need it. */
    synchronized void takeBack(Claimed.Claim claim) {
        if (leave(claim) > 0) return;
        var project = claim.workload().project();
        if (claim.madeProject() && projects.services(project).size() <= 1) projects.deleteProject(project);
        else if (claim.madeService())
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
        users.merge(service.id(), 1, Integer::sum);
        return new Claimed.Claim(projects.workload(service, environment), caller, madeProject, madeService);
    }

    /** A repository that was there cannot have become another one; one that was not may have been made meanwhile. */
    private static boolean isAsBefore(Destination destination, Optional<Service> now) {
        if (now.isPresent() && now.get().kind() != Service.Kind.APP) return false;
        return destination.serviceId().isEmpty() || destination.serviceId().equals(now.map(Service::id));
    }

    private static boolean mayCreate(Caller caller) {
        return caller.may(Permission.CREATE_PROJECTS) && caller.serviceId() == null;
    }

    /** How many other pushes still hold it. */
    private int leave(Claimed.Claim claim) {
        int left = users.getOrDefault(claim.serviceId(), 1) - 1;
        if (left == 0) users.remove(claim.serviceId());
        else users.put(claim.serviceId(), left);
        return left;
    }

    private void record(Claimed.Claim claim, String action, String object, Optional<String> address) {
        var caller = claim.caller();
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
}
