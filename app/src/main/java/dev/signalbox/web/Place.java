package dev.signalbox.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a page is: what the path in the bar and the tabs under it show.
 *
 * @param title what the browser's tab says
 * @param environments the menu of the environment that one is in; empty where there is none
 * @param label what the tabs are of
 */
record Place(String title, List<Crumb> crumbs, List<Choice> environments, String label, List<Tab> tabs) {
    Place {
        crumbs = List.copyOf(crumbs);
        environments = List.copyOf(environments);
        tabs = List.copyOf(tabs);
    }

    /** One step of the path; the last is where one is. */
    record Crumb(String text, String path) {}

    /** An environment to go to. */
    record Choice(Plate plate, String path, boolean current) {}

    /** @param key what opens it from the keyboard after g */
    record Tab(
            String text,
            String path,
            boolean current,
            @Nullable String key) {}

    public @Nullable Choice environment() {
        return environments.stream().filter(Choice::current).findFirst().orElse(null);
    }

    static Place outside(String title) {
        return new Place(title, List.of(), List.of(), "", List.of());
    }
}
