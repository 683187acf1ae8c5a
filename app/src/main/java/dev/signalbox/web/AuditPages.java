package dev.signalbox.web;

import dev.signalbox.accounts.Audit;
import dev.signalbox.accounts.Audit.Line;
import dev.signalbox.accounts.Audit.Outcome;
import dev.signalbox.accounts.Audit.Query;
import dev.signalbox.accounts.Audit.Verification;
import dev.signalbox.accounts.Permission;
import dev.signalbox.accounts.Role;
import dev.signalbox.accounts.TeamScope;
import dev.signalbox.web.Draft.Nothing;
import dev.signalbox.web.Places.TeamTab;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was done and refused, day by day, and as a file to keep. */
final class AuditPages {
    private static final int ON_A_PAGE = 50;
    private static final int IN_A_BATCH = 1_000;
    private static final int LONGEST_SEARCH = 200;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM", Locale.ENGLISH);
    private static final DateTimeFormatter DAY_OF_YEAR = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

    private final Resources resources;
    private final Audit audit;
    private final Places places;
    private final Clock clock;

    AuditPages(Resources resources, Features features, Places places, Clock clock) {
        this.resources = resources;
        this.audit = features.audit();
        this.places = places;
        this.clock = clock;
    }

    List<PageRoute<?, ?>> routes() {
        var team = resources.team().at(Paths.AUDIT);
        return List.of(
                team.get("", "audit.page", "What was done and refused, newest first.")
                        .needs(Permission.READ_AUDIT)
                        .page(this::show),
                team.get("/export", "audit.export", "The same as a table in a file.")
                        .needs(Permission.READ_AUDIT)
                        .page(this::export));
    }

    /**
     * A page of rows.
     *
     * @param entries which of all there are
     * @param newer where the page before is; null on the first
     * @param older where the page after is; null on the last
     * @param stop where a search stopped that is not done yet; null when it is
     */
    record AuditPage(
            Lamp chain,
            boolean whole,
            String text,
            List<Choice> outcomes,
            boolean filtered,
            List<Day> days,
            String entries,
            @Nullable String newer,
            @Nullable String older,
            @Nullable Stop stop,
            String export) {}

    /** How far was searched, and where to go on. */
    record Stop(String text, String more) {}

    record Day(String heading, List<Row> rows) {}

    record Row(String iso, String time, String who, boolean person, AuditSentence what, Lamp outcome, String from) {}

    private Reply show(PageCall<TeamScope, Nothing> call) {
        var newer = call.number("newer").orElse(null);
        var older = call.number("older").orElse(null);
        var found = audit.page(call.resource(), query(call, older, newer, ON_A_PAGE + 1));
        var isFull = found.lines().size() > ON_A_PAGE;
        if (newer != null && !isFull && found.searchedTo() == null) {
            // Less than a page is newer than that: it is the first.
            newer = null;
            older = null;
            found = audit.page(call.resource(), query(call, null, null, ON_A_PAGE + 1));
            isFull = found.lines().size() > ON_A_PAGE;
        }
        var lines = found.lines();
        var shown = lines;
        if (isFull) shown = newer == null ? lines.subList(0, ON_A_PAGE) : lines.subList(1, lines.size());
        var hasNewer = !shown.isEmpty() && (newer == null ? older != null : isFull);
        var hasOlder = !shown.isEmpty() && (newer != null || isFull);
        var stop =
                found.searchedTo() == null ? null : stop(call, newer == null ? "older=" : "newer=", found.searchedTo());
        return Reply.view(
                "audit",
                page(call, shown, hasNewer, hasOlder, stop),
                places.team(TeamTab.AUDIT, call.caller()),
                "entries");
    }

    private static Stop stop(PageCall<?, ?> call, String direction, long searchedTo) {
        return new Stop(
                "Searched to entry " + number(searchedTo) + ".", path("", filter(call), direction + searchedTo));
    }

    private AuditPage page(
            PageCall<TeamScope, Nothing> call,
            List<Line> shown,
            boolean hasNewer,
            boolean hasOlder,
            @Nullable Stop stop) {
        var verification = audit.verification();
        var filter = filter(call);
        return new AuditPage(
                chain(verification),
                verification.filter(found -> found.firstBroken() != null).isEmpty(),
                search(call),
                outcomes(outcome(call)),
                !filter.isEmpty(),
                days(shown),
                entries(shown),
                hasNewer ? path("", filter, "newer=" + shown.getFirst().id()) : null,
                hasOlder ? path("", filter, "older=" + shown.getLast().id()) : null,
                stop,
                path("/export", filter, ""));
    }

    private Lamp chain(Optional<Verification> verification) {
        if (verification.isEmpty()) return new Lamp("checking", "The chain is being checked", "now");
        var found = verification.get();
        if (found.firstBroken() != null) {
            return new Lamp("failed", "Changed from outside at entry " + number(found.firstBroken()), "bad");
        }
        var when = Moment.of(found.at(), clock).text();
        return new Lamp(
                "done",
                "Chain intact, " + number(found.rows()) + (found.rows() == 1 ? " entry, " : " entries, ") + when,
                "ok");
    }

