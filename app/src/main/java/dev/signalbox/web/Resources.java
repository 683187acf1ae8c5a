package dev.signalbox.web;

import dev.signalbox.accounts.Accounts;
import dev.signalbox.accounts.Accounts.TokenLine;
import dev.signalbox.accounts.Caller;
import dev.signalbox.accounts.TeamScope;
import dev.signalbox.deploys.Deployment;
import dev.signalbox.deploys.Deploys;
import dev.signalbox.projects.Environment;
import dev.signalbox.projects.Project;
import dev.signalbox.projects.Projects;
import dev.signalbox.projects.Service;
import dev.signalbox.projects.Workload;
import java.util.Map;
import java.util.Optional;

/**
 * The kinds of things that operations are on. Every look-up starts from the caller's team, and a token that is bound to a
 * service finds that service and nothing else.
 */
final class Resources {
    private static final String ROOT = "/api/v1";

    private final Accounts accounts;
    private final Projects projects;
    private final Deploys deploys;

    Resources(Accounts accounts, Projects projects, Deploys deploys) {
        this.accounts = accounts;
        this.projects = projects;
        this.deploys = deploys;
    }

    record ProjectEnvironment(Project project, Environment environment) {}

    record ProjectService(Project project, Service service) {}

    record WorkloadDeployment(Workload workload, Deployment deployment) {}

    record ServiceDeployment(Project project, Service service, Deployment deployment) {}

    Resource<Caller> caller() {
        return new Resource<>(ROOT, (caller, names) -> Optional.of(caller));
    }

    Resource<TeamScope> team() {
        return new Resource<>(ROOT, (caller, names) -> {
            if (caller.serviceId() != null) throw new Refusal(Problem.tokenBound());
            return Optional.of(caller.team());
        });
    }

    Resource<TokenLine> token() {
        return new Resource<>(
                ROOT + "/tokens/{token}",
                (caller, names) -> caller.serviceId() != null
                        ? Optional.empty()
                        : accounts.tokens(caller.team()).stream()
                                .filter(token -> token.id().equals(names.get("token")))
                                .findFirst());
    }

    Resource<Project> project() {
        return new Resource<>(
                ROOT + "/projects/{project}",
                (caller, names) -> caller.serviceId() != null ? Optional.empty() : findProject(caller, names));
    }

    Resource<ProjectEnvironment> environment() {
        return new Resource<>(
                project().path() + "/environments/{environment}",
                (caller, names) -> project()
                        .finder()
                        .find(caller, names)
                        .flatMap(project -> findEnvironment(project, names)
                                .map(environment -> new ProjectEnvironment(project, environment))));
    }

    Resource<ProjectService> service() {
        return new Resource<>(project().path() + "/services/{service}", this::findService);
    }

    Resource<Workload> workload() {
        return new Resource<>(
                service().path() + "/environments/{environment}",
                (caller, names) -> findService(caller, names)
                        .flatMap(found -> findEnvironment(found.project(), names)
                                .map(environment -> projects.workload(found.service(), environment))));
    }

    Resource<ServiceDeployment> deployment() {
        return new Resource<>(
                service().path() + "/deployments/{deployment}",
                (caller, names) -> findService(caller, names)
                        .flatMap(found -> number(names)
                                .flatMap(number -> deploys.find(found.service(), number))
                                .map(deployment ->
                                        new ServiceDeployment(found.project(), found.service(), deployment))));
    }

    /** A deployment where it happened: under another environment it is not found. */
    Resource<WorkloadDeployment> workloadDeployment() {
        return new Resource<>(
                workload().path() + "/deployments/{deployment}",
                (caller, names) -> workload()
                        .finder()
                        .find(caller, names)
                        .flatMap(workload -> number(names)
                                .flatMap(number -> deploys.find(workload.service(), number))
                                .filter(deployment -> deployment.workloadId().equals(workload.id()))
                                .map(deployment -> new WorkloadDeployment(workload, deployment))));
    }

    private Optional<Project> findProject(Caller caller, Map<String, String> names) {
        return projects.find(caller.team(), names.getOrDefault("project", ""));
    }

    private Optional<ProjectService> findService(Caller caller, Map<String, String> names) {
        return findProject(caller, names)
                .flatMap(project -> projects.findService(project, names.getOrDefault("service", ""))
                        .filter(service -> !caller.isBoundElsewhere(service.id()))
                        .map(service -> new ProjectService(project, service)));
    }

    private Optional<Environment> findEnvironment(Project project, Map<String, String> names) {
        return projects.findEnvironment(project, names.getOrDefault("environment", ""));
    }

    private static Optional<Long> number(Map<String, String> names) {
        return Digits.number(names.getOrDefault("deployment", ""));
    }
}
