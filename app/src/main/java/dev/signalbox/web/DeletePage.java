package dev.signalbox.web;

import dev.signalbox.projects.Name;
import dev.signalbox.web.Contents.ContentsView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The question before something is deleted: what goes with it.
 *
 * @param what a noun with its article
 * @param goes line by line
 * @param stops the addresses that nothing answers at any more
 * @param needsName whether the name has to be typed: something that is kept, or serves, goes
 * @param problem why it was not done; null at first
 */
record DeletePage(
        String what,
        String name,
        List<String> goes,
        List<String> stops,
        boolean needsName,
        String path,
        String back,
        String typed,
        @Nullable String problem) {
    static DeletePage of(
            String what,
            Name name,
            ContentsView goes,
            String path,
            String back,
            String typed,
            @Nullable String problem) {
        return new DeletePage(
                what, name.value(), goes.counts(), goes.urls(), needsName(goes), path, back, typed, problem);
    }

    static boolean needsName(ContentsView goes) {
        return goes.variables() > 0 || !goes.urls().isEmpty();
    }

    static String notNamed(Name name) {
        return "Nothing was deleted. Type " + name + " to delete it.";
    }
}
