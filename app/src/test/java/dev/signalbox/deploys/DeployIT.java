package dev.signalbox.deploys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.engine.EngineExtension;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class DeployIT {
    @RegisterExtension
    static final EngineExtension DOCKER = new EngineExtension();

    @TempDir
    Path directory;

    private Rig rig;

    @BeforeEach
    void open() throws Exception {
        rig = new Rig(directory, DOCKER.engine(), DOCKER.instance(), UnaryOperator.identity());
        rig.routing.ensureProxy();
        rig.deploys.start();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void deploysAndReplaces() throws Exception {
        var workload = rig.workload("hello");
        for (int version = 1; version <= 2; version++) {
            var start = System.nanoTime();
            var ended = rig.deploy(workload, app("version " + version));
            System.out.println("took " + (System.nanoTime() - start) / 1e6);
            rig.log(ended).read().forEach(entry -> System.out.println("| " + entry.text()));
            rig.deploys.steps(ended).forEach(System.out::println);
            assertThat(ended.state()).as(ended.reason()).isEqualTo(State.LIVE);
            assertThat(ask(rig.url(workload))).isEqualTo("version " + version);
        }
    }

    private static Map<String, String> app(String answer) {
        return Map.of(
                "package.json",
                "{\"name\": \"hello\", \"scripts\": {\"start\": \"node server.js\"}}",
                "server.js",
                "require('http').createServer((q, s) => s.end('" + answer + "')).listen(process.env.PORT);"
                        + "process.on('SIGTERM', () => process.exit(0));");
    }

    private String ask(String url) throws Exception {
        var uri = URI.create(url);
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + rig.httpPort + "/"))
                .header("Host", uri.getHost())
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}
