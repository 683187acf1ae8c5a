package dev.signalbox.web;

import dev.signalbox.accounts.Permission;
import dev.signalbox.logs.ContainerLine;
import dev.signalbox.logs.Lines;
import dev.signalbox.logs.LogFilter;
import dev.signalbox.logs.Logs;
import dev.signalbox.logs.TerminalText;
import dev.signalbox.projects.Workload;
import dev.signalbox.web.Draft.Nothing;
import dev.signalbox.web.Places.ServiceTab;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** What a service prints: the last lines, found ones, and those that come. */
final class LogPages {
    private static final String LOGS = "/logs";
    private static final int SHOWN = 500;
    /** A reader that was away for a moment gets so many of the lines that came meanwhile. */
    private static final int CAUGHT_UP = 1_000;

    /** Characters from which on lines are sent, however many come: a hundred readers may be slow to take them. */
    private static final int EVENT = 1 << 16;

    private static final int DOWNLOADED = 50_000;
    private static final int LONGEST_FIND = 200;

    private final Resources resources;
    private final Logs logs;
    private final Places places;
    private final RenderedLines rendered = new RenderedLines();

    LogPages(Resources resources, Features features, Places places) {
        this.resources = resources;
        this.logs = features.logs();
        this.places = places;
    }

    List<PageRoute<?, ?>> routes() {
        var workload = resources.workload().at(Paths.WORKLOAD + LOGS);
        return List.of(
                workload.get("", "logs.page", "The last lines that the service printed, or those that hold a text.")
                        .needs(Permission.READ_LOGS)
                        .page(this::show),
                workload.get("/stream", "logs.stream", "The lines that come.")
                        .needs(Permission.READ_LOGS)
                        .page(this::stream),
                workload.get("/download", "logs.download", "The last lines as a file.")
                        .needs(Permission.READ_LOGS)
                        .page(this::download));
    }

    /** What somebody looks for. */
    private record Search(String find, boolean errors) {
        static Search of(PageCall<?, ?> call) {
            var find = call.query("find").orElse("").strip();
            return new Search(
                    find.length() <= LONGEST_FIND ? find : find.substring(0, LONGEST_FIND),
                    call.query("errors").isPresent());
        }

        boolean isForAll() {
            return find.isEmpty() && !errors;
        }

        LogFilter filter() {
            return isForAll() ? LogFilter.ALL : new LogFilter(find, errors);
        }

        /** As it stands in an address. */
        String query() {
            return "find=" + URLEncoder.encode(find, StandardCharsets.UTF_8) + (errors ? "&errors=only" : "");
        }
    }

    /**
     * The page.
     *
     * @param isEmpty whether nothing has been printed at all
     */
    record LogPage(
            String path,
            String where,
            String find,
            boolean errors,
            String title,
            boolean isEmpty,
            List<AppLine> lines,
            String stream,
            String download) {}

    private Reply show(PageCall<Workload, Nothing> call) {
        var workload = call.resource();
        var search = Search.of(call);
        var last = logs.tail(workload.id(), 1);
        long position = last.isEmpty() ? 0 : last.getLast().position();
        // The lines after this position come by the stream.
        var lines = logs.tail(workload.id(), SHOWN, search.filter()).stream()
                .filter(line -> line.position() <= position)
                .toList();
        var path = Paths.workload(workload) + LOGS;
        var page = new LogPage(
                path,
                workload.inEnvironment(),
                search.find(),
                search.errors(),
                title(search, lines.size()),
                last.isEmpty(),
                lines.stream().map(line -> AppLine.marking(line, search.find())).toList(),
                path + "/stream?" + search.query() + "&after=" + position,
                path + "/download?" + search.query());
        return Reply.view("logs", page, places.service(workload, ServiceTab.LOGS));
    }

    private static String title(Search search, int count) {
        var noun = search.errors() ? " error line" : " line";
        var number = count < SHOWN ? count + noun + (count == 1 ? "" : "s") : "The last " + SHOWN + noun + "s";
        return search.find().isEmpty() ? number : number + " with \u201c" + search.find() + "\u201d";
    }

    private Reply stream(PageCall<Workload, Nothing> call) {
        var id = call.resource().id();
        var search = Search.of(call);
        var after = call.lastEvent().orElseGet(() -> position(call));
        return new Reply.Stream(answer -> {
            var filter = search.filter();
            try (var _ =
                    logs.followAfter(id, after, CAUGHT_UP, lines -> send(answer, lines, search, filter), answer::end)) {
                answer.awaitEnd();
            }
        });
    }

    private void send(LiveAnswer answer, Lines lines, Search search, LogFilter filter) {
        var html = new StringBuilder();
        if (lines.skipped() != 0) html.append(gap(lines.skipped()));
        for (var line : lines.lines()) {
            if (search.isForAll()) html.append(rendered.html(line));
            else if (filter.wants(line))
                html.append(AppLine.marking(line, search.find()).html());
            if (html.length() < EVENT) continue;
            answer.lines(line.position(), html.toString());
            html.setLength(0);
        }
        if (html.isEmpty()) return;
        answer.lines(lines.lines().isEmpty() ? 0 : lines.lines().getLast().position(), html.toString());
    }

    /** Says that lines are missing here. */
    private static String gap(long count) {
        if (count == Lines.SOME) return "<li class=\"gap\" data-lines=\"1\">Some lines are left out here</li>";
        return String.format(
                Locale.ROOT,
                "<li class=\"gap\" data-lines=\"%d\">%,d %s left out here</li>",
                count,
                count,
                count == 1 ? "line is" : "lines are");
    }

    /** Where the page ended. */
    private static long position(PageCall<?, ?> call) {
        return call.query("after")
                .map(text -> Digits.number(text)
                        .orElseThrow(
                                () -> new Refusal(Problem.invalid("number_invalid", "after", "Open the page again."))))
                .orElse(0L);
    }

    private Reply download(PageCall<Workload, Nothing> call) {
        var workload = call.resource();
        var search = Search.of(call);
        var name = workload.project().name() + "-" + workload.service().name() + "-"
                + workload.environment().name() + ".log";
        return new Reply.Download("text/plain; charset=utf-8", name, answer -> {
            var text = new StringBuilder();
            for (var line : logs.tail(workload.id(), DOWNLOADED, search.filter())) {
                text.append(written(line));
                if (text.length() < 1 << 16) continue;
                answer.write(text.toString());
                text.setLength(0);
            }
            answer.write(text.toString());
        });
    }

    private static String written(ContainerLine line) {
        return line.at() + " " + line.source() + (line.error() ? " ! " : " | ") + TerminalText.plain(line.text())
                + "\n";
    }
}
