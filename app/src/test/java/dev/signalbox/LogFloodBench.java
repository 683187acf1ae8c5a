package dev.signalbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.accounts.PeopleKit;
import dev.signalbox.engine.EngineExtension;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand lines a second, followed by a hundred people for a minute; this process shares the machine. */
class LogFloodBench {
    private static final int FOLLOWERS = 100;
    private static final long SECONDS = 60;

    @RegisterExtension
    static final EngineExtension DOCKER = new EngineExtension();

    @TempDir
    Path directory;

    @Test
    void aFloodOfLines() throws Exception {
        var data = directory.resolve("data");
        try (var program = new Program(data, DOCKER);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            program.start();
            program.stop();
            var people = Seed.plant(data, FOLLOWERS, 1, 0);
            program.start();
            var git = new GitClient(directory.resolve("work"), program.token()).commit(Apps.chatty());
            var pushed = git.push(program.remote("chatty", "web"), "main");
            assertThat(pushed.exitCode()).as(pushed.text()).isZero();

            var load = new PanelLoad();
            var followers = new ArrayList<LogFollower>();
            try {
                for (var member : people) {
                    var visitor = new PanelVisitor(program.panelPort(), member.token());
                    visitor.signIn(member.person().email(), PeopleKit.PASSWORD);
                    var follower = new LogFollower();
                    followers.add(follower);
                    var _ = threads.submit(() -> {
                        try (var body = visitor.follow("/projects/chatty/environments/production/services/web/logs")) {
                            follower.read(body, load);
                        }
                        return null;
                    });
                }
                program.ask("web-chatty.localhost");
                followers.forEach(LogFollower::beginAnew);
                assertThat(program.process().waitFor(SECONDS, TimeUnit.SECONDS)).isFalse();
            } finally {
                load.end();
            }
            var app = program.ask("web-chatty.localhost").body().split(" ", 2);

            Figures.row(
                    "10,000 lines/s, 100 followers, 60 s",
                    "%,d lines a follower and second, %,d gaps told, %,d untold; the app was never held up for more than %s ms"
                            .formatted(
                                    followers.stream()
                                                    .mapToLong(LogFollower::lines)
                                                    .sum()
                                            / FOLLOWERS
                                            / SECONDS,
                                    followers.stream()
                                            .mapToLong(LogFollower::told)
                                            .sum(),
                                    followers.stream()
                                            .mapToLong(LogFollower::untold)
                                            .sum(),
                                    app[1]));
        }
    }
}
