package dev.signalbox.web;

import dev.signalbox.accounts.Caller;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A request that was let in: who asks, on what, with what. */
final class Call<T, B extends Record> {
    private final Caller caller;
    private final T resource;
    private final B body;
    private final Map<String, String> query;
    private final Map<String, String> names;
    private final BooleanSupplier stillAdmitted;
    private @Nullable String note;

    Call(
            Caller caller,
            T resource,
            B body,
            Map<String, String> query,
            Map<String, String> names,
            BooleanSupplier stillAdmitted) {
        this.caller = caller;
        this.resource = resource;
        this.body = body;
        this.query = Map.copyOf(query);
        this.names = Map.copyOf(names);
        this.stillAdmitted = stillAdmitted;
    }

    Caller caller() {
        return caller;
    }

    T resource() {
        return resource;
    }

    B body() {
        return body;
    }

    int number(Parameter.Whole parameter) {
        return Optional.ofNullable(query.get(parameter.name()))
                .flatMap(parameter::parse)
                .orElse(parameter.otherwise());
    }

    Optional<String> text(Parameter.Word parameter) {
        return Optional.ofNullable(query.get(parameter.name()));
    }

    /** A name in the path that is not part of the resource's own. */
    String name(String placeholder) {
        var name = names.get(placeholder);
        if (name == null) throw new IllegalArgumentException("no {" + placeholder + "} in this path");
        return name;
    }

    /** Whether the token is still good for this; asked again and again while an answer goes on. */
    boolean isStillAdmitted() {
        return stillAdmitted.getAsBoolean();
    }

    /** What the audit log says beside the operation and its path. Never a secret. */
    void note(String text) {
        note = text;
    }

    Optional<String> note() {
        return Optional.ofNullable(note);
    }
}
