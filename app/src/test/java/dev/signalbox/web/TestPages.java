package dev.signalbox.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Pages for the tests of what browsers do with ours: under the panel's own policy, with the panel's own files. */
final class TestPages {
    private static final Pattern ASSET = Pattern.compile("/static/([a-z.]+)");

    private volatile BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private volatile boolean refusing;
    final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    /** What is answered to those who ask for a whole part, who wait for it. */
    final BlockingQueue<String> wholes = new LinkedBlockingQueue<>();

    final AtomicInteger fetched = new AtomicInteger();
    private final Assets assets = new Assets();

    /** Ours and these. */
    Routes with(Routes routes) {
        return new Routes(
                routes.operations(),
                routes.pages(),
                Stream.concat(routes.open().stream(), open().stream()).toList());
    }

    private List<OpenRoute> open() {
        return List.of(
                OpenRoute.get("/try/part", "a test", ctx -> ctx.html("part " + fetched.incrementAndGet())),
                OpenRoute.get("/try/whole", "a test", ctx -> {
                    received.add("whole");
                    ctx.html(Objects.requireNonNullElse(wholes.poll(20, TimeUnit.SECONDS), ""));
                }),
                OpenRoute.get("/try/stream", "a test", this::stream),
                OpenRoute.get("/try/page/{name}", "a test", ctx -> ctx.html(page(ctx.pathParam("name")))),
                new OpenRoute(List.of(Verb.POST), "/try/{action}", "a test", ctx -> {
                    received.add(ctx.pathParam("action") + " " + ctx.body());
                    ctx.status(204);
                }));
    }

    private String page(String name) {
        try (var in = TestPages.class.getResourceAsStream("/web/" + name + ".html")) {
            if (in == null) throw new IllegalStateException("there is no page " + name);
            return ASSET.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .replaceAll(found -> assets.url(found.group(1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends an event to the page that connected last. */
    void send(String id, String name, String text) {
        events.add("id: " + id + "\nevent: " + name + "\ndata: " + text + "\n\n");
    }

    /** Ends the stream of the page that connected last, and refuses it once when it comes back. */
    void breakOff() {
        refusing = true;
        events.add("");
    }

    private void stream(Context ctx) throws IOException {
        if (refusing) {
            refusing = false;
            ctx.status(503);
            return;
        }
        var mine = new LinkedBlockingQueue<String>();
        events = mine;
        received.add("stream " + Objects.requireNonNullElse(ctx.queryString(), ""));
        LiveAnswer.events(ctx, () -> true).run(answer -> {
            for (var event = mine.take(); !event.isEmpty(); event = mine.take()) answer.write(event);
        });
    }
}
