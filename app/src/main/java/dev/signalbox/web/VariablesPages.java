package dev.signalbox.web;

import dev.signalbox.accounts.Permission;
import dev.signalbox.deploys.Deploys;
import dev.signalbox.projects.DotEnv;
import dev.signalbox.projects.DotEnv.Parsed;
import dev.signalbox.projects.Seen;
import dev.signalbox.projects.Variables;
import dev.signalbox.projects.Variables.Line;
import dev.signalbox.projects.Variables.Replaced;
import dev.signalbox.projects.Workload;
import dev.signalbox.secrets.Secret;
import dev.signalbox.web.Draft.Nothing;
import dev.signalbox.web.Places.ServiceTab;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The variables of a service in an environment: what is set, by whom, and what is not live yet. */
final class VariablesPages {
    static final String VARIABLES = "/variables";

    private final Resources resources;
    private final Variables variables;
    private final Deploys deploys;
    private final Places places;
    private final Clock clock;

    VariablesPages(Resources resources, Features features, Places places, Clock clock) {
        this.resources = resources;
        this.variables = features.variables();
        this.deploys = features.deploys();
        this.places = places;
        this.clock = clock;
    }

    List<PageRoute<?, ?>> routes() {
        var workload = resources.workload().at(Paths.WORKLOAD + VARIABLES);
        return List.of(
                workload.get("", "variables.page", "Names and times, without values; what is not live yet.")
                        .needs(Permission.READ_VARIABLES)
                        .page(call -> page(call, Pasted.nothing(call.resource()))),
                workload.get("/live", "variables.live", "Says when the variables, or what serves, have changed.")
                        .needs(Permission.READ_VARIABLES)
                        .page(this::live),
                workload.post("/paste", "variables.change", "Sets what stands in a pasted .env file.")
                        .needs(Permission.WRITE_VARIABLES)
                        .takes(PasteForm.class)
                        .page(this::paste),
                workload.post("/deploy", "deployments.create", "Deploys what is wanted with the variables of now.")
                        .needs(Permission.DEPLOY)
                        .takes(DeployForm.class)
                        .page(this::deploy),
                workload.post("/{variable}/reveal", "variables.reveal", "The value of one variable.")
                        .needs(Permission.REVEAL_VARIABLES)
                        .page(this::reveal)
                        .afterPassword());
    }

    /**
     * What was pasted.
     *
     * @param values the text, as in a .env file
     * @param seen when a variable had last changed for who pastes; empty when none ever had
     */
    record PasteForm(String values, String seen) {}

    /** @param deployment the number of what goes live with the variables of now; empty for what is wanted */
    record DeployForm(String deployment) {}

    /** What stands in the field to paste into, and what is wrong with it. */
    record Pasted(String text, String seen, @Nullable String problem) {
        static Pasted nothing(Workload workload) {
            return new Pasted("", VariablesPages.text(workload.variablesChangedAt()), null);
        }
    }

    record VariablesPage(
            String path,
            String where,
            boolean mayWrite,
            boolean mayReveal,
            boolean mayDeploy,
            String live,
            PendingChanges pending,
            String how,
            @Nullable String watch,
            List<VariableRow> rows,
            Pasted pasted) {}

    /**
     * A variable, or one that is still live but not set any more.
     *
     * @param state whether it waits to be live; null when it does not
     * @param by who set it; null when that is not known
     * @param when null for one that is not set any more
     */
    record VariableRow(
            String name,
            String path,
            @Nullable Lamp state,
            @Nullable String by,
            @Nullable Moment when) {}

    /** What the page shows, for its stream. */
    private record Picture(
            List<Line> lines,
            @Nullable String serving,
            @Nullable String newest,
            @Nullable Object end) {}

    private Reply.View page(PageCall<Workload, ?> call, Pasted pasted) {
        var workload = call.resource();
        var path = path(workload);
        // Before what is shown is read: what changes meanwhile makes another picture.
        var live = path + "/live?seen=" + Pings.mark(picture(workload));
        var lines = variables.list(workload);
        var pending = PendingChanges.of(workload, deploys);
        var page = new VariablesPage(
                path,
                workload.inEnvironment(),
                call.caller().may(Permission.WRITE_VARIABLES),
                call.caller().may(Permission.REVEAL_VARIABLES),
                call.caller().may(Permission.DEPLOY),
                live,
                pending,
                pending.how(workload),
                pending.underWay() == null ? null : Paths.deployment(workload, pending.underWay()),
                rows(path, lines, pending),
                pasted);
        return Reply.view("variables", page, places.service(workload, ServiceTab.VARIABLES), "variables");
    }

    private List<VariableRow> rows(String path, List<Line> lines, PendingChanges pending) {
        var rows = new ArrayList<VariableRow>();
        for (var line : lines) {
            rows.add(new VariableRow(
                    line.name(),
                    path + "/" + line.name(),
                    pending.lamp(line.name()),
                    line.updatedBy(),
                    Moment.of(line.updatedAt(), clock)));
        }
        for (var name : pending.removed()) {
            rows.add(new VariableRow(name, path + "/" + name, pending.lamp(name), null, null));
        }
        rows.sort(Comparator.comparing(VariableRow::name));
        return rows;
    }

    private Reply live(PageCall<Workload, Nothing> call) {
        var workload = call.resource();
        return new Reply.Live(() -> picture(workload), call.query("seen").orElse(""));
    }

