package dev.signalbox.web;

import dev.signalbox.accounts.Permission;
import dev.signalbox.projects.Seen;
import dev.signalbox.projects.Variables;
import dev.signalbox.projects.Variables.Line;
import dev.signalbox.projects.Variables.Replaced;
import dev.signalbox.projects.Workload;
import dev.signalbox.secrets.Secret;
import dev.signalbox.web.Draft.Nothing;
import dev.signalbox.web.Places.ServiceTab;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Setting one variable, and taking it away. */
final class VariablePages {
    private final Resources resources;
    private final Variables variables;
    private final Places places;
    private final Clock clock;

    VariablePages(Resources resources, Features features, Places places, Clock clock) {
        this.resources = resources;
        this.variables = features.variables();
        this.places = places;
        this.clock = clock;
    }

    List<PageRoute<?, ?>> routes() {
        var workload = resources.workload().at(Paths.WORKLOAD + VariablesPages.VARIABLES);
        return List.of(
                workload.get("/new", "variables.new", "A form for another variable.")
                        .needs(Permission.WRITE_VARIABLES)
                        .page(this::add),
                workload.post("/set", "variables.change", "Sets one variable.")
                        .needs(Permission.WRITE_VARIABLES)
                        .takes(SetForm.class)
                        .page(this::set),
                workload.get("/{variable}/edit", "variables.edit", "A form for the new value of a variable.")
                        .needs(Permission.WRITE_VARIABLES)
                        .page(this::edit),
                workload.get("/{variable}/remove", "variables.remove", "Asks whether a variable is to go.")
                        .needs(Permission.WRITE_VARIABLES)
                        .page(this::askToRemove),
                workload.post("/{variable}/remove", "variables.change", "Takes one variable away.")
                        .needs(Permission.WRITE_VARIABLES)
                        .takes(RemoveForm.class)
                        .page(this::remove));
    }

    /** @param seen when it had been set for who edits; empty for one that was not there */
    record SetForm(String name, String value, String seen) {}

    record RemoveForm(String seen) {}

    /**
     * The form.
     *
     * @param isNew whether the name can be chosen
     * @param nameProblem what is wrong with the name; null when nothing is
     * @param overtaken that somebody else changed it meanwhile; null when nobody did
     */
    record SetPage(
            String path,
            String where,
            boolean isNew,
            SetForm form,
            @Nullable String nameProblem,
            @Nullable String valueProblem,
            @Nullable String overtaken) {}

    record RemovePage(
            String path,
            String where,
            String name,
            String seen,
            @Nullable String overtaken) {}

    private Reply.View page(Workload workload, SetForm form, @Nullable String nameProblem, @Nullable String problem) {
        return page(workload, form, nameProblem, problem, null);
    }

    private Reply.View page(
            Workload workload,
            SetForm form,
            @Nullable String nameProblem,
            @Nullable String valueProblem,
            @Nullable String overtaken) {
        var isNew = form.seen().isEmpty();
        var page = new SetPage(
                VariablesPages.path(workload),
                workload.inEnvironment(),
                isNew,
                form,
                nameProblem,
                valueProblem,
                overtaken);
        return Reply.view("variable", page, places.service(workload, ServiceTab.VARIABLES));
    }

    /** A link may name the variable, and it may be there already. */
    private Reply add(PageCall<Workload, Nothing> call) {
        var name = call.query("name").orElse("");
        var form = find(call.resource(), name).map(VariablePages::editing).orElseGet(() -> new SetForm(name, "", ""));
        return page(call.resource(), form, null, null);
    }

    private Reply edit(PageCall<Workload, Nothing> call) {
        return page(call.resource(), editing(line(call)), null, null);
    }

    private static SetForm editing(Line line) {
        return new SetForm(line.name(), "", VariablesPages.text(line.updatedAt()));
    }

