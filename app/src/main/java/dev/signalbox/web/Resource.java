package dev.signalbox.web;

import dev.signalbox.accounts.Caller;
import dev.signalbox.web.Draft.Unruled;
import dev.signalbox.web.Operation.Heading;
import java.util.Map;
import java.util.Optional;

/**
 * What a path names, and how it is found for one caller. What the caller may not know of is not found, so an operation
 * cannot be on anything else.
 */
record Resource<T>(String path, Finder<T> finder) {
    /** Looks up what the names in a path mean to this caller. */
    @FunctionalInterface
    interface Finder<T> {
        Optional<T> find(Caller caller, Map<String, String> names);
    }

    /** The same things, found in the same way, under another path with the same names in it. */
    Resource<T> at(String other) {
        return new Resource<>(other, finder);
    }

    Unruled<T> get(String suffix, String name, String summary) {
        return draft(Verb.GET, suffix, name, summary);
    }

    Unruled<T> post(String suffix, String name, String summary) {
        return draft(Verb.POST, suffix, name, summary);
    }

    Unruled<T> put(String suffix, String name, String summary) {
        return draft(Verb.PUT, suffix, name, summary);
    }

    Unruled<T> patch(String suffix, String name, String summary) {
        return draft(Verb.PATCH, suffix, name, summary);
    }

    Unruled<T> delete(String suffix, String name, String summary) {
        return draft(Verb.DELETE, suffix, name, summary);
    }

    private Unruled<T> draft(Verb verb, String suffix, String name, String summary) {
        return new Unruled<>(new Heading(name, verb, path + suffix, summary), this);
    }
}
