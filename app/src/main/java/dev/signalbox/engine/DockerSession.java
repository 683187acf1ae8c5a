package dev.signalbox.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls to one run of the daemon, in the API version agreed on with it. Goes with the daemon it was opened to. */
final class DockerSession implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DockerSession.class);

    /** The API that this package is written against; newer daemons still speak it. */
    private static final int NEWEST_MINOR = 44;

    /** Each takes a connection; stopping containers take one for as long as their grace is. */
    private static final int MAX_CALLS = 64;

    private final String api;
    private final DockerHttpClient http;
    private final DockerClient docker;
    private final long openFiles = OpenFiles.possible();

    private DockerSession(String api, DockerHttpClient http, DockerClient docker) {
        this.api = api;
        this.http = http;
        this.docker = docker;
    }

    String api() {
        return api;
    }

    DockerClient docker() {
        return docker;
    }

    /** How many files a container of this daemon may have open. */
    long openFiles() {
        return openFiles;
    }

    static DockerSession open(URI host, Duration connectLimit) {
        var http = new ApacheDockerHttpClient.Builder()
                .dockerHost(host)
                .connectionTimeout(connectLimit)
                .maxConnections(MAX_CALLS)
                .build();
        try {
            var api = negotiate(get(http, "/version"));
            var config = new DockerAddress(host, RemoteApiVersion.parseConfig(api));
            return new DockerSession(api, http, DockerClientImpl.getInstance(config, http));
        } catch (RuntimeException e) {
            close(http);
            throw e;
        }
    }

    /** The newest that both sides know; a daemon too new for ours is spoken to in the oldest that it takes. */
    static String negotiate(JsonNode version) {
        int newest = minor(version.path("ApiVersion").asText());
        int oldest = minor(version.path("MinAPIVersion").asText());
        return "1." + Math.max(oldest, Math.min(newest, NEWEST_MINOR));
    }

    private static int minor(String api) {
        return api.startsWith("1.") ? Integer.parseInt(api.substring(2)) : 0;
    }

    /** Asks for something docker-java has no command for, or only a wasteful one. */
    JsonNode get(String path) {
        return get(http, path);
    }

    void post(String path) {
        send(path);
    }

    /** The same for what says what came of it. */
    JsonNode postForAnswer(String path) {
        try {
            return DockerClientConfig.getDefaultObjectMapper().readTree(send(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] send(String path) {
        try (var response = http.execute(Request.builder()
                .method(Request.Method.POST)
                .path("/v" + api + path)
                .build())) {
            requireSuccess(response);
            // Read to its end, the answer leaves a connection that can be used again.
            return response.getBody().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode get(DockerHttpClient http, String path) {
        try (var response = http.execute(
                Request.builder().method(Request.Method.GET).path(path).build())) {
            requireSuccess(response);
            return DockerClientConfig.getDefaultObjectMapper()
                    .readTree(response.getBody().readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Throws what docker-java's own commands throw, so that there is one translation of both. */
    static void requireSuccess(DockerHttpClient.Response response) {
        if (response.getStatusCode() < 300) return;
        try {
            var message = new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8);
            throw new DockerException(message, response.getStatusCode());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives back the sockets; there is nothing to be done when that fails. */
    @Override
    public void close() {
        close(http);
    }

    static void close(DockerHttpClient http) {
        try {
            http.close();
        } catch (IOException e) {
            log.debug("Closing a connection to Docker", e);
        }
    }
}