    private List<Day> days(List<Line> lines) {
        var days = new ArrayList<Day>();
        LocalDate current = null;
        var rows = new ArrayList<Row>();
        for (var line : lines) {
            var date = line.at().atOffset(ZoneOffset.UTC).toLocalDate();
            if (!date.equals(current) && current != null) {
                days.add(new Day(heading(current), List.copyOf(rows)));
                rows.clear();
            }
            current = date;
            rows.add(row(line));
        }
        if (current != null) days.add(new Day(heading(current), List.copyOf(rows)));
        return days;
    }

    private String heading(LocalDate date) {
        var today = clock.instant().atOffset(ZoneOffset.UTC).toLocalDate();
        if (date.equals(today)) return "Today, " + DAY.format(date);
        if (date.equals(today.minusDays(1))) return "Yesterday, " + DAY.format(date);
        return (date.getYear() == today.getYear() ? DAY : DAY_OF_YEAR).format(date);
    }

    private static Row row(Line line) {
        return new Row(
                line.at().toString(),
                Moment.time(line.at()),
                line.actor(),
                !line.actor().equals("signalbox"),
                AuditSentence.of(line),
                lamp(line.outcome()),
                line.address() == null ? "local" : line.address());
    }

    private static Lamp lamp(String outcome) {
        return switch (outcome) {
            case "done" -> Lamp.DONE;
            case "refused" -> new Lamp("cancelled", "Denied", "bad");
            default -> new Lamp("failed", "Failed", "bad");
        };
    }

    private static List<Choice> outcomes(@Nullable Outcome chosen) {
        return List.of(
                new Choice("", "Any outcome", chosen == null),
                new Choice("done", "Done", chosen == Outcome.DONE),
                new Choice("refused", "Denied", chosen == Outcome.REFUSED),
                new Choice("failed", "Failed", chosen == Outcome.FAILED));
    }

    private static String entries(List<Line> lines) {
        if (lines.isEmpty()) return "";
        var first = number(lines.getFirst().id());
        return lines.size() == 1
                ? "Entry " + first
                : "Entries " + first + " to " + number(lines.getLast().id());
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    // The file --------------------------------------------------------------------------------------------------------

    private Reply export(PageCall<TeamScope, Nothing> call) {
        var team = call.resource();
        var day = clock.instant().atOffset(ZoneOffset.UTC).toLocalDate();
        return new Reply.Download("text/csv; charset=utf-8", "signalbox-audit-" + day + ".csv", answer -> {
            answer.write(Csv.line("entry", "time", "who", "action", "on", "outcome", "address", "detail"));
            Long before = null;
            while (answer.isOpen()) {
                var found = audit.page(team, query(call, before, null, IN_A_BATCH));
                var text = new StringBuilder();
                for (var line : found.lines()) text.append(csv(line));
                answer.write(text.toString());
                var isFull = found.lines().size() == IN_A_BATCH;
                before = isFull ? Long.valueOf(found.lines().getLast().id()) : found.searchedTo();
                if (before == null) return;
            }
        });
    }

    private static String csv(Line line) {
        return Csv.line(
                Long.toString(line.id()),
                line.at().toString(),
                line.actor(),
                line.action(),
                line.object(),
                line.outcome(),
                line.address(),
                line.detail());
    }

    // What is asked for -----------------------------------------------------------------------------------------------

    /** The machine's own rows are for owners: it is theirs. */
    private static Query query(
            PageCall<TeamScope, Nothing> call, @Nullable Long older, @Nullable Long newer, int limit) {
        var withMachine = call.caller().role() == Role.OWNER;
        return new Query(search(call), outcome(call), older, newer, limit, withMachine);
    }

    private static String search(PageCall<?, ?> call) {
        var text = call.query("text").orElse("").strip();
        return text.substring(0, Math.min(text.length(), LONGEST_SEARCH));
    }

    private static @Nullable Outcome outcome(PageCall<?, ?> call) {
        var word = call.query("outcome").orElse("");
        return Arrays.stream(Outcome.values())
                .filter(outcome -> outcome.word().equals(word))
                .findFirst()
                .orElse(null);
    }

    private static String filter(PageCall<?, ?> call) {
        var parts = new ArrayList<String>();
        var text = search(call);
        if (!text.isEmpty()) parts.add("text=" + URLEncoder.encode(text, StandardCharsets.UTF_8));
        var outcome = outcome(call);
        if (outcome != null) parts.add("outcome=" + outcome.word());
        return String.join("&", parts);
    }

    private static String path(String suffix, String filter, String more) {
        var query = filter.isEmpty() || more.isEmpty() ? filter + more : filter + "&" + more;
        return Paths.AUDIT + suffix + (query.isEmpty() ? "" : "?" + query);
    }
}
