package dev.signalbox.web;

import static java.util.stream.Collectors.joining;

import dev.signalbox.accounts.NewSession;
import dev.signalbox.accounts.Session;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Somebody who is signed in and asks for pages and sends forms, as a browser does. */
record Browsing(World world, NewSession started) {
    Session session() {
        return started.session();
    }

    Http.Reply get(String path) {
        return ask("GET", path).send();
    }

    /** The fragment of a page that htmx asks for. */
    Http.Reply fragment(String path, String id) {
        return ask("GET", path).with("HX-Request", "true").with("HX-Target", id).send();
    }

    Http.Reply send(String path, Map<String, String> fields) {
        return form(path, fields).with("X-CSRF-Token", csrf()).send();
    }

    Http.Ask form(String path, Map<String, String> fields) {
        return ask("POST", path)
                .with("Content-Type", "application/x-www-form-urlencoded")
                .body(encode(fields));
    }

    Http.Ask ask(String method, String path) {
        return world.http()
                .ask(method, path)
                .with("Cookie", "signalbox=" + started.cookie().reveal())
                .with("Accept", "text/html");
    }

    String csrf() {
        return Csrf.token(started.cookie());
    }

    static String encode(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(joining("&"));
    }
}
