package dev.signalbox.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PushTest {
    @TempDir
    Path folder;

    private GitWorld world;
    private GitClient git;

    @BeforeEach
    void setUp() throws Exception {
        world = new GitWorld(folder.resolve("data"));
        git = GitClient.init(folder.resolve("work")).withToken(world.memberToken());
        git.ok("remote", "add", "signalbox", world.url("shop/web"));
    }

    @AfterEach
    void tearDown() {
        world.close();
    }

    @Test
    void aFirstPushMakesProjectAndServiceAndGoesLive() throws Exception {
        var sha = git.write("index.html", "hello").commit("Say hello");

        var result = git.run("push", "signalbox", "main");
        System.out.println(result.text());
        assertThat(result.exit()).isZero();
        assertThat(world.branch(world.service("shop", "web"), "main")).isEqualTo(sha);
    }
}
