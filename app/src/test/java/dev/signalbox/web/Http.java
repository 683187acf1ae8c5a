package dev.signalbox.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Asks a server on this machine over real HTTP. */
final class Http {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final int port;

    Http(int port) {
        this.port = port;
    }

    int port() {
        return port;
    }

    /** An answer. */
    record Reply(HttpResponse<String> response) {
        int status() {
            return response.statusCode();
        }

        String body() {
            return response.body();
        }

        Optional<String> header(String name) {
            return response.headers().firstValue(name);
        }

        JsonNode json() {
            try {
                return JSON.readTree(body());
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The code of the error that this answer is. */
        String code() {
            return json().path("error").path("code").asText();
        }

        String field() {
            return json().path("error").path("field").asText();
        }

        @Override
        public String toString() {
            return status() + " " + body();
        }
    }

    /** A request that is being put together. */
    final class Ask {
        private final HttpRequest.Builder request;
        private final String method;
        private byte[] body = new byte[0];

        private Ask(String method, String path) {
            this.method = method;
            this.request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .timeout(PATIENCE);
        }

        Ask as(String token) {
            return with("Authorization", "Bearer " + token);
        }

        Ask with(String header, String value) {
            request.setHeader(header, value);
            return this;
        }

        Ask json(String text) {
            return with("Content-Type", "application/json").body(text);
        }

        Ask body(String text) {
            body = text.getBytes(StandardCharsets.UTF_8);
            return this;
        }

        /** How an answer begins that may go on for ever. */
        int status() {
            try {
                var answer = client.send(request.method(method, publisher()).build(), BodyHandlers.ofInputStream());
                answer.body().close();
                return answer.statusCode();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        private HttpRequest.BodyPublisher publisher() {
            return body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
        }

        Reply send() {
            try {
                return new Reply(client.send(request.method(method, publisher()).build(), BodyHandlers.ofString()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    Ask ask(String method, String path) {
        return new Ask(method, path);
    }

    Ask get(String path) {
        return ask("GET", path);
    }

    Ask post(String path) {
        return ask("POST", path);
    }

    /** Sends these bytes as they are and returns all that comes back until the server closes. */
    String raw(String request) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@link #raw} with just a target. */
    String rawGet(String target, String... headers) {
        return raw("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + String.join("\r\n", headers) + (headers.length == 0 ? "" : "\r\n") + "\r\n");
    }
}
