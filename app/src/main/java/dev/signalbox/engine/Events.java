package dev.signalbox.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens to containers, told as it happens. */
final class Events {
    private static final Logger log = LoggerFactory.getLogger(Events.class);

    /** Docker mixes these into the labels. */
    private static final Set<String> NOT_LABELS = Set.of("image", "name", "exitCode", "execDuration", "signal");

    private final DockerConnection connection;
    private final Ownership ownership;
    private final InstantSource clock;

    Events(DockerConnection connection, Ownership ownership, InstantSource clock) {
        this.connection = connection;
        this.ownership = ownership;
        this.clock = clock;
    }

    Engine.Stream watch(Map<String, String> labels, Consumer<EngineEvent> listener) {
        return BackgroundStream.start(connection, "events", new Watched(ownership.mark(labels), listener), null);
    }

    static Optional<EngineEvent> parse(JsonNode event) {
        var actor = event.path("Actor");
        var id = new ContainerId(actor.path("ID").asText());
        var labels = new HashMap<String, String>();
        actor.path("Attributes").properties().forEach(attribute -> {
            if (!NOT_LABELS.contains(attribute.getKey()))
                labels.put(attribute.getKey(), attribute.getValue().asText());
        });
        int exitCode = actor.path("Attributes").path("exitCode").asInt();
        var at = time(event);
        return switch (event.path("Action").asText()) {
            case "start" -> Optional.of(new EngineEvent.Started(id, labels, at));
            case "die" -> Optional.of(new EngineEvent.Died(id, labels, exitCode, at));
            case "oom" -> Optional.of(new EngineEvent.OutOfMemory(id, labels, at));
            case "destroy" -> Optional.of(new EngineEvent.Removed(id, labels, at));
            default -> Optional.empty();
        };
    }

    private static Instant time(JsonNode event) {
        return Instant.EPOCH.plusNanos(event.path("timeNano").asLong());
    }

    /** One reader's events, from the moment it asked. */
    private final class Watched implements BackgroundStream.Source {
        private final String filters;
        private final Consumer<EngineEvent> listener;
        private Instant last = clock.instant();
        private boolean away;

        Watched(Map<String, String> labels, Consumer<EngineEvent> listener) {
            this.filters = filters(labels);
            this.listener = listener;
        }

        private static String filters(Map<String, String> labels) {
            var wanted = new ArrayList<String>();
            labels.forEach((key, value) -> wanted.add(key + "=" + value));
            var json = DockerClientConfig.getDefaultObjectMapper()
                    .valueToTree(Map.of(
                            "type", List.of("container"),
                            "event", List.of("start", "die", "oom", "destroy"),
                            "label", wanted));
            return URLEncoder.encode(json.toString(), StandardCharsets.UTF_8);
        }

        @Override
        public Response open() {
            return connection.open("tell events", "/events?since=" + Logs.query(last) + "&filters=" + filters);
        }

        @Override
        public boolean read(InputStream stream) throws IOException {
            if (away) {
                log.info("Docker is back");
                away = false;
                listener.accept(new EngineEvent.Resumed(clock.instant()));
            }
            // Not closed here: the stream would first be read to its end, and it has none.
            MappingIterator<JsonNode> events = DockerClientConfig.getDefaultObjectMapper()
                    .readerFor(JsonNode.class)
                    .readValues(stream);
            while (events.hasNextValue()) tell(events.nextValue());
            throw new EOFException("Docker ended the stream of events");
        }

        private void tell(JsonNode event) {
            var at = time(event);
            // The one that was last before a gap is sent again.
            if (!at.isAfter(last)) return;
            last = at;
            parse(event).ifPresent(listener);
        }

        @Override
        public void lost(Exception reason) {
            if (!away) log.warn("Docker is away: {}", reason.toString());
            away = true;
            connection.renew();
        }
    }
}
