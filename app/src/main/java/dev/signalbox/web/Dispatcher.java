package dev.signalbox.web;

import dev.signalbox.web.Operation.Form;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Takes a request through an operation: let in, read, act, answer, and write down what was changed or refused. */
final class Dispatcher {
    private final Gate gate;
    private final AuditTrail trail;

    Dispatcher(Gate gate, AuditTrail trail) {
        this.gate = gate;
        this.trail = trail;
    }

    <T, B extends Record, R extends Record> void serve(Operation<T, B, R> operation, Context ctx) throws IOException {
        var caller = gate.authenticate(ctx);
        var resource = trail.watch(
                operation.heading(),
                caller,
                ctx,
                () -> gate.admit(operation.resource(), operation.rule(), caller, ctx));
        var query = query(operation.input().parameters(), ctx);
        var body = Bodies.read(ctx, operation.input().body());
        var call = new Call<>(caller, resource, body, query, ctx.pathParamMap(), gate.stillAdmits(operation, ctx));
        var form = form(operation.output().forms(), ctx);
        if (form.isPresent()) form.get().writer().write(call, ctx);
        else {
            var answer = trail.follow(
                    operation.heading(),
                    caller,
                    ctx,
                    call::note,
                    () -> operation.output().action().act(call));
            answer(ctx, operation.output().status(), answer);
        }
    }

    private static void answer(Context ctx, int status, Record answer) {
        if (answer instanceof Located located && (status == 201 || status == 202)) {
            ctx.header("Location", located.self());
        }
        ctx.status(status).contentType("application/json").result(Json.write(answer));
    }

    private static Map<String, String> query(List<Parameter> declared, Context ctx) {
        var values = new HashMap<String, String>();
        for (var given : ctx.queryParamMap().entrySet()) {
            var parameter = declared.stream()
                    .filter(known -> known.name().equals(given.getKey()))
                    .findFirst()
                    .orElseThrow(() -> new Refusal(unknown(declared)));
            if (given.getValue().size() != 1) {
                throw new Refusal(Problem.invalid("parameter_invalid", parameter.name(), "Give it once."));
            }
            var text = Objects.requireNonNull(given.getValue().getFirst());
            parameter.check(text).ifPresent(problem -> {
                throw new Refusal(problem);
            });
            values.put(parameter.name(), text);
        }
        return values;
    }

    private static Problem unknown(List<Parameter> declared) {
        var names = declared.stream().map(Parameter::name).toList();
        return Problem.of(
                422,
                "parameter_unknown",
                names.isEmpty()
                        ? "This takes no parameters."
                        : "This takes the parameters " + String.join(", ", names) + " and no others.");
    }

    /** The form that is asked for by name; JSON for everybody else. Who wants no body must not wait for one that goes on. */
    private static <T, B extends Record> Optional<Form<T, B>> form(List<Form<T, B>> forms, Context ctx) {
        var accept = ctx.header("Accept");
        if (accept == null || ctx.method().equals(HandlerType.HEAD)) return Optional.empty();
        return forms.stream().filter(form -> accept.contains(form.mediaType())).findFirst();
    }
}
