package dev.signalbox.web;

import dev.signalbox.accounts.Caller;
import dev.signalbox.accounts.Permission;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * One operation of the API, declared in one place: where it is, who may, on what, what goes in and what comes out. It can
 * only be made through {@link Draft}, which gives none without a rule.
 */
record Operation<T, B extends Record, R extends Record>(
        Heading heading, Resource<T> resource, Rule rule, Input<B> input, Output<T, B, R> output) {
    /**
     * What it is called and where it is.
     *
     * @param name what the audit log and the OpenAPI document call it
     * @param summary one sentence
     */
    record Heading(String name, Verb verb, String path, String summary) {}

    /** Who may. */
    sealed interface Rule {
        Caller.Decision decide(Caller caller);

        /** A role and a scope. */
        record Needs(Permission permission) implements Rule {
            @Override
            public Caller.Decision decide(Caller caller) {
                return caller.decide(permission);
            }
        }

        /** Every good token and everybody who is signed in, for a reason that is written down. */
        record Everybody(String why) implements Rule {
            @Override
            public Caller.Decision decide(Caller caller) {
                return new Caller.Decision.Allowed();
            }
        }
    }

    /** What is read from the request. */
    record Input<B extends Record>(Class<B> body, List<Parameter> parameters) {
        Input {
            parameters = List.copyOf(parameters);
        }

        Input<B> plus(Parameter parameter) {
            return new Input<>(
                    body,
                    Stream.concat(parameters.stream(), Stream.of(parameter)).toList());
        }
    }

    /** What is done and answered; the same thing may have other forms than JSON. */
    record Output<T, B extends Record, R extends Record>(
            int status, Class<R> type, Action<T, B, R> action, List<Form<T, B>> forms) {
        Output {
            forms = List.copyOf(forms);
        }
    }

    /** What an operation does with a request that was let in. */
    @FunctionalInterface
    interface Action<T, B extends Record, R extends Record> {
        R act(Call<T, B> call);
    }

    /** Another form of the answer, for who asks for its media type. */
    record Form<T, B extends Record>(String mediaType, Writer<T, B> writer) {}

    /** Writes an answer by itself. */
    @FunctionalInterface
    interface Writer<T, B extends Record> {
        void write(Call<T, B> call, Context ctx) throws IOException;
    }

    /** The same with one more form of its answer. */
    Operation<T, B, R> orAs(String mediaType, Writer<T, B> writer) {
        var forms = Stream.concat(output.forms().stream(), Stream.of(new Form<>(mediaType, writer)))
                .toList();
        return new Operation<>(
                heading, resource, rule, input, new Output<>(output.status(), output.type(), output.action(), forms));
    }

    /** The same under another rule. */
    Operation<T, B, R> under(Rule other) {
        return new Operation<>(heading, resource, other, input, output);
    }

    String id() {
        return heading.verb() + " " + heading.path();
    }
}
