package dev.signalbox.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * The pages that stand in for an app: nothing here, not running, not answering. They are shown on hosts where every other
 * path is an app's, so each carries its stylesheet, which its own policy allows by hash.
 */
final class EdgePages {
    private static final String TEMPLATE = "/templates/pages/edge.html";

    /** A picture of track, and the words that say the same. */
    private enum Track {
        ENDS(
                "A line that ends at a buffer stop",
                "<path class=\"new\" d=\"M0 40H150L178 16H300\"/><path class=\"end\" d=\"M300 4V28\"/>"),
        INTERRUPTED(
                "A line with a gap in it",
                "<path class=\"new\" d=\"M0 40H150L178 16H236\"/><path class=\"gap\" d=\"M244 16H384\"/>");

        private final String words;
        private final String paths;

        Track(String words, String paths) {
            this.words = words;
            this.paths = paths;
        }
    }

    private record Page(int status, String heading, String sentence, Track track) {}

    private static final Page NOTHING_HERE = new Page(
            404,
            "Nothing is deployed here",
            "No app answers at this address. If it should be yours, check how the name is written, or push to it.",
            Track.ENDS);
    private static final Page NOT_ANSWERING = new Page(
            502,
            "The app did not answer",
            "It is deployed, but gave no answer just now. Try again in a moment.",
            Track.INTERRUPTED);
    private static final Page NOT_RUNNING = new Page(
            503,
            "The app is not running right now",
            "It may be starting, or somebody stopped it. Try again in a moment.",
            Track.INTERRUPTED);
    private static final String SECONDS_UNTIL_RETRY = "5";

    /** Read when the first of them is shown. */
    private static final class Template {
        private static final String HTML = load();
        private static final String POLICY = SecurityHeaders.selfContainedPolicy("sha256-" + sha256(style()));

        private static String style() {
            return HTML.substring(HTML.indexOf("<style>") + "<style>".length(), HTML.indexOf("</style>"));
        }
    }

    private final Predicate<String> isTaken;

    /** @param isTaken whether an app that was deployed should answer to this host name */
    EdgePages(Predicate<String> isTaken) {
        this.isTaken = isTaken;
    }

    /** For what the router has no route for: a name that no app has, or one whose route is just missing. */
    void nothingHere(Context ctx) {
        if (isTaken.test(Hosts.name(ctx.header("Host")))) retryLater(ctx, NOT_RUNNING);
        else show(ctx, NOTHING_HERE);
    }

    /** What the router asks for when an app cannot answer by itself: with the visitor's own method, and a body nobody reads. */
    void error(Context ctx) {
        switch (ctx.pathParam("status")) {
            case "502", "504" -> retryLater(ctx, NOT_ANSWERING);
            case "503" -> retryLater(ctx, NOT_RUNNING);
            default -> show(ctx, NOTHING_HERE);
        }
    }

    private static void retryLater(Context ctx, Page page) {
        ctx.header("Retry-After", SECONDS_UNTIL_RETRY);
        show(ctx, page);
    }

    private static void show(Context ctx, Page page) {
        UnreadBody.drop(ctx);
        ctx.status(page.status());
        if (!wantsHtml(ctx)) {
            ctx.contentType("text/plain; charset=utf-8").result(page.heading() + ". " + page.sentence() + "\n");
            return;
        }
        ctx.header(SecurityHeaders.CONTENT_SECURITY_POLICY, Template.POLICY);
        ctx.html(Template.HTML
                .replace("{heading}", page.heading())
                .replace("{sentence}", page.sentence())
                .replace("{picture}", page.track().words)
                .replace("{track}", page.track().paths));
    }

    static boolean wantsHtml(Context ctx) {
        return Objects.requireNonNullElse(ctx.header("Accept"), "").contains("text/html");
    }

    private static String load() {
        try (InputStream in = EdgePages.class.getResourceAsStream(TEMPLATE)) {
            if (in == null) throw new IllegalStateException("the program was packed without " + TEMPLATE);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
