package dev.signalbox.routing;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Looks from outside at what Traefik does. */
final class ProxyProbe {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int OK = 200;

    private final ProxySettings settings;

    ProxyProbe(ProxySettings settings) {
        this.settings = settings;
    }

    boolean isUp() {
        return api("/ping").filter(answer -> answer.status() == OK).isPresent();
    }

    /** Whether requests that come in now meet the routes of this marker. */
    boolean sees(Marker marker) {
        return LoopbackHttp.find(settings.httpPort(), Marker.HOST, marker.path(), PATIENCE)
                .filter(answer -> answer.status() == Marker.STATUS)
                .isPresent();
    }

    /** What Traefik has against a route that it read; empty when it uses it. */
    Optional<String> complaint(String router) {
        var answer = api("/api/http/routers/" + router + "@file");
        if (answer.isEmpty() || answer.get().status() != OK) return Optional.of("the route is not there");
        try {
            var tree = new ObjectMapper().readTree(answer.get().body());
            if (tree.path("status").asText().equals("enabled")) return Optional.empty();
            return Optional.of(tree.path("error")
                    .path(0)
                    .asText("the route is " + tree.path("status").asText()));
        } catch (IOException e) {
            return Optional.of("its API gave no answer that can be read");
        }
    }

    private Optional<LoopbackHttp.Answer> api(String path) {
        return LoopbackHttp.find(settings.apiPort(), "localhost", path, PATIENCE);
    }
}
