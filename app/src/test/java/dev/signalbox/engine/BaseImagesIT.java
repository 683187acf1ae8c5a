package dev.signalbox.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The base images keep the contract of the official ones. What runs inside them is in {@code resources/contracts}. */
class BaseImagesIT {
    @RegisterExtension
    static final EngineExtension docker = new EngineExtension();

    private static final Path CATALOG = Path.of("installer/images/catalog");
    private static final Path CONTRACTS = Path.of("app/src/test/resources/contracts");
    private static final Path HOST_CERTIFICATES = Path.of("/etc/ssl/certs/ca-certificates.crt");

    static List<String> catalog() throws IOException {
        return Files.readAllLines(CATALOG).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("catalog")
    void saysWhereItCameFrom(String name) {
        assertThat(image(name).labels())
                .hasEntrySatisfying(
                        "dev.signalbox.image.source",
                        source -> assertThat(source).matches("(packages|registry): .+"))
                .hasEntrySatisfying(
                        "dev.signalbox.image.inputs",
                        inputs -> assertThat(inputs).matches("[0-9a-f]{32}"));
    }

    @ParameterizedTest
    @MethodSource("catalog")
    void trustsWhatTheHostTrusts(String name) throws Exception {
        build(name, "trust", Map.of("HOST_CERTIFICATE_LINE", lineOfTheHostsLastCertificate()));
    }

    static Stream<Arguments> contracts() {
        return Stream.of(
                arguments("debian:trixie-slim", "system"),
                arguments("debian:bookworm-slim", "system"),
                arguments("traefik:v3.7", "traefik"),
                arguments("node:22-slim", "node-slim"),
                arguments("node:24-slim", "node-slim"),
                arguments("node:22", "node"),
                arguments("node:24", "node"),
                arguments("python:3.13-slim", "python-slim"),
                arguments("python:3.13", "python-slim"),
                arguments("python:3.13", "python"),
                arguments("golang:1.26", "golang"));
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void keepsItsContract(String name, String contract) throws Exception {
        build(name, contract, Map.of());
    }

    static Stream<Arguments> starts() {
        var node = List.of("docker-entrypoint.sh");
        return Stream.of(
                arguments("debian:trixie-slim", List.of(), List.of("bash")),
                arguments("debian:bookworm-slim", List.of(), List.of("bash")),
                arguments("traefik:v3.7", List.of("/entrypoint.sh"), List.of("traefik")),
                arguments("node:22-slim", node, List.of("node")),
                arguments("node:24", node, List.of("node")),
                arguments("python:3.13-slim", List.of(), List.of("python3")),
                arguments("golang:1.26", List.of(), List.of("bash")),
                arguments("signalbox/static:1", List.of(), List.of("serve")));
    }

    @ParameterizedTest
    @MethodSource("starts")
    void startsAsTheOfficialOneDoes(String name, List<String> entrypoint, List<String> command) {
        var image = image(name);

        assertThat(image.entrypoint()).isEqualTo(entrypoint);
        assertThat(image.command()).isEqualTo(command);
    }

    @Test
    void namesItsPortsUsersAndVersions() {
        assertThat(image("traefik:v3.7").exposedPorts()).containsExactly(80);
        assertThat(image("signalbox/static:1").exposedPorts()).containsExactly(8080);
        assertThat(image("signalbox/static:1").user()).isEqualTo("1000:1000");
        assertThat(image("node:22-slim").user()).isEmpty();
        assertThat(image("node:22").environment().get("NODE_VERSION")).startsWith("22.");
        assertThat(image("node:24-slim").environment().get("NODE_VERSION")).startsWith("24.");
        assertThat(image("python:3.13-slim").environment().get("PYTHON_VERSION"))
                .startsWith("3.13");
        assertThat(image("golang:1.26").environment())
                .containsEntry("GOPATH", "/go")
                .hasEntrySatisfying(
                        "GOLANG_VERSION", version -> assertThat(version).startsWith("1.26."));
    }

    @Test
    void servesAStaticSite() throws Exception {
        var site = start(build("signalbox/static:1", "static", Map.of()), Map.of("PORT", "3000"));

        assertThat(site.text("/")).contains("Home");
        assertThat(site.text("/about")).contains("About");
        assertThat(site.text("/a/route/of/the/browser")).contains("Home");
        assertThat(site.ask("/docs").headers().firstValue("Location")).hasValue("/docs/");
        assertThat(site.text("/docs/")).contains("Docs");
        assertThat(site.ask("/assets/gone-A1b2C3d4.js").statusCode()).isEqualTo(404);
        assertThat(site.ask("/.env").statusCode()).isEqualTo(404);
        assertThat(site.header("/", "Cache-Control")).isEqualTo("no-cache");
        assertThat(site.header("/assets/app-B1c2D3e4.js", "Cache-Control")).contains("immutable");
        assertThat(site.header("/assets/app-B1c2D3e4.js", "Content-Encoding")).isEqualTo("gzip");
    }

    private static Image image(String name) {
        return docker.engine()
                .findImage(name)
                .orElseThrow(() -> new AssertionError("There is no image " + name + ". Run installer/images/build."));
    }

    /** Builds the Dockerfile of a contract on top of an image; each of its steps is a promise that must hold. */
    private static ImageId build(String name, String contract, Map<String, String> arguments) throws Exception {
        var all = new HashMap<>(arguments);
        all.put("IMAGE", name);
        var output = new ArrayList<String>();
        var request = new BuildRequest(
                docker.name(contract) + ":" + Integer.toHexString(name.hashCode()),
                "Dockerfile",
                null,
                all,
                Map.of(),
                false);
        try {
            return docker.engine().build(request, tar(CONTRACTS.resolve(contract)), event -> {
                if (event instanceof BuildEvent.StepOutput line) output.add(line.text());
            });
        } catch (BuildFailed e) {
            throw new AssertionError(name + " breaks its contract: " + String.join("\n", output), e);
        }
    }

    private static BuildContext tar(Path directory) {
        return out -> writeTar(directory, out);
    }

    private static void writeTar(Path directory, OutputStream out) throws IOException {
        var tar = new TarArchiveOutputStream(out);
        try (var files = Files.walk(directory)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                var entry = new TarArchiveEntry(directory.relativize(file).toString());
                entry.setSize(Files.size(file));
                tar.putArchiveEntry(entry);
                Files.copy(file, tar);
                tar.closeArchiveEntry();
            }
        }
        tar.finish();
    }

    private static String lineOfTheHostsLastCertificate() throws IOException {
        var lines = Files.readAllLines(HOST_CERTIFICATES);
        return lines.get(lines.lastIndexOf("-----BEGIN CERTIFICATE-----") + 3);
    }

    private static Site start(ImageId image, Map<String, String> environment) {
        var engine = docker.engine();
        var address = engine.reserveAddress(
                engine.ensureNetwork(docker.name("static"), Map.of()).name());
        engine.startContainer(engine.createContainer(new ContainerSpec(
                docker.name("static"),
                image,
                Profile.RECIPE,
                null,
                environment,
                Map.of(),
                address,
                List.of("web"),
                Limits.DEFAULT)));
        var site = new Site(URI.create("http://" + address.ip() + ":" + environment.get("PORT")));
        Eventually.within(Duration.ofSeconds(10), "the first answer", site::answers);
        return site;
    }

    /** What a browser would see of the site. */
    private record Site(URI address, HttpClient client) {
        Site(URI address) {
            this(
                    address,
                    HttpClient.newBuilder()
                            .connectTimeout(Duration.ofSeconds(2))
                            .build());
        }

        boolean answers() {
            try {
                return ask("/").statusCode() == 200;
            } catch (IOException e) {
                return false;
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        HttpResponse<byte[]> ask(String path) throws IOException, InterruptedException {
            return client.send(
                    HttpRequest.newBuilder(address.resolve(path))
                            .header("Accept-Encoding", "gzip")
                            .timeout(Duration.ofSeconds(5))
                            .build(),
                    BodyHandlers.ofByteArray());
        }

        String text(String path) throws IOException, InterruptedException {
            return new String(ask(path).body(), UTF_8);
        }

        String header(String path, String name) throws IOException, InterruptedException {
            return ask(path).headers().firstValue(name).orElse("");
        }
    }
}
