package dev.signalbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.routing.TestClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** An installation below a directory of the test's, made from the packed program by the scripts that people run. */
final class Installation {
    private static final Path SOURCE = Path.of("").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofMinutes(8);
    private static final int OK = 200;

    private final Path directory;
    private final Path root;
    private final Path tree;
    private final int httpPort = freePort();
    private final int httpsPort = freePort();

    Installation(Path directory) throws Exception {
        this.directory = directory;
        this.root = Files.createDirectory(directory.resolve("root"));
        this.tree = directory.resolve("package");
        // The service's account has to get to its files.
        for (var above : List.of(directory, root)) {
            Files.setPosixFilePermissions(above, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        var packed = run(List.of(SOURCE.resolve("installer/pack").toString(), tree.toString()));
        assertThat(packed.exit()).as(packed.output()).isZero();
    }

    /** What a command printed, both ways, and what it exited with. */
    record Ran(int exit, String output) {
        List<String> lastLines(int count) {
            var lines = output.lines().toList();
            return lines.subList(Math.max(0, lines.size() - count), lines.size());
        }
    }

    Ran install(String... options) throws Exception {
        return install(httpPort, options);
    }

    Ran installOnTakenPort() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("0.0.0.0"))) {
            return install(taken.getLocalPort());
        }
    }

    private Ran install(int port, String... options) throws Exception {
        var command = new ArrayList<String>();
        command.add(tree.resolve("installer/install.sh").toString());
        command.addAll(List.of("--yes", "--prefix", root.toString()));
        command.addAll(List.of("--http-port", Integer.toString(port), "--https-port", Integer.toString(httpsPort)));
        command.addAll(List.of(options));
        return run(command);
    }

    Ran upgrade(Path archive) throws Exception {
        return command("upgrade", archive.toString());
    }

    Ran uninstall(String... options) throws Exception {
        var command = new ArrayList<String>();
        command.add(tree.resolve("installer/uninstall.sh").toString());
        command.addAll(List.of("--yes", "--prefix", root.toString()));
        command.addAll(List.of(options));
        return run(command);
    }

    /** One of the commands that are on the path afterwards. */
    Ran command(String... arguments) throws Exception {
        var command = new ArrayList<String>();
        command.add(file("usr/local/bin/signalbox").toString());
        command.addAll(List.of(arguments));
        return run(command);
    }

    /** A package of the same program that calls itself another version. */
    Path packageOf(String version) throws Exception {
        var name = directory.resolve("signalbox-" + version);
        copy(tree, name);
        Files.writeString(name.resolve("BUILD"), version + " 0000test\n");
        return pack(name);
    }

    /** One whose program is none. */
    Path brokenPackageOf(String version) throws Exception {
        var name = directory.resolve("signalbox-" + version);
        copy(tree, name);
        Files.writeString(name.resolve("BUILD"), version + " 0000test\n");
        Files.writeString(name.resolve("signalbox.jar"), "no program\n");
        // It arrived as it was sent.
        Files.delete(name.resolve("MANIFEST"));
        Files.writeString(name.resolve("MANIFEST"), sum(name.resolve("BUILD")) + "  BUILD\n");
        return pack(name);
    }

    private static String sum(Path file) throws Exception {
        return run(List.of("sha256sum", file.toString())).output().split(" ", 2)[0];
    }

    private static void copy(Path from, Path to) throws Exception {
        assertThat(run(List.of("cp", "-a", "--reflink=auto", from.toString(), to.toString()))
                        .exit())
                .isZero();
    }

    private Path pack(Path name) throws Exception {
        var archive = directory.resolve(name.getFileName() + ".tar.gz");
        var folder = name.getFileName().toString();
        // Not made small: it is read once.
        var packed = run(List.of(
                "tar",
                "-C",
                directory.toString(),
                "--use-compress-program=gzip -1",
                "-cf",
                archive.toString(),
                folder));
        assertThat(packed.exit()).as(packed.output()).isZero();
        return archive;
    }

    /** Asks the app fifty times a second while something is done to the appliance; every answer has to be good. */
    Ran watchingTheApp(Callable<Ran> act) throws Exception {
        var failures = new ConcurrentLinkedQueue<String>();
        var isOver = new AtomicBoolean();
        var asking = Thread.ofVirtual().start(() -> {
            while (!isOver.get()) {
                try {
                    if (askApp() != OK) failures.add("another answer");
                } catch (IOException e) {
                    failures.add(e.toString());
                }
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        });
        try {
            return act.call();
        } finally {
            isOver.set(true);
            asking.join();
            assertThat(failures).isEmpty();
        }
    }

    int askApp() throws IOException {
        return TestClient.ask(httpPort, "hello-node-demo.localhost", "/", "Connection: close")
                .status();
    }

    int httpPort() {
        return httpPort;
    }

    Path file(String name) {
        return root.resolve(name);
    }

    /** Owner and permissions of a file. */
    String mode(String name) throws IOException {
        var file = file(name);
        return Files.getOwner(file) + " " + PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    /** Which version is the one that runs. */
    String current() throws IOException {
        return file("opt/signalbox/current").toRealPath().getFileName().toString();
    }

    /** Those that are side by side. */
    List<String> versions() throws IOException {
        try (var places = Files.list(file("opt/signalbox/versions"))) {
            return places.map(place -> place.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .toList();
        }
    }

    String instance() throws IOException {
        return Files.readString(file("etc/signalbox/instance")).strip();
    }

    String userOfProgram() {
        var home = file("opt/signalbox/versions").toString();
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().command().orElse("").startsWith(home))
                .findFirst()
                .flatMap(process -> process.info().user())
                .orElse("nobody's");
    }

    List<String> containers(String instance) throws Exception {
        return docker("containers/json?all=1", instance);
    }

    List<String> images(String instance) throws Exception {
        return docker("images/json?all=1", instance);
    }

    private static List<String> docker(String what, String instance) throws Exception {
        var answer = run(List.of(
                "curl",
                "-fsSG",
                "--unix-socket",
                "/var/run/docker.sock",
                "http://engine/" + what,
                "--data-urlencode",
                "filters={\"label\":[\"dev.signalbox.instance=" + instance + "\"]}"));
        assertThat(answer.exit()).as(answer.output()).isZero();
        return answer.output().strip().equals("[]") ? List.of() : List.of(answer.output());
    }

    static Ran run(List<String> command) throws Exception {
        var output = Files.createTempFile("installation", ".log");
        var builder = new ProcessBuilder(command)
                .directory(SOURCE.toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("SIGNALBOX_PATIENCE", "15");
        var process = builder.start();
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("%s ends; so far: %s", command, Files.readString(output))
                    .isTrue();
            return new Ran(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            process.destroy();
            Files.delete(output);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    void remove() throws Exception {
        if (Files.exists(file("etc")) || Files.exists(file("opt"))) uninstall("--purge");
    }
}
