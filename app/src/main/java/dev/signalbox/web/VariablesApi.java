package dev.signalbox.web;

import dev.signalbox.accounts.Permission;
import dev.signalbox.projects.Variables;
import dev.signalbox.projects.Variables.Replaced;
import dev.signalbox.projects.Workload;
import dev.signalbox.secrets.Secret;
import dev.signalbox.web.Draft.Nothing;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
            if (value == null) throw new Refusal(invalid("type_invalid", name, "Give it a text."));
            wanted.put(name, new Secret(value));
        });
        return store(call, wanted);
    }

    private VariableList change(Call<Workload, ChangedVariables> call) {
        Map<String, Secret> wanted = new HashMap<>(variables.all(call.resource()));
        call.body().variables().forEach((name, value) -> {
            if (value == null) wanted.remove(name);
            else wanted.put(name, new Secret(value));
        });
        return store(call, wanted);
    }

    private VariableList store(Call<Workload, ?> call, Map<String, Secret> wanted) {
        call.note(String.join(" ", wanted.keySet().stream().sorted().toList()));
        return switch (variables.replace(call.resource(), wanted)) {
            case Replaced.Done _ -> view(call.resource());
            case Replaced.NameInvalid(var name) ->
                throw new Refusal(invalid(
                        "env_key_invalid",
                        name,
                        "Use A to Z, 0 to 9 and _, not starting with a digit, at most " + Variables.LONGEST_NAME
                                + " characters; not PATH or LD_PRELOAD. Nothing was changed."));
            case Replaced.ValueInvalid(var name) ->
                throw new Refusal(invalid(
                        "env_value_invalid", name, "A value cannot hold a NUL character. Nothing was changed."));
            case Replaced.PortInvalid() ->
                throw new Refusal(
                        invalid("env_value_invalid", "PORT", "PORT is a number from 1 to 65535. Nothing was changed."));
            case Replaced.ValueTooLarge(var name, var bytes) ->
                throw new Refusal(invalid(
                        "env_value_too_large",
                        name,
                        "It has " + bytes / 1024 + " KiB; use at most " + Variables.LARGEST_VALUE / 1024
                                + ", for Docker cannot pass more than 128 KiB per variable. Nothing was changed."));
            case Replaced.TotalTooLarge(var bytes) ->
                throw new Refusal(Problem.invalid(
                        "env_too_large",
                        "variables",
                        "Together they have " + bytes / 1024 + " KiB; use at most " + Variables.LARGEST_TOTAL / 1024
                                + " KiB. Nothing was changed."));
            case Replaced.TooMany(var count) ->
                throw new Refusal(Problem.invalid(
                        "too_long",
                        "variables",
                        "These are " + count + "; use at most " + Variables.MOST + ". Nothing was changed."));
        };
    }

    private RevealedVariable reveal(Call<Workload, Nothing> call) {
        var name = call.name("variable");
        var value = variables.all(call.resource()).get(name);
        if (value == null) throw new Refusal(Problem.NOT_FOUND);
        return new RevealedVariable(name, value.reveal());
    }

    private VariableList view(Workload workload) {
        return new VariableList(variables.list(workload).stream()
                .map(line -> new VariableView(line.name(), line.updatedAt()))
                .toList());
    }

    /** The name may be anything and of any length, so only a readable beginning of it is repeated. */
    private static Problem invalid(String code, String name, String message) {
        var shown = name.length() <= 100 ? name : name.substring(0, 100);
        return Problem.invalid(code, "variables." + shown, message);
    }
}
