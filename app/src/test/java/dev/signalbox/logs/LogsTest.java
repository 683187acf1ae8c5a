package dev.signalbox.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.engine.ContainerId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LogsTest extends LogsKit {
    @Test
    void aLogThatIsNotKeptAnyMoreSaysSoAndEnds() throws InterruptedException {
        for (var id : List.of("dep_old", "dep_new")) {
            logs.deployment(id).line("Live");
            logs.deployment(id).end();
        }
        logs.retainDeployments(Set.of("dep_new"));

        assertThat(texts("dep_new")).containsExactly("Live");
        assertThat(texts("dep_old")).containsExactly("This log is not kept any more.");
        assertThat(logs.ended("dep_old").follow(1, entry -> {}, PATIENCE)).isTrue();
    }

    @Test
    void aLogWhoseEndACrashPreventedEnds() throws InterruptedException {
        logs.deployment("dep_cut").line("Build");

        assertThat(logs.ended("dep_cut").follow(1, entry -> {}, Duration.ofMillis(1)))
                .isFalse();
        assertThat(newProcess().ended("dep_cut").follow(1, entry -> {}, PATIENCE))
                .isTrue();
    }

    private List<String> texts(String deployment) {
        return logs.ended(deployment).read().stream()
                .map(DeploymentLog.Entry::text)
                .toList();
    }

    @Test
    void whatAContainerPrintsOutlivesIt() throws InterruptedException {
        var web = container("web");
        logs.capture(SHOP, "web.1 #12", web);
        print(web, "one", "two");
        engine.exit(web, 1);
        assertThat(logs.awaitCaptured(web, PATIENCE)).isTrue();
        engine.removeContainer(web);
        assertThat(logs.tail(SHOP, 10)).extracting(ContainerLine::text).containsExactly("one", "two");
        assertThat(logs.tail(SHOP, 10)).extracting(ContainerLine::source).containsOnly("web.1 #12");
        assertThat(logs.tail(SHOP, 1)).extracting(ContainerLine::text).containsExactly("two");
    }

    @Test
    void captureTwiceKeepsEachLineOnce() throws InterruptedException {
        var web = container("web");
        for (int i = 0; i < 3; i++) logs.capture(SHOP, "web.1 #1", web);
        print(web, "one");
        engine.exit(web, 0);
        for (int i = 0; i < 3; i++) {
            logs.capture(SHOP, "web.1 #1", web);
            assertThat(logs.awaitCaptured(web, PATIENCE)).isTrue();
        }
        assertThat(texts()).containsExactly("one");
    }

    @Test
    void aNewProcessGoesOnWithoutGapAndWithoutDoubling() throws InterruptedException {
        var web = container("web");
        var worker = container("worker");
        logs.capture(SHOP, "web.1 #1", web);
        logs.capture(SHOP, "worker.1 #1", worker);
        // Two lines within one moment, of which only the first is kept before the process ends.
        engine.print(web, "web 1");
        engine.print(worker, "worker 1");
        awaitTexts("web 1", "worker 1");
        logs.close();
        engine.print(web, "web 2");
        print(worker, "worker 2");
        logs = newProcess();
        logs.capture(SHOP, "web.1 #1", web);
        logs.capture(SHOP, "worker.1 #1", worker);
        print(web, "web 3");
        engine.exit(web, 0);
        engine.exit(worker, 0);
        assertThat(logs.awaitCaptured(web, PATIENCE)).isTrue();
        assertThat(logs.awaitCaptured(worker, PATIENCE)).isTrue();
        assertThat(texts())
                .containsExactlyInAnyOrder("web 1", "worker 1", "web 2", "worker 2", "web 3")
                .containsSubsequence("web 1", "web 2", "web 3");
    }

    @Test
    void whatIsFoundIsFoundInAllThatIsKept() throws InterruptedException {
        var web = container("web");
        logs.capture(SHOP, "web.1 #1", web);
        print(web, "Checkout done", "\u001b[31mcheck\u001b[0mout failed", "a.c", "abc");
        awaitTexts("Checkout done", "\u001b[31mcheck\u001b[0mout failed", "a.c", "abc");
        assertThat(logs.tail(SHOP, 10, new LogFilter("CHECKOUT", false))).hasSize(2);
        assertThat(logs.tail(SHOP, 1, new LogFilter("checkout", false)))
                .extracting(ContainerLine::text)
                .allMatch(text -> text.contains("failed"));
        assertThat(logs.tail(SHOP, 10, new LogFilter("a.c", false)))
                .extracting(ContainerLine::text)
                .containsExactly("a.c");
        assertThat(logs.tail(SHOP, 10, new LogFilter("", true))).isEmpty();
    }

    @Test
    void linesAreShownHarmless() throws InterruptedException {
        var web = container("web");
        logs.capture(SHOP, "web.1\t\u001b[2J#1", web);
        print(web, "\u001b]0;title\u0007\u001b[31mred", "tab\there");
        awaitTexts("\u001b[31mred\u001b[0m", "tab\there");
        assertThat(logs.tail(SHOP, 1)).extracting(ContainerLine::source).containsExactly("web.1 #1");
    }

    @Test
    void aRemovedLogIsGoneAndStaysGone() throws InterruptedException {
        var web = container("web");
        logs.capture(SHOP, "web.1 #1", web);
        print(web, "one");
        awaitTexts("one");
        logs.remove(SHOP);
        print(web, "two");
        assertThat(directory.resolve("workloads")).isEmptyDirectory();
        assertThat(logs.tail(SHOP, 10)).isEmpty();
    }

    @Test
    void aContainerThatIsNotThereIsNoMistake() throws InterruptedException {
        var gone = new ContainerId("0123456789abcdef");
        logs.capture(SHOP, "web.1 #1", gone);
        assertThat(logs.awaitCaptured(gone, PATIENCE)).isTrue();
        assertThat(logs.tail(SHOP, 10)).isEmpty();
    }
}
