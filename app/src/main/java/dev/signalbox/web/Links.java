package dev.signalbox.web;

import dev.signalbox.projects.Environment;
import dev.signalbox.projects.Project;
import dev.signalbox.projects.Service;
import dev.signalbox.projects.Workload;

/** Addresses of things, as paths. */
final class Links {
    private Links() {}

    static String project(Project project) {
        return "/api/v1/projects/" + project.name();
    }

    static String environment(Project project, Environment environment) {
        return project(project) + "/environments/" + environment.name();
    }

    static String service(Project project, Service service) {
        return project(project) + "/services/" + service.name();
    }

    static String workload(Workload workload) {
        return service(workload.project(), workload.service()) + "/environments/"
                + workload.environment().name();
    }

    static String deployment(Project project, Service service, long number) {
        return service(project, service) + "/deployments/" + number;
    }

    static String gitRemote(Project project, Service service) {
        return "/git/" + project.name() + "/" + service.name() + ".git";
    }
}
