package dev.signalbox.web;

import dev.signalbox.accounts.Permission;
import dev.signalbox.projects.Seen;
import dev.signalbox.projects.Variables;
import dev.signalbox.projects.Variables.Replaced;
import dev.signalbox.projects.Workload;
import dev.signalbox.secrets.Secret;
import dev.signalbox.web.Draft.Nothing;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The variables of a service in an environment. Lists never show a value; one at a time can be revealed. */
final class VariablesApi {
    private final Resources resources;
    private final Variables variables;

    VariablesApi(Resources resources, Variables variables) {
        this.resources = resources;
        this.variables = variables;
    }

    List<Operation<?, ?, ?>> operations() {
        var workload = resources.workload();
        return List.of(
                workload.get("/variables", "variables.list", "Names and times, without values.")
                        .needs(Permission.READ_VARIABLES)
                        .answers(200, VariableList.class, this::list),
                workload.put("/variables", "variables.replace", "Sets exactly these variables; all others go.")
                        .needs(Permission.WRITE_VARIABLES)
                        .takes(WantedVariables.class)
                        .answers(200, VariableList.class, this::replace),
                workload.patch("/variables", "variables.change", "Sets the given variables; null takes one away.")
                        .needs(Permission.WRITE_VARIABLES)
                        .takes(ChangedVariables.class)
                        .answers(200, VariableList.class, this::change),
                workload.post("/variables/{variable}/reveal", "variables.reveal", "The value of one variable.")
                        .needs(Permission.REVEAL_VARIABLES)
                        .answers(200, RevealedVariable.class, this::reveal));
    }

    record WantedVariables(@AtMost(Variables.MOST) Map<String, String> variables) {}

    record ChangedVariables(@AtMost(Variables.MOST) Map<String, @Nullable String> variables) {}

    record VariableList(List<VariableView> variables) {}

    record VariableView(String name, Instant updatedAt) {}

    record RevealedVariable(String name, String value) {}

    private VariableList list(Call<Workload, Nothing> call) {
        return view(call.resource());
    }

    private VariableList replace(Call<Workload, WantedVariables> call) {
        var wanted = new HashMap<String, Secret>();
        call.body().variables().forEach((name, value) -> {
            if (value == null) throw new Refusal(VariableProblems.invalid("type_invalid", name, "Give it a text."));
            wanted.put(name, new Secret(value));
        });
        note(call, wanted.keySet());
        return answered(
                call, variables.replace(call.resource(), wanted, call.caller().actor()));
    }

    private VariableList change(Call<Workload, ChangedVariables> call) {
        var edits = new HashMap<String, Optional<Secret>>();
        call.body()
                .variables()
                .forEach((name, value) ->
                        edits.put(name, Optional.ofNullable(value).map(Secret::new)));
        note(call, edits.keySet());
        return answered(
                call,
                variables.change(
                        call.resource(),
                        edits,
                        new Seen.Anything(),
                        call.caller().actor()));
    }

    private static void note(Call<Workload, ?> call, Set<String> names) {
        call.note(String.join(" ", names.stream().sorted().toList()));
    }

    private VariableList answered(Call<Workload, ?> call, Replaced replaced) {
        VariableProblems.of(replaced).ifPresent(problem -> {
            throw new Refusal(problem);
        });
        return view(call.resource());
    }

    private RevealedVariable reveal(Call<Workload, Nothing> call) {
        var name = call.name("variable");
        var value = variables.find(call.resource(), name).orElseThrow(() -> new Refusal(Problem.NOT_FOUND));
        return new RevealedVariable(name, value.reveal());
    }

    private VariableList view(Workload workload) {
        return new VariableList(variables.list(workload).stream()
                .map(line -> new VariableView(line.name(), line.updatedAt()))
                .toList());
    }
}
