package dev.signalbox;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** Somebody who is signed in to the panel and looks around: mostly pages, now and then a live one, a form, the API. */
final class PanelVisitor {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long THINKING_MILLIS = 1_000;
    private static final Duration WATCHING = Duration.ofSeconds(3);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    private final int port;
    private final String token;
    /** As the router tells it: each sits at another place. */
    private final String address = "198.51.%d.%d"
            .formatted(
                    ThreadLocalRandom.current().nextInt(256),
                    ThreadLocalRandom.current().nextInt(256));

    private String cookie = "";
    private String csrf = "";

    PanelVisitor(int port, String token) {
        this.port = port;
        this.token = token;
    }

    void signIn(String email, String password) throws IOException, InterruptedException {
        // The email is made of letters, digits, @ and dots; the password of letters and spaces.
        var form = "email=" + email.replace("@", "%40") + "&password=" + password.replace(' ', '+');
        var answer = send(post("/sign-in", form));
        if (answer.statusCode() != 303)
            throw new IOException("signing in: " + answer.statusCode() + " " + answer.body());
        cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
        var page = send(get("/projects")).body();
        var mark = "name=\"_csrf\" value=\"";
        var start = page.indexOf(mark) + mark.length();
        csrf = page.substring(start, page.indexOf('"', start));
    }

    /** Goes on until the load ends. */
    Void browse(PanelLoad load, int apps) throws IOException, InterruptedException {
        while (!load.isOver()) {
            var dice = ThreadLocalRandom.current();
            var app = "shop" + dice.nextInt(apps);
            var project = "/projects/" + app + "/environments/production";
            var service = project + "/services/web";
            var kind = dice.nextInt(10);
            if (kind < 2) watch(load, dice.nextBoolean() ? service : project);
            else if (kind < 3) change(load, service, app);
            else {
                var pages = List.of(
                        "/projects",
                        project,
                        service,
                        service + "/deployments",
                        service + "/deployments/" + (1 + dice.nextInt(20)),
                        service + "/variables",
                        "/team");
                timed(load, PanelLoad.PAGE, get(pages.get(dice.nextInt(pages.size()))), 200);
            }
            timed(load, PanelLoad.API, api("/api/v1/projects/" + app + "/services/web"), 200);
            LockSupport.parkNanos(Duration.ofMillis(THINKING_MILLIS / 2 + dice.nextLong(THINKING_MILLIS))
                    .toNanos());
        }
        return null;
    }

    private void change(PanelLoad load, String service, String app) throws IOException, InterruptedException {
        var form = "name=SEEN_" + Integer.toUnsignedString(cookie.hashCode()) + "_" + System.nanoTime() + "&value="
                + app + "&seen=&_csrf=" + csrf;
        timed(load, PanelLoad.FORM, post(service + "/variables/set", form), 303);
    }

    /** What a page of logs shows from now on; to be closed. */
    InputStream follow(String page) throws IOException, InterruptedException {
        var html = send(get(page)).body();
        var mark = "sse-connect=\"";
        var start = html.indexOf(mark) + mark.length();
        return open(html.substring(start, html.indexOf('"', start)).replace("&amp;", "&"));
    }

    /** A stream of the panel; to be closed. */
    InputStream open(String path) throws IOException, InterruptedException {
        var request = request(path)
                .timeout(PATIENCE)
                .setHeader("Accept", "text/event-stream")
                .build();
        var answer = HTTP.send(request, BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200) throw new IOException(path + " " + answer.statusCode());
        return answer.body();
    }

    /** Follows a page for a while, as one that is open does. */
    private void watch(PanelLoad load, String page) throws InterruptedException {
        try (var body = open(page + "/live")) {
            LockSupport.parkNanos(WATCHING.toNanos());
            if (body.available() == 0 && body.read() < 0) load.fail("the stream of " + page + " ended");
        } catch (IOException e) {
            load.fail("the stream of " + page + ": " + e);
        }
    }

    private static void timed(PanelLoad load, String kind, HttpRequest request, int expected)
            throws InterruptedException {
        var started = System.nanoTime();
        try {
            var answer = send(request);
            load.note(kind, (System.nanoTime() - started) / 1e6);
            if (answer.statusCode() != expected) load.fail(request.uri() + " " + answer.statusCode());
        } catch (IOException e) {
            load.fail(request.uri() + " " + e);
        }
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return HTTP.send(request, BodyHandlers.ofString());
    }

    private HttpRequest get(String path) {
        return request(path).timeout(PATIENCE).build();
    }

    private HttpRequest api(String path) {
        return HttpRequest.newBuilder(uri(path))
                .header("Authorization", "Bearer " + token)
                .timeout(PATIENCE)
                .build();
    }

    private HttpRequest post(String path, String form) {
        return request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .timeout(PATIENCE)
                .POST(BodyPublishers.ofString(form))
                .build();
    }

    private HttpRequest.Builder request(String path) {
        var request =
                HttpRequest.newBuilder(uri(path)).header("Accept", "text/html").header("X-Forwarded-For", address);
        return cookie.isEmpty() ? request : request.header("Cookie", cookie);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
