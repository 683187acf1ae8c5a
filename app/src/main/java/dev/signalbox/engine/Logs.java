package dev.signalbox.engine;

import com.github.dockerjava.transport.DockerHttpClient.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What containers print. */
final class Logs {
    private static final Logger log = LoggerFactory.getLogger(Logs.class);

    private final DockerConnection connection;

    Logs(DockerConnection connection) {
        this.connection = connection;
    }

    List<LogLine> tail(ContainerId id, int count) {
        return connection.read("read the log of the container " + id, path(id) + "&tail=" + count, stream -> {
            var lines = new ArrayList<LogLine>();
            new LogFrames(lines::add).read(stream);
            // The outputs come one after the other where lines were long.
            lines.sort(Comparator.comparing(LogLine::at));
            return List.copyOf(lines);
        });
    }

    Engine.Stream follow(ContainerId id, @Nullable Instant since, Consumer<LogLine> lines) {
        var source = new Followed(id, since, lines);
        return BackgroundStream.start(connection, "log", source, source.open());
    }

    private static String path(ContainerId id) {
        return "/containers/" + id + "/logs?stdout=1&stderr=1&timestamps=1";
    }

    /** Docker's notation of a moment in queries. */
    static String query(Instant moment) {
        return "%d.%09d".formatted(moment.getEpochSecond(), moment.getNano());
    }

    /** The log of one container, also across a restart of the daemon that the container lives through. */
    private final class Followed implements BackgroundStream.Source {
        private final ContainerId id;
        private final Consumer<LogLine> lines;
        private @Nullable Instant since;

        Followed(ContainerId id, @Nullable Instant since, Consumer<LogLine> lines) {
            this.id = id;
            this.since = since;
            this.lines = lines;
        }

        @Override
        public Response open() {
            var from = since == null ? "" : "&since=" + query(since);
            return connection.open("follow the log of the container " + id, path(id) + "&follow=1" + from);
        }

        @Override
        public boolean read(InputStream stream) throws IOException {
            new LogFrames(line -> {
                        since = line.at().plusNanos(1);
                        lines.accept(line);
                    })
                    .read(stream);
            return true;
        }

        @Override
        public void lost(Exception reason) {
            log.debug("The log of {} broke off", id, reason);
        }
    }
}
