package dev.signalbox.web;

import dev.signalbox.accounts.Permission;
import dev.signalbox.accounts.TeamScope;
import dev.signalbox.projects.Environment;
import dev.signalbox.projects.Project;
import dev.signalbox.projects.Projects;
import dev.signalbox.projects.Service;
import dev.signalbox.projects.Workload;
import dev.signalbox.web.Draft.Nothing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Finds projects and services by a part of their name. */
final class SearchPages {
    private static final String SEARCH = "/search";
    private static final int MOST = 50;
    private static final int LONGEST = 100;

    private final Resources resources;
    private final Projects projects;
    private final Places places;

    SearchPages(Resources resources, Features features, Places places) {
        this.resources = resources;
        this.projects = features.projects();
        this.places = places;
    }

    List<PageRoute<?, ?>> routes() {
        return List.of(resources
                .team()
                .at(SEARCH)
                .get("", "search.page", "Projects and services by name.")
                .needs(Permission.READ_PROJECTS)
                .page(this::search));
    }

    /** @param more whether there are more hits than are shown */
    record SearchPage(String query, List<Hit> hits, boolean more) {}

    record Hit(String icon, String name, String where, String path) {}

    private Reply search(PageCall<TeamScope, Nothing> call) {
        var query = call.query("q").orElse("").strip().toLowerCase(Locale.ROOT);
        var wanted = query.substring(0, Math.min(query.length(), LONGEST));
        var hits = wanted.isEmpty() ? List.<Hit>of() : hits(call.resource(), wanted);
        var page = new SearchPage(wanted, hits.stream().limit(MOST).toList(), hits.size() > MOST);
        return Reply.view("search", page, places.team("Search", SEARCH));
    }

    /** What begins with it first. */
    private List<Hit> hits(TeamScope team, String wanted) {
        var firsts = projects.environments(team).stream()
                .collect(Collectors.toMap(Environment::projectId, environment -> environment, (first, later) -> first));
        var hits = new ArrayList<Hit>();
        for (var project : projects.list(team)) {
            var first = firsts.get(project.id());
            if (first != null && project.name().value().contains(wanted)) hits.add(hit(project, first));
        }
        var seen = new HashSet<String>();
        for (var workload : projects.workloads(team)) {
            var found = workload.service().name().value().contains(wanted)
                    || workload.label().startsWith(wanted);
            if (found
                    && workload.environment()
                            .equals(firsts.get(workload.project().id()))
                    && seen.add(workload.service().id())) hits.add(hit(workload));
        }
        hits.sort(Comparator.comparing((Hit hit) -> !hit.name().startsWith(wanted)));
        return hits;
    }

    private static Hit hit(Project project, Environment first) {
        return new Hit("menu", project.name().value(), "Project", Paths.environment(project, first));
    }

    private static Hit hit(Workload workload) {
        return new Hit(
                workload.service().kind() == Service.Kind.DATABASE ? "db" : "app",
                workload.service().name().value(),
                "Service of " + workload.project().name(),
                Paths.workload(workload));
    }
}