    private Picture picture(Workload workload) {
        var newest = deploys.newest(workload);
        return new Picture(
                variables.list(workload),
                deploys.serving(workload).map(serving -> serving.id()).orElse(null),
                newest.map(deployment -> deployment.id()).orElse(null),
                newest.map(deployment -> deployment.finishedAt()).orElse(null));
    }

    // Pasting ---------------------------------------------------------------------------------------------------------

    private Reply paste(PageCall<Workload, PasteForm> call) {
        return switch (DotEnv.parse(call.form().values())) {
            case Parsed.Wrong(var line, var sentence) ->
                wrong(call, "Line " + line + ": " + sentence + ". Nothing was changed.");
            case Parsed.Done(var entries)
            when entries.isEmpty() -> wrong(call, "There is no line NAME=value in it. Nothing was changed.");
            case Parsed.Done(var entries) -> paste(call, entries);
        };
    }

    private Reply paste(PageCall<Workload, PasteForm> call, SequencedMap<String, DotEnv.Entry> entries) {
        call.note(String.join(" ", entries.sequencedKeySet()));
        var workload = call.resource();
        Map<String, Optional<Secret>> edits = new HashMap<>();
        entries.forEach((name, entry) -> edits.put(name, Optional.of(new Secret(entry.value()))));
        var seen = new Seen.All(instant(call.form().seen()));
        var replaced = variables.change(workload, edits, seen, call.caller().actor());
        if (replaced instanceof Replaced.Done(var changed)) {
            return new Reply.Go(path(workload), done(entries.size(), changed));
        }
        if (replaced instanceof Replaced.Overtaken overtaken) {
            var said = overtaken(overtaken, call.caller().actor(), clock)
                    + " Nothing was changed. Paste again to set what stands here.";
            return page(call, new Pasted(call.form().values(), text(workload.variablesChangedAt()), said))
                    .refused();
        }
        var problem = VariableProblems.of(replaced).orElseThrow();
        var name = Objects.requireNonNullElse(problem.field(), "").replaceFirst("^variables\\.", "");
        var entry = entries.get(name);
        return wrong(call, (entry == null ? "" : "Line " + entry.line() + ", " + name + ": ") + problem.message());
    }

    private static String done(int pasted, int changed) {
        if (changed == 0) return "They were set like this already.";
        return (changed == pasted ? "" : changed + " of ") + Sizes.count(pasted, "variable") + " set.";
    }

    private Reply wrong(PageCall<Workload, PasteForm> call, String problem) {
        return page(call, new Pasted(call.form().values(), call.form().seen(), problem))
                .refused();
    }

    /** Jonas changed LOG_LEVEL 2 min ago, after you, Mara, had opened this form. */
    static String overtaken(Replaced.Overtaken overtaken, String actor, Clock clock) {
        var now = overtaken.now();
        if (now == null) return "Somebody removed " + overtaken.name() + " after you, " + actor + ", opened this form.";
        var by = now.updatedBy();
        var who = by == null ? "Somebody" : by.equals(actor) ? "You yourself, " + actor + "," : by;
        var when = Moment.of(now.updatedAt(), clock).text();
        return who + " changed " + overtaken.name() + " " + when + ", after "
                + (Objects.equals(by, actor) ? "you opened this form." : "you, " + actor + ", opened this form.");
    }

    // Deploying and revealing -----------------------------------------------------------------------------------------

    private Reply deploy(PageCall<Workload, DeployForm> call) {
        var workload = call.resource();
        var pending = PendingChanges.of(workload, deploys);
        if (pending.underWay() != null) {
            return new Reply.Go(
                    Paths.deployment(workload, pending.underWay()),
                    "They are on their way with #" + pending.underWay() + " already.");
        }
        if (pending.isEmpty()) return new Reply.Go(path(workload), "Everything here is live already.");
        var chosen = pending.chosen(call.form().deployment());
        if (chosen.isEmpty()) {
            return new Reply.Go(
                    path(workload), "Nothing was deployed: something else is wanted or serves by now. Look again.");
        }
        var asked = deploys.retry(workload, chosen.get(), call.caller().actor());
        var deployment = DeploymentProblems.queued(workload, asked);
        call.note("deployment " + deployment.number());
        return Reply.go(Paths.deployment(workload, deployment.number()));
    }

    /** One value, on a page of its own or in the table. */
    record RevealedPage(String name, String value, String back) {}

    private Reply reveal(PageCall<Workload, Nothing> call) {
        var workload = call.resource();
        var name = call.name("variable");
        var value = variables.find(workload, name).orElseThrow(() -> new Refusal(Problem.NOT_FOUND));
        var path = path(workload);
        var page = new RevealedPage(name, value.reveal(), path);
        return Reply.view("variable-value", page, places.service(workload, ServiceTab.VARIABLES));
    }

    static String path(Workload workload) {
        return Paths.workload(workload) + VARIABLES;
    }

    static String text(@Nullable Instant instant) {
        return instant == null ? "" : instant.toString();
    }

    /** What a form carried from when it was opened. */
    static @Nullable Instant instant(String text) {
        try {
            return text.isEmpty() ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new Refusal(Problem.invalid("seen_invalid", "seen", "Open the page again and try once more."));
        }
    }
}
