package dev.signalbox.web;

import dev.signalbox.accounts.Caller;
import dev.signalbox.accounts.Permission;
import dev.signalbox.projects.Environment;
import dev.signalbox.projects.Project;
import dev.signalbox.projects.Projects;
import dev.signalbox.projects.Workload;
import dev.signalbox.web.Place.Choice;
import dev.signalbox.web.Place.Crumb;
import dev.signalbox.web.Place.Tab;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Says of every page where it is. */
final class Places {
    private final Projects projects;

    Places(Projects projects) {
        this.projects = projects;
    }

    /** The tabs of a project in an environment. */
    enum ProjectTab {
        SERVICES("Services", "", "s"),
        SETTINGS("Settings", "/settings", null);

        private final String text;
        private final String suffix;
        private final @Nullable String key;

        ProjectTab(String text, String suffix, @Nullable String key) {
            this.text = text;
            this.suffix = suffix;
            this.key = key;
        }
    }

    /** The tabs of a service in an environment. */
    enum ServiceTab {
        OVERVIEW("Overview", "", null),
        DEPLOYMENTS("Deployments", "/deployments", "d"),
        VARIABLES("Variables", "/variables", "v"),
        LOGS("Logs", "/logs", "l"),
        SETTINGS("Settings", "/settings", null);

        private final String text;
        private final String suffix;
        private final @Nullable String key;

        ServiceTab(String text, String suffix, @Nullable String key) {
            this.text = text;
            this.suffix = suffix;
            this.key = key;
        }
    }

    /** The tabs of the team. */
    enum TeamTab {
        PROJECTS("Projects", Paths.PROJECTS, Permission.READ_PROJECTS),
        TEAM("Team", Paths.TEAM, Permission.READ_TEAM),
        AUDIT("Audit", Paths.AUDIT, Permission.READ_AUDIT);

        private final String text;
        private final String path;
        private final Permission needed;

        TeamTab(String text, String path, Permission needed) {
            this.text = text;
            this.path = path;
            this.needed = needed;
        }
    }

    /** A page of the whole team, beside the others that this caller may see. */
    Place team(TeamTab current, Caller caller) {
        var tabs = Arrays.stream(TeamTab.values())
                .filter(tab -> caller.may(tab.needed))
                .map(tab -> new Tab(tab.text, tab.path, tab == current, null))
                .toList();
        return new Place(current.text, List.of(), List.of(), "Team", tabs);
    }

    /** A page of the whole team that has no tab. */
    Place team(String title, String path) {
        return new Place(title, List.of(new Crumb(title, path)), List.of(), "", List.of());
    }

    Place project(Project project, Environment environment, ProjectTab current) {
        var path = Paths.environment(project, environment);
        var tabs = new ArrayList<Tab>();
        for (var tab : ProjectTab.values()) {
            tabs.add(new Tab(tab.text, path + tab.suffix, tab == current, key(tab.key)));
        }
        return new Place(
                current == ProjectTab.SERVICES ? project.name().value() : current.text + " of " + project.name(),
                List.of(new Crumb(project.name().value(), path)),
                choices(project, environment, other -> Paths.environment(project, other) + current.suffix),
                "Project " + project.name(),
                tabs);
    }

    Place service(Workload workload, ServiceTab current) {
        return service(workload, current, current == ServiceTab.OVERVIEW ? "" : current.text + " of ", List.of());
    }

    /** A page below one of a service's tabs, with a path of its own. */
    Place below(Workload workload, ServiceTab current, String title, String path) {
        return service(workload, current, title + " of ", List.of(new Crumb(title, path)));
    }

    private Place service(Workload workload, ServiceTab current, String title, List<Crumb> more) {
        var project = workload.project();
        var service = workload.service();
        var path = Paths.workload(workload);
        var crumbs = new ArrayList<>(List.of(
                new Crumb(project.name().value(), Paths.environment(project, workload.environment())),
                new Crumb(service.name().value(), path)));
        crumbs.addAll(more);
        var tabs = new ArrayList<Tab>();
        for (var tab : ServiceTab.values()) {
            tabs.add(new Tab(tab.text, path + tab.suffix, tab == current, key(tab.key)));
        }
        return new Place(
                title + service.name(),
                crumbs,
                choices(
                        project,
                        workload.environment(),
                        other -> Paths.workload(project, other, service) + current.suffix),
                "Service " + service.name(),
                tabs);
    }

    private List<Choice> choices(Project project, Environment current, Function<Environment, String> path) {
        return projects.environments(project).stream()
                .map(other -> new Choice(Plate.of(other), path.apply(other), other.equals(current)))
                .toList();
    }

    private static @Nullable String key(@Nullable String letter) {
        return letter == null ? null : "g " + letter;
    }
}
