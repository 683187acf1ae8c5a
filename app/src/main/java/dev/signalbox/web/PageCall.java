package dev.signalbox.web;

import dev.signalbox.accounts.Caller;
import dev.signalbox.accounts.Session;
import dev.signalbox.accounts.Visit;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request for a page, or of a form, that was let in: who asks, on what, with what. */
final class PageCall<T, B extends Record> {
    private final Session session;
    private final T resource;
    private final B form;
    private final Visit visit;
    private final String origin;
    private final Map<String, String> query;
    private final Map<String, String> names;
    private final @Nullable String lastEvent;
    private final @Nullable String fragment;
    private @Nullable String note;

    PageCall(
            Session session,
            T resource,
            B form,
            Visit visit,
            String origin,
            Map<String, String> query,
            Map<String, String> names,
            @Nullable String lastEvent,
            @Nullable String fragment) {
        this.session = session;
        this.resource = resource;
        this.form = form;
        this.visit = visit;
        this.origin = origin;
        this.query = Map.copyOf(query);
        this.names = Map.copyOf(names);
        this.lastEvent = lastEvent;
        this.fragment = fragment;
    }

    Session session() {
        return session;
    }

    Caller caller() {
        return session.caller();
    }

    T resource() {
        return resource;
    }

    B form() {
        return form;
    }

    /** Where the request came from. */
    Visit visit() {
        return visit;
    }

    /** Scheme and host of the panel, as the browser of this request sees it. */
    String origin() {
        return origin;
    }

    /** What stands in the address after the question mark; empty when it is missing or nothing. */
    Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name)).filter(text -> !text.isEmpty());
    }

    /** The same as a number; empty when it is none. */
    Optional<Long> number(String name) {
        return query(name).flatMap(Digits::number);
    }

    /** The last event that came of a stream that broke off: it goes on after that one. */
    Optional<Long> lastEvent() {
        return Optional.ofNullable(lastEvent).flatMap(Digits::number);
    }

    /** Which element of the page is asked for by itself; empty for all of it. */
    Optional<String> fragment() {
        return Optional.ofNullable(fragment);
    }

    /** A name in the path that is not part of the resource's own. */
    String name(String placeholder) {
        var name = names.get(placeholder);
        if (name == null) throw new IllegalArgumentException("no {" + placeholder + "} in this path");
        return name;
    }

    /** What the audit log says beside the act and its path. Never a secret. */
    void note(String text) {
        note = text;
    }

    Optional<String> note() {
        return Optional.ofNullable(note);
    }
}
