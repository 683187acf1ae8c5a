package dev.signalbox.web;

import dev.signalbox.projects.Environment;
import dev.signalbox.projects.Environment.Outline;

/** The commands that people type, with the real addresses in them. */
final class GitCommands {
    private GitCommands() {}

    /** @param origin scheme and host of the panel */
    static String remote(String origin, String project, String service) {
        return origin + "/git/" + project + "/" + service + ".git";
    }

    static String addRemote(String origin, String project, String service) {
        return "git remote add signalbox " + remote(origin, project, service);
    }

    static String moveRemote(String origin, String project, String service) {
        return "git remote set-url signalbox " + remote(origin, project, service);
    }

    /** What brings something into this environment. */
    static String push(Environment environment) {
        return push(environment.outline());
    }

    static String push(Outline environment) {
        var branch = environment.branch();
        if (branch == null) return "git push signalbox HEAD -o environment=" + environment.name();
        return "git push signalbox " + (environment.tracks("main") ? branch : "HEAD:" + branch);
    }
}
