package dev.signalbox.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The real git in a working directory of its own, blind to the configuration of the machine. */
final class GitClient {
    static final long PATIENCE = 60;

    final Path directory;
    private final Path home;
    private String token = "";

    private GitClient(Path directory, Path home) {
        this.directory = directory;
        this.home = home;
    }

    /** An empty repository on the branch {@code main}. */
    static GitClient init(Path directory) throws IOException, InterruptedException {
        var client = at(directory);
        client.ok("init", "--quiet", "--initial-branch=main");
        return client;
    }

    static GitClient at(Path directory) throws IOException {
        var home = Files.createDirectories(directory.resolveSibling(directory.getFileName() + "-home"));
        return new GitClient(Files.createDirectories(directory), home);
    }

    /** What git is given when it asks for a user name or a password. */
    GitClient withToken(String text) {
        token = text;
        return this;
    }

    GitClient write(String path, String text) throws IOException {
        var file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    /** Commits everything, and says the new commit's full hash. */
    String commit(String subject) throws IOException, InterruptedException {
        ok("add", "--all");
        ok("commit", "--quiet", "--allow-empty", "-m", subject);
        return head();
    }

    String head() throws IOException, InterruptedException {
        return ok("rev-parse", "HEAD").strip();
    }

    String ok(String... arguments) throws IOException, InterruptedException {
        var result = run(arguments);
        assertThat(result.exit()).as(result.text()).isZero();
        return result.text();
    }

    Result run(String... arguments) throws IOException, InterruptedException {
        return start(arguments).await();
    }

    Running start(String... arguments) throws IOException {
        var output = Files.createTempFile(home, "out", "");
        var process = builder(arguments)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        return new Running(process, output);
    }

    /** As {@link #ok}, with something to read. */
    String feed(String input, String... arguments) throws IOException, InterruptedException {
        return feed(input.getBytes(StandardCharsets.UTF_8), arguments);
    }

    String feed(byte[] input, String... arguments) throws IOException, InterruptedException {
        var in = Files.write(Files.createTempFile(home, "in", ""), input);
        var output = Files.createTempFile(home, "out", "");
        var process = builder(arguments)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(in.toFile())
                .start();
        var result = new Running(process, output).await();
        assertThat(result.exit()).as(result.text()).isZero();
        return result.text();
    }

    /** A pack with what these revisions say. */
    byte[] pack(String... revisions) throws IOException, InterruptedException {
        var in = Files.writeString(Files.createTempFile(home, "in", ""), String.join("\n", revisions) + "\n");
        var output = Files.createTempFile(home, "pack", "");
        var process = builder("pack-objects", "--revs", "--stdout", "--quiet")
                .redirectOutput(output.toFile())
                .redirectInput(in.toFile())
                .start();
        assertThat(process.waitFor(PATIENCE, TimeUnit.SECONDS)).isTrue();
        return Files.readAllBytes(output);
    }

    private ProcessBuilder builder(String... arguments) throws IOException {
        var askpass = home.resolve("askpass");
        Files.deleteIfExists(askpass);
        Files.createFile(askpass, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(askpass, "#!/bin/sh\necho '" + token + "'\n");
        var builder = new ProcessBuilder(
                        Stream.concat(Stream.of("git"), Stream.of(arguments)).toList())
                .directory(directory.toFile());
        var environment = builder.environment();
        environment
                .keySet()
                .removeIf(name -> name.startsWith("GIT_")
                        || name.toLowerCase(java.util.Locale.ROOT).endsWith("_proxy"));
        environment.put("HOME", home.toString());
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        environment.put("GIT_CONFIG_SYSTEM", "/dev/null");
        environment.put("GIT_TERMINAL_PROMPT", "0");
        environment.put("GIT_AUTHOR_NAME", "Ada");
        environment.put("GIT_AUTHOR_EMAIL", "ada@example.org");
        environment.put("GIT_COMMITTER_NAME", "Ada");
        environment.put("GIT_COMMITTER_EMAIL", "ada@example.org");
        if (!token.isEmpty()) environment.put("GIT_ASKPASS", askpass.toString());
        return builder;
    }

    /** A git that has not ended yet. */
    record Running(Process process, Path output) {
        Result await() throws IOException, InterruptedException {
            if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
                kill();
                throw new AssertionError("git did not end; it said:\n" + text());
            }
            return new Result(process.exitValue(), text());
        }

        /** What people see; git pads lines of the remote with blanks. */
        String text() throws IOException {
            return Files.readString(output, StandardCharsets.UTF_8)
                    .lines()
                    .map(String::stripTrailing)
                    .collect(Collectors.joining("\n"));
        }

        /** Ends git and all that it started, as Ctrl-C does. */
        void kill() {
            all().forEach(ProcessHandle::destroyForcibly);
        }

        /** Lets git and all that it started do nothing more, not even read. */
        void freeze() throws IOException, InterruptedException {
            var command = new ArrayList<>(List.of("kill", "-STOP"));
            all().forEach(handle -> command.add(Long.toString(handle.pid())));
            assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
        }

        private List<ProcessHandle> all() {
            return Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                    .toList();
        }

        boolean isAlive() {
            return process.isAlive();
        }
    }

    record Result(int exit, String text) {
        /** The lines of the remote, without git's own. */
        List<String> remote() {
            return text.lines()
                    .filter(line -> line.startsWith("remote:"))
                    .map(line -> line.substring("remote:".length()).stripLeading())
                    .toList();
        }
    }
}
