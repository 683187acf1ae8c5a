package dev.signalbox.web;

import dev.signalbox.projects.Environment;
import dev.signalbox.projects.Project;
import dev.signalbox.projects.Service;
import dev.signalbox.projects.Workload;

/** Addresses of the panel's pages. */
final class Paths {
    static final String PROJECTS = "/projects";
    static final String PROJECT = PROJECTS + "/{project}";
    static final String ENVIRONMENT = PROJECT + "/environments/{environment}";
    static final String WORKLOAD = ENVIRONMENT + "/services/{service}";
    static final String DEPLOYMENT = WORKLOAD + "/deployments/{deployment}";

    static final String TEAM = "/team";
    static final String JOIN = "/join";
    static final String AUDIT = "/audit";
    static final String ACCOUNT = "/account";
    static final String TOKENS = "/tokens";

    private Paths() {}

    static String project(Project project) {
        return PROJECTS + "/" + project.name();
    }

    static String environment(Project project, Environment environment) {
        return project(project) + "/environments/" + environment.name();
    }

    static String workload(Project project, Environment environment, Service service) {
        return environment(project, environment) + "/services/" + service.name();
    }

    static String workload(Workload workload) {
        return workload(workload.project(), workload.environment(), workload.service());
    }

    static String deployment(Workload workload, long number) {
        return workload(workload) + "/deployments/" + number;
    }
}
