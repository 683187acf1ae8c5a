package dev.signalbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The git on this machine, in a repository of the test's, with a configuration of nobody's. */
final class GitClient {
    private final Path folder;
    private final String token;

    GitClient(Path folder, String token) throws Exception {
        this.folder = Files.createDirectories(folder);
        this.token = token;
        run("init", "--quiet", "--initial-branch=main");
    }

    record Result(int exitCode, String text) {}

    GitClient commit(Map<String, String> files) throws Exception {
        for (var file : files.entrySet()) {
            var path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        run("add", "--all");
        run("commit", "--quiet", "--allow-empty", "--message", "a change");
        return this;
    }

    Result push(String remote, String... arguments) throws Exception {
        var all = new ArrayList<>(List.of("push", remote));
        all.addAll(List.of(arguments));
        return finish(start(all));
    }

    /** A push that goes on while the test does something else. */
    Process startPush(String remote, String refspec) throws IOException {
        return start(List.of("push", remote, refspec));
    }

    static Result finish(Process process) throws Exception {
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).as(text).isTrue();
        return new Result(process.exitValue(), text);
    }

    private void run(String... arguments) throws Exception {
        var result = finish(start(List.of(arguments)));
        assertThat(result.exitCode()).as(result.text()).isZero();
    }

    private Process start(List<String> arguments) throws IOException {
        var basic = Base64.getEncoder().encodeToString(("git:" + token).getBytes(StandardCharsets.UTF_8));
        var command = new ArrayList<>(List.of(
                "git",
                "-c",
                "user.name=Test",
                "-c",
                "user.email=test@example.com",
                "-c",
                "http.extraHeader=Authorization: Basic " + basic));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        builder.environment().put("GIT_CONFIG_SYSTEM", "/dev/null");
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        return builder.start();
    }
}
