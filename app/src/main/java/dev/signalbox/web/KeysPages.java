package dev.signalbox.web;

import dev.signalbox.accounts.TeamScope;
import dev.signalbox.web.Draft.Nothing;
import java.util.List;

/** The map of the keyboard, and its switch. */
final class KeysPages {
    private static final String PATH = "/keys";

    private final Resources resources;
    private final Places places;

    KeysPages(Resources resources, Places places) {
        this.resources = resources;
        this.places = places;
    }

    List<PageRoute<?, ?>> routes() {
        return List.of(resources
                .team()
                .at(PATH)
                .get("", "keys.page", "What the keys do.")
                .everyMember("it shows nothing of anybody")
                .page(this::show));
    }

    /** @param keys that are pressed one after the other, or one of which is */
    record Key(List<String> keys, String act) {}

    record KeysPage(List<Key> keys) {
        private static final KeysPage ALL = new KeysPage(List.of(
                key("Search", "/"),
                key("Projects", "g", "p"),
                key("Services", "g", "s"),
                key("Deployments", "g", "d"),
                key("Variables", "g", "v"),
                key("Logs", "g", "l"),
                key("Audit log", "g", "a"),
                key("Another environment", "e"),
                key("Next row, previous row", "j", "k"),
                key("Open the row", "Enter"),
                key("What can be done with the row", "."),
                key("Copy the command", "c"),
                key("Follow the log", "f"),
                key("Wrap long lines", "w"),
                key("Close, and back to where one was", "Esc"),
                key("This", "?")));

        private static Key key(String act, String... keys) {
            return new Key(List.of(keys), act);
        }
    }

    private Reply show(PageCall<TeamScope, Nothing> call) {
        return Reply.view("keys", KeysPage.ALL, places.team("Keyboard shortcuts", PATH));
    }
}
