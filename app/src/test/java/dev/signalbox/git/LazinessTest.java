package dev.signalbox.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.accounts.Accounts;
import dev.signalbox.accounts.Audit;
import dev.signalbox.db.Db;
import dev.signalbox.db.Ids;
import dev.signalbox.projects.Projects;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JGit costs memory and start-up time, which an appliance that nobody pushes to need not spend. */
class LazinessTest {
    @TempDir
    Path folder;

    @Test
    void jgitIsNotLoadedBeforeSomebodyPushes() throws Exception {
        var output = folder.resolve("out");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xlog:class+load",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Start.class.getName(),
                        folder.resolve("data").toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

        var classes = Files.readString(output);
        assertThat(process.exitValue()).as(classes).isZero();
        assertThat(classes).contains("dev.signalbox.git.GitRemote ").doesNotContain("org.eclipse.jgit");
    }

    /** What a start does with this package. */
    static final class Start {
        public static void main(String[] arguments) throws Exception {
            var data = Files.createDirectories(Path.of(arguments[0]));
            var ids = new Ids(new SecureRandom());
            var clock = Clock.systemUTC();
            try (var db = Db.open(data.resolve("signalbox.db"))) {
                var repositories = new Repositories(data.resolve("repos"), ids);
                repositories.tidy();
                var accounts = new Accounts(db, clock, ids);
                var projects = new Projects(db, clock, ids, removed -> repositories.remove("svc_none"));
                var remote = new GitRemote(
                        repositories,
                        accounts,
                        projects,
                        new Audit(db, clock),
                        (push, output) -> new PushOutcome.Refused("No."),
                        GitLimits.DEFAULT);
                Objects.requireNonNull(remote);
                repositories.remove("svc_none");
            }
        }
    }
}
