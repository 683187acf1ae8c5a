package dev.signalbox.web;

import dev.signalbox.accounts.Audit;
import dev.signalbox.accounts.Audit.Act;
import dev.signalbox.accounts.Audit.Outcome;
import dev.signalbox.accounts.Caller;
import dev.signalbox.web.Operation.Form;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes a request through an operation: let in, read, act, answer, and write down what was changed or refused. */
final class Dispatcher {
    /** As much of a path as the audit log keeps: enough for every name there can be. */
    private static final int LONGEST_OBJECT = 200;

    private final Gate gate;
    private final Audit audit;
    private final Repeats refusals;

    Dispatcher(Gate gate, Audit audit, Clock clock) {
        this.gate = gate;
        this.audit = audit;
        this.refusals = new Repeats(clock);
    }

    <T, B extends Record, R extends Record> void serve(Operation<T, B, R> operation, Context ctx) throws IOException {
        var caller = gate.authenticate(ctx);
        var resource = admit(operation, caller, ctx);
        var query = query(operation.input().parameters(), ctx);
        var body = Bodies.read(ctx, operation.input().body());
        var call = new Call<>(caller, resource, body, query, ctx.pathParamMap(), gate.stillAdmits(operation, ctx));
        var form = form(operation.output().forms(), ctx);
        if (form.isPresent()) form.get().writer().write(call, ctx);
        else answer(ctx, operation.output().status(), act(operation, call, ctx));
    }

    private <T> T admit(Operation<T, ?, ?> operation, Caller caller, Context ctx) {
        try {
            return gate.admit(operation, caller, ctx);
        } catch (Refusal e) {
            recordRefusal(operation, caller, ctx, e.problem());
            throw e;
        }
    }

    private <T, B extends Record, R extends Record> R act(Operation<T, B, R> operation, Call<T, B> call, Context ctx) {
        var writes = operation.heading().verb().writes();
        try {
            var answer = operation.output().action().act(call);
            if (writes)
                record(operation, call.caller(), ctx, Outcome.DONE, call.note().orElse(null));
            return answer;
        } catch (Refusal e) {
            recordRefusal(operation, call.caller(), ctx, e.problem());
            throw e;
        } catch (RuntimeException e) {
            if (writes)
                record(
                        operation,
                        call.caller(),
                        ctx,
                        Outcome.FAILED,
                        call.note().orElse(null));
            throw e;
        }
    }

    /** Who is refused again and again does not fill the log. */
    private void recordRefusal(Operation<?, ?, ?> operation, Caller caller, Context ctx, Problem problem) {
        if (problem.status() != 403
                || refusals.isRepeated(caller.tokenId(), operation.heading().name())) return;
        record(operation, caller, ctx, Outcome.REFUSED, problem.code());
    }

    private void record(
            Operation<?, ?, ?> operation, Caller caller, Context ctx, Outcome outcome, @Nullable String detail) {
        var arrival = Arrival.of(ctx);
        audit.record(new Act(
                caller.team(),
                caller.actor(),
                operation.heading().name(),
                object(ctx.path()),
                outcome,
                arrival.address(),
                arrival.id(),
                detail));
    }

    private static String object(String path) {
        return path.length() <= LONGEST_OBJECT ? path : path.substring(0, LONGEST_OBJECT - 1) + "…";
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
