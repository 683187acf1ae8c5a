package dev.signalbox.web;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is not signed in yet, somewhere on the network, with a browser.
 *
 * @param cookie what their browser sends; null for nothing
 */
record Visitor(World world, String address, @Nullable String cookie) {
    static Visitor of(World world) {
        return new Visitor(world, "203.0.113.7", null);
    }

    Visitor at(String other) {
        return new Visitor(world, other, cookie);
    }

    Visitor with(String sent) {
        return new Visitor(world, address, sent);
    }

    Http.Reply get(String path) {
        return ask("GET", path).send();
    }

    Http.Reply send(String path, Map<String, String> fields) {
        return form(path, fields).send();
    }

    Http.Ask form(String path, Map<String, String> fields) {
        return ask("POST", path)
                .with("Content-Type", "application/x-www-form-urlencoded")
                .body(Browsing.encode(fields));
    }

    Http.Ask ask(String method, String path) {
        var ask = world.http().ask(method, path).with("Accept", "text/html").with("X-Forwarded-For", address);
        return cookie == null ? ask : ask.with("Cookie", cookie);
    }

    /** Name and value of the cookie that an answer sets, as a browser would send it back. */
    static String cookieOf(Http.Reply reply) {
        return reply.response().headers().allValues("Set-Cookie").stream()
                .map(header -> header.split(";", 2)[0])
                .filter(pair -> pair.matches("(__Host-)?signalbox=.+"))
                .findFirst()
                .orElseThrow(() ->
                        new AssertionError("no session in " + reply.response().headers()));
    }
}
