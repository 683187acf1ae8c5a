package dev.signalbox.routing;

import dev.signalbox.routing.TraefikConfiguration.Observability;
import dev.signalbox.routing.TraefikConfiguration.Router;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A route that exists only to be seen. Each file carries one, named after the file's content, and Traefik replaces all
 * routes of an entry point in one step: once the marker answers there, so do the other routes of that content. Traefik's
 * API would not prove it, since it is an entry point of its own that is switched before or after.
 *
 * @param owner the file's name, without its ending
 */
record Marker(String owner, String fingerprint) {
    static final String HOST = "seen.invalid";
    static final int PRIORITY = 10_000;
    /** What the marker answers. Until it is there, {@link ApplianceRoutes} answers with another status. */
    static final int STATUS = 418;

    private static final int FINGERPRINT_LENGTH = 16;

    static Marker of(String owner, TraefikConfiguration content) {
        return new Marker(owner, sha256(RouteText.of(content)).substring(0, FINGERPRINT_LENGTH));
    }

    static String rule(String path) {
        return "Host(`" + HOST + "`) && " + path + " && ClientIP(`127.0.0.1/32`)";
    }

    String routerName() {
        return owner + "-seen";
    }

    String path() {
        return "/" + owner + "/" + fingerprint;
    }

    Router router() {
        return new Router(
                rule("Path(`" + path() + "`)"),
                List.of(TraefikConfiguration.WEB),
                PRIORITY,
                List.of(),
                TraefikConfiguration.TEAPOT,
                Observability.NONE);
    }

    static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
