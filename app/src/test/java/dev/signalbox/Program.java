package dev.signalbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.engine.EngineExtension;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The packed program as a process of its own, on free ports and a directory of the test's, as on a server. */
final class Program implements AutoCloseable {
    private static final Path SOURCE = Path.of("").toAbsolutePath();
    private static final Duration START = Duration.ofSeconds(30);
    static final String OWNER_EMAIL = "owner@example.com";
    static final String OWNER_PASSWORD = "unlike those that are tried first";
    private static final String OWNER = "name=Owner&team=Test&email=" + OWNER_EMAIL.replace("@", "%40") + "&password="
            + OWNER_PASSWORD.replace(' ', '+');

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();
    private final int panelPort = freePort();
    private final int httpPort = freePort();
    private Process process;
    private String token = "";
    private String cookie = "";

    Program(Path directory, EngineExtension docker) throws IOException {
        this.directory = Files.createDirectories(directory);
        environment.put("SIGNALBOX_HOME", SOURCE.resolve("target").toString());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("SIGNALBOX_INSTANCE", docker.instance());
        environment.put("SIGNALBOX_DATA", directory.toString());
        environment.put("SIGNALBOX_PANEL_PORT", Integer.toString(panelPort));
        // What builds keep is the whole engine's: a test trims nothing of it.
        environment.put("SIGNALBOX_BUILD_CACHE", "99999 GB");
        environment.put("SIGNALBOX_HTTP_PORT", Integer.toString(httpPort));
        environment.put("SIGNALBOX_HTTPS_PORT", Integer.toString(freePort()));
        environment.put("SIGNALBOX_PROXY_API_PORT", Integer.toString(freePort()));
        environment.put("SIGNALBOX_MASTER_KEY", directory.resolve("master.key").toString());
        environment.put(
                "SIGNALBOX_ADMIN_SOCKET", directory.resolve("admin.sock").toString());
    }

    /** Starts it and waits until it answers, also through the router; says after how long itself did. */
    Duration start(String... jvmOptions) throws Exception {
        var took = startForNobody(jvmOptions);
        setUp();
        return took;
    }

    /** The same, and leaves becoming its owner to others. */
    Duration startForNobody(String... jvmOptions) throws Exception {
        var took = launch(jvmOptions);
        Await.until("the router answers", () -> answers(panel("/health")));
        return took;
    }

    /** What makes whoever opens it the owner. */
    URI setUpLink() throws Exception {
        return URI.create(run(List.of("setup-token")));
    }

    /** The first start, as its owner does it with the link; once. */
    private void setUp() throws Exception {
        if (cookie.isEmpty()) {
            var link = setUpLink();
            var form = HttpRequest.newBuilder(panelUri(link.getPath()))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .timeout(Duration.ofSeconds(30))
                    .POST(BodyPublishers.ofString(OWNER))
                    .build();
            var answer = http.send(form, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
            cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
        }
    }

    /** A page of the panel, as its owner sees it. */
    HttpResponse<String> page(String path) throws Exception {
        var request = HttpRequest.newBuilder(panelUri(path))
                .header("Cookie", cookie)
                .header("Accept", "text/html")
                .timeout(Duration.ofSeconds(30))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private Duration launch(String... jvmOptions) throws Exception {
        run(List.of("key", "create"));
        environment.put("SIGNALBOX_JVM_OPTIONS", String.join(" ", jvmOptions));
        var started = System.nanoTime();
        process = launch(List.of("serve"))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output.log").toFile())
                .start();
        environment.remove("SIGNALBOX_JVM_OPTIONS");
        while (!answers(panelUri("/health"))) {
            assertThat(process.isAlive())
                    .as("the program runs: %s", directory.resolve("output.log"))
                    .isTrue();
            assertThat(System.nanoTime() - started).isLessThan(START.toNanos());
            LockSupport.parkNanos(1_000_000);
        }
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /** What its commands print, without the line end. */
    String run(List<String> arguments) throws Exception {
        var errors = directory.resolve("errors.log");
        var command = launch(arguments).redirectError(errors.toFile()).start();
        var printed = new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(command.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(command.exitValue()).as(Files.readString(errors)).isZero();
        return printed;
    }

    /** A token that may everything; made once. */
    String token() throws Exception {
        if (token.isEmpty()) token = run(List.of("token", "create", "--name", "test"));
        return token;
    }

    /** A page as browsers find it, through the router. */
    URI panel(String path) {
        return URI.create("http://localhost:" + httpPort + path);
    }

    /** Where people would push to, through the router. */
    String remote(String project, String service) {
        return panel("/git/" + project + "/" + service + ".git").toString();
    }

    HttpResponse<String> api(String method, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(panelUri("/api/v1" + path))
                .header("Authorization", "Bearer " + token())
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(30))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    /** What the router answers to people who ask for this host. */
    HttpResponse<String> ask(String host) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + "/"))
                .header("Host", host)
                .timeout(Duration.ofSeconds(10))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    int httpPort() {
        return httpPort;
    }

    int panelPort() {
        return panelPort;
    }

    /** A figure of the kernel's about the process, in MB. */
    long memory(String what) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith(what + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    Process process() {
        return process;
    }

    String output() throws IOException {
        return Files.readString(directory.resolve("output.log"));
    }

    /** Ends it as a power failure would. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    /** Asks it to end, and waits. */
    void stop() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    @Override
    public void close() {
        if (process != null) process.destroyForcibly();
    }

    private ProcessBuilder launch(List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(SOURCE.resolve("installer/signalbox").toString());
        command.addAll(arguments);
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return builder;
    }

    private boolean answers(URI uri) throws InterruptedException {
        try {
            var request =
                    HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private URI panelUri(String path) {
        return URI.create("http://127.0.0.1:" + panelPort + path);
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
