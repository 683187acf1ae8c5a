package dev.signalbox.web;

import dev.signalbox.projects.Name;
import dev.signalbox.web.Contents.ContentsView;
import java.util.ArrayList;
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
                what, name.value(), lines(goes), goes.urls(), needsName(goes), path, back, typed, problem);
    }

    static boolean needsName(ContentsView goes) {
        return goes.variables() > 0 || !goes.urls().isEmpty();
    }

    static String notNamed(Name name) {
        return "Nothing was deleted. Type " + name + " to delete it.";
    }

    /** 2 services, 2 environments and 12 variables go. */
    static String sentence(ContentsView goes) {
        var lines = lines(goes);
        if (lines.isEmpty()) return "Nothing is in it.";
        var last = lines.getLast();
        var said = lines.size() == 1 ? last : String.join(", ", lines.subList(0, lines.size() - 1)) + " and " + last;
        return said + " go with it, for good.";
    }

    private static List<String> lines(ContentsView goes) {
        var lines = new ArrayList<String>();
        add(lines, goes.services().size(), "service");
        add(lines, goes.environments().size(), "environment");
        add(lines, goes.variables(), "variable");
        return lines;
    }

    private static void add(List<String> lines, int number, String noun) {
        if (number > 0) lines.add(Sizes.count(number, noun));
    }
}
