package dev.signalbox.web;

import io.javalin.http.Handler;
import java.util.List;

/**
 * A route that answers without a token of the API.
 *
 * @param verbs none for every method, whether or not the API uses it
 * @param why what makes that right
 */
record OpenRoute(List<Verb> verbs, String path, String why, Handler handler) {
    OpenRoute {
        verbs = List.copyOf(verbs);
    }

    static OpenRoute get(String path, String why, Handler handler) {
        return new OpenRoute(List.of(Verb.GET), path, why, handler);
    }

    static OpenRoute post(String path, String why, Handler handler) {
        return new OpenRoute(List.of(Verb.POST), path, why, handler);
    }

    static OpenRoute everyMethod(String path, String why, Handler handler) {
        return new OpenRoute(List.of(), path, why, handler);
    }

    boolean takesEveryMethod() {
        return verbs.isEmpty();
    }
}
