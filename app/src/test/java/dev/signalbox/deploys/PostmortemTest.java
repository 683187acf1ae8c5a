package dev.signalbox.deploys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.MutableClock;
import dev.signalbox.deploys.Release.ProcessType;
import dev.signalbox.engine.Container;
import dev.signalbox.engine.Container.State;
import dev.signalbox.engine.ContainerId;
import dev.signalbox.engine.ContainerSpec;
import dev.signalbox.engine.FakeEngine;
import dev.signalbox.engine.ImageId;
import dev.signalbox.engine.Limits;
import dev.signalbox.engine.Profile;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostmortemTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final FakeEngine engine = new FakeEngine(new MutableClock());
    private final ImageId image = engine.addImage("app");
    private final ContainerId id = engine.createContainer(new ContainerSpec(
            "web-1", image, Profile.RECIPE, null, Map.of(), Map.of(), null, List.of(), Limits.DEFAULT));
    private final Postmortem postmortem = new Postmortem(engine);

    @Test
    void saysNothingOfWhatRuns() {
        assertThat(postmortem.of(replica(null), container(State.RUNNING, 0, false)))
                .isEmpty();
        assertThat(postmortem.of(replica(null), container(State.RESTARTING, 1, false)))
                .isEmpty();
    }

    @Test
    void tellsTheExitCodeAndTheTime() {
        assertThat(postmortem.of(replica(null), container(State.EXITED, 3, false)))
                .map(StepFailed::getMessage)
                .contains("web.1 ended by itself with exit code 3, 2.50 s after it started. It printed nothing.");
    }

    @Test
    void givesWhatItTellsAsDataToo() {
        assertThat(postmortem.of(replica(null), container(State.EXITED, 3, false)))
                .map(StepFailed::failure)
                .contains(new Failure(Failure.Kind.ENDED, 3));
        assertThat(postmortem.of(replica(null), container(State.DEAD, 137, true)))
                .map(StepFailed::failure)
                .contains(new Failure(Failure.Kind.OUT_OF_MEMORY, 137));
    }

    @Test
    void quotesTheLastLinesThatMeanSomething() {
        engine.print(id, "starting");
        engine.print(id, "\u001b[31mError: REDIS_URL is not set\u001b[0m");
        engine.print(id, "    at Object.<anonymous> (/app/server.js:3:9)");
        engine.print(id, "}");
        engine.print(id, "");
        engine.print(id, "Node.js v24.1.0");

        assertThat(postmortem.of(replica(null), container(State.EXITED, 1, false)))
                .hasValueSatisfying(why -> assertThat(why)
                        .hasMessageEndingWith(
                                "after it started. Its last words: \"starting\", \"Error: REDIS_URL is not set\"."));
    }

    @Test
    void tellsASignalAndMemory() {
        assertThat(postmortem.of(replica(null), container(State.EXITED, 139, false)))
                .map(StepFailed::getMessage)
                .contains("web.1 was ended by signal 11 (exit code 139), 2.50 s after it started."
                        + " It printed nothing.");
        assertThat(postmortem.of(replica(null), container(State.EXITED, 137, true)))
                .map(StepFailed::getMessage)
                .contains("web.1 was killed: it needed more than its 512 MB of memory."
                        + " Give it more, or let it use less.");
    }

    @Test
    void tellsAMissingShellFromAMissingCommand() {
        assertThat(postmortem.of(replica("./serve"), container(State.EXITED, 127, false)))
                .hasValueSatisfying(
                        why -> assertThat(why).hasMessageStartingWith("web.1 ended by itself with exit code 127"));
        engine.print(id, "[FATAL tini (7)] exec /bin/sh failed: No such file or directory");

        assertThat(postmortem.of(replica("./serve"), container(State.EXITED, 127, false)))
                .hasValueSatisfying(
                        why -> assertThat(why).hasMessageStartingWith("web.1 cannot run: the image has no /bin/sh"));
    }

    private Replica replica(String command) {
        return new Replica(new ProcessType("web", command, 1, 512, null), 1, id, "10.208.0.2");
    }

    private Container container(State state, int exitCode, boolean outOfMemory) {
        return new Container(
                id, "web-1", state, image, Map.of(), null, exitCode, outOfMemory, NOON, NOON.plusMillis(2500));
    }
}
