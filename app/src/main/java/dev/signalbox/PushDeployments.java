package dev.signalbox;

import dev.signalbox.deploys.Cause;
import dev.signalbox.deploys.Deployment;
import dev.signalbox.deploys.DeploymentOrder;
import dev.signalbox.deploys.Deploys;
import dev.signalbox.git.Push;
import dev.signalbox.git.PushListener;
import dev.signalbox.git.PushOutcome;
import dev.signalbox.logs.Logs;
import dev.signalbox.routing.Routing;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;

/** Turns a push into a deployment and shows the person who pushes what it does. */
final class PushDeployments implements PushListener {
    /** Longer than any deployment may take. */
    private static final Duration AT_MOST = Duration.ofHours(2);

    private final Deploys deploys;
    private final Logs logs;
    private final Routing routing;
    private final GitSources sources;

    PushDeployments(Deploys deploys, Logs logs, Routing routing, GitSources sources) {
        this.deploys = deploys;
        this.logs = logs;
        this.routing = routing;
        this.sources = sources;
    }

    @Override
    public PushOutcome deploy(Push push, Output output) throws InterruptedException {
        return push.detached() ? queue(push, output) : deployAndShow(push, output);
    }

    private PushOutcome queue(Push push, Output output) {
        var deployment = deploys.queue(order(push));
        output.queued((int) deployment.number());
        push.guard().moveRef();
        return new PushOutcome.Queued((int) deployment.number());
    }

    private PushOutcome deployAndShow(Push push, Output output) throws InterruptedException {
        sources.guard(push);
        try {
            var deployment = deploys.queue(order(push));
            output.queued((int) deployment.number());
            var last = new LastLines();
            logs.deployment(deployment.id()).follow(0, entry -> output.accept(last.note(entry.text())), AT_MOST);
            return outcome(push, deploys.find(deployment.id()).orElse(deployment), last);
        } finally {
            sources.release(push);
        }
    }

    private static DeploymentOrder order(Push push) {
        var commit = push.commit();
        return new DeploymentOrder(
                push.workload(),
                Cause.PUSH,
                push.caller().actor(),
                new DeploymentOrder.Content.Commit(commit.sha(), commit.subject(), push.ref(), push.forced()));
    }

    private PushOutcome outcome(Push push, Deployment ended, LastLines last) {
        int number = (int) ended.number();
        return switch (ended.state()) {
            case LIVE -> new PushOutcome.Live(number, routing.urls(push.workload()));
            case SUPERSEDED -> new PushOutcome.Superseded(number, overtaker(ended));
            case CANCELLED -> new PushOutcome.Cancelled(number);
            case SKIPPED -> new PushOutcome.Skipped(number);
            case QUEUED, BUILDING, RELEASING, STARTING, CHECKING, APPROVING, ROUTING, SHIFTING, SETTLING, FAILED ->
                failed(number, Objects.requireNonNullElse(ended.reason(), "It has not ended."), last);
        };
    }

    /** What the log ends with is not said again. */
    private static PushOutcome failed(int number, String reason, LastLines last) {
        return new PushOutcome.Failed(number, last.endWith(reason) ? "" : reason);
    }

    private static int overtaker(Deployment superseded) {
        return Objects.requireNonNullElse(superseded.supersededBy(), superseded.number())
                .intValue();
    }

    /** The end of what was shown. */
    private static final class LastLines {
        private static final int KEPT = 10;

        private final Deque<String> lines = new ArrayDeque<>();

        String note(String line) {
            lines.addLast(line);
            if (lines.size() > KEPT) lines.removeFirst();
            return line;
        }

        boolean endWith(String text) {
            return String.join("\n", lines).endsWith(text);
        }
    }
}