    private Reply set(PageCall<Workload, SetForm> call) {
        var workload = call.resource();
        var form = call.form();
        var name = form.name().strip();
        if (!Variables.isName(name)) {
            return page(workload, form, VariableProblems.nameInvalid(name).message(), null)
                    .refused();
        }
        call.note(name);
        var value = plain(form.value());
        if (value.isEmpty()) {
            return page(
                            workload,
                            form,
                            null,
                            "Type a value. An empty one is set by the line " + name + "= in a pasted .env file.")
                    .refused();
        }
        var seen = new Seen.One(VariablesPages.instant(form.seen()));
        var edits = Map.of(name, Optional.of(new Secret(value)));
        return switch (variables.change(workload, edits, seen, call.caller().actor())) {
            case Replaced.Done(var changed) ->
                new Reply.Go(
                        VariablesPages.path(workload), changed == 0 ? name + " was that already." : name + " is set.");
            case Replaced.Overtaken overtaken -> overtaken(call, overtaken);
            case Replaced other ->
                page(
                                workload,
                                form,
                                null,
                                VariableProblems.of(other).orElseThrow().message())
                        .refused();
        };
    }

    private Reply overtaken(PageCall<Workload, SetForm> call, Replaced.Overtaken overtaken) {
        var form = call.form();
        var now = overtaken.now();
        if (form.seen().isEmpty()) {
            return page(
                            call.resource(),
                            form,
                            overtaken.name() + " is set already. Nothing was changed. Edit it in the list instead.",
                            null)
                    .refused();
        }
        var said = VariablesPages.overtaken(overtaken, call.caller().actor(), clock)
                + " Nothing was overwritten. What you typed is still here: save it again if it is to replace that.";
        var next = new SetForm(form.name(), form.value(), now == null ? "" : VariablesPages.text(now.updatedAt()));
        return page(call.resource(), next, null, null, said).refused();
    }

    /** Browsers send line breaks in the way of the network. One at the very end is a slip, and nobody would see it. */
    private static String plain(String value) {
        return value.replace("\r\n", "\n").replaceFirst("\n+\\z", "");
    }

    private Reply askToRemove(PageCall<Workload, Nothing> call) {
        var line = line(call);
        return removePage(call.resource(), line.name(), VariablesPages.text(line.updatedAt()), null);
    }

    private Reply.View removePage(Workload workload, String name, String seen, @Nullable String overtaken) {
        var page = new RemovePage(VariablesPages.path(workload), workload.inEnvironment(), name, seen, overtaken);
        return Reply.view("variable-remove", page, places.service(workload, ServiceTab.VARIABLES));
    }

    private Reply remove(PageCall<Workload, RemoveForm> call) {
        var workload = call.resource();
        var name = call.name("variable");
        if (!Variables.isName(name)) throw new Refusal(Problem.NOT_FOUND);
        call.note(name);
        var seen = new Seen.One(VariablesPages.instant(call.form().seen()));
        var edits = Map.of(name, Optional.<Secret>empty());
        var replaced = variables.change(workload, edits, seen, call.caller().actor());
        if (replaced instanceof Replaced.Overtaken overtaken && overtaken.now() != null) {
            var said = VariablesPages.overtaken(overtaken, call.caller().actor(), clock) + " Nothing was removed.";
            var now = VariablesPages.text(overtaken.now().updatedAt());
            return removePage(workload, name, now, said).refused();
        }
        VariableProblems.of(replaced).ifPresent(problem -> {
            throw new Refusal(problem);
        });
        var wasThere = replaced instanceof Replaced.Done(var changed) && changed > 0;
        return new Reply.Go(VariablesPages.path(workload), name + (wasThere ? " is removed." : " was removed before."));
    }

    private Line line(PageCall<Workload, ?> call) {
        return find(call.resource(), call.name("variable")).orElseThrow(() -> new Refusal(Problem.NOT_FOUND));
    }

    private Optional<Line> find(Workload workload, String name) {
        return variables.list(workload).stream()
                .filter(line -> line.name().equals(name))
                .findFirst();
    }
}
