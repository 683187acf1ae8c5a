package dev.signalbox.web;

import dev.signalbox.accounts.Permission;
import dev.signalbox.logs.ContainerLine;
import dev.signalbox.logs.DeploymentLog;
import dev.signalbox.logs.Logs;
import dev.signalbox.projects.Workload;
import dev.signalbox.web.Draft.Nothing;
import dev.signalbox.web.Resources.ServiceDeployment;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What services print, and what is said while they are deployed. */
final class LogsApi {
    private static final Parameter.Whole TAIL =
            new Parameter.Whole("tail", "How many of the last lines.", 0, 5_000, 100);
    private static final Parameter.Whole FROM = new Parameter.Whole(
            "from", "The number of the first line to give; 0 gives the newest lines.", 0, 999_999_999, 0);
    private static final String TEXT = "text/plain";
    private static final String EVENTS = "text/event-stream";
    /** Longer than any deployment may take. */
    private static final Duration AT_MOST = Duration.ofHours(2);

    private final Resources resources;
    private final Logs logs;
    private final Streams streams;

    LogsApi(Resources resources, Logs logs, Streams streams) {
        this.resources = resources;
        this.logs = logs;
        this.streams = streams;
    }

    List<Operation<?, ?, ?>> operations() {
        return List.of(
                resources
                        .workload()
                        .get(
                                "/logs",
                                "logs.tail",
                                "The last lines that the service printed, oldest first; as text/event-stream those that"
                                        + " come, too.")
                        .needs(Permission.READ_LOGS)
                        .with(TAIL)
                        .answers(200, ServiceLog.class, call -> new ServiceLog(lines(call)))
                        .orAs(EVENTS, this::follow)
                        .orAs(TEXT, (call, ctx) -> ctx.contentType(TEXT).result(text(lines(call)))),
                resources
                        .deployment()
                        .get(
                                "/log",
                                "deployments.log",
                                "What was said while it was deployed, at most 5,000 lines and about 1 MB at once; as"
                                        + " text/event-stream or text/plain it is followed until the deployment has"
                                        + " ended.")
                        .needs(Permission.READ_LOGS)
                        .with(FROM)
                        .answers(200, DeploymentLogView.class, this::read)
                        .orAs(EVENTS, this::followAsEvents)
                        .orAs(TEXT, this::followAsText));
    }

    /** One line; {@code source} is the container that printed it, empty for our own. */
    record LineView(Instant at, String source, boolean error, String text) {}

    record ServiceLog(List<LineView> lines) {}

    /** One line of a deployment; {@code ours} when the appliance says it and not a build or a container. */
    record EntryView(long number, Instant at, boolean ours, String text) {}

    record DeploymentLogView(List<EntryView> lines) {}

    private List<LineView> lines(Call<Workload, Nothing> call) {
        try (var _ = streams.take(call.caller())) {
            return logs.tail(call.resource().id(), call.number(TAIL)).stream()
                    .map(LogsApi::view)
                    .toList();
        }
    }

    private static LineView view(ContainerLine line) {
        return new LineView(line.at(), line.source(), line.error(), line.text());
    }

    private static String text(List<LineView> lines) {
        var text = new StringBuilder();
        for (var line : lines) {
            text.append(line.at())
                    .append(' ')
                    .append(line.source())
                    .append(" | ")
                    .append(line.text())
                    .append('\n');
        }
        return text.toString();
    }

    private void follow(Call<Workload, Nothing> call, Context ctx) throws IOException {
        try (var _ = streams.take(call.caller())) {
            LiveAnswer.events(ctx, call::isStillAdmitted).run(answer -> follow(call, answer));
        }
    }

    private void follow(Call<Workload, Nothing> call, LiveAnswer answer) throws InterruptedException {
        try (var _ = logs.follow(
                call.resource().id(),
                call.number(TAIL),
                line -> answer.event(line.at().toString(), "line", view(line)),
                answer::end)) {
            answer.awaitEnd();
        }
    }

    private DeploymentLogView read(Call<ServiceDeployment, Nothing> call) {
        try (var _ = streams.take(call.caller())) {
            var from = call.number(FROM);
            var entries = from == 0 ? log(call).read() : log(call).read(from);
            return new DeploymentLogView(entries.stream().map(LogsApi::view).toList());
        }
    }

    /** A client that comes back says which event was its last. */
    private void followAsEvents(Call<ServiceDeployment, Nothing> call, Context ctx) throws IOException {
        var from = Math.max(call.number(FROM), lastSeen(ctx.header("Last-Event-ID")) + 1);
        try (var _ = streams.take(call.caller())) {
            LiveAnswer.events(ctx, call::isStillAdmitted).run(answer -> {
                var ended = log(call)
                        .follow(
                                from,
                                entry -> answer.event(Long.toString(entry.number()), "line", view(entry)),
                                AT_MOST);
                if (ended) answer.event("end", "end", Map.of());
            });
        }
    }

    private void followAsText(Call<ServiceDeployment, Nothing> call, Context ctx) throws IOException {
        var from = Math.max(1, call.number(FROM));
        try (var _ = streams.take(call.caller())) {
            LiveAnswer.text(ctx, call::isStillAdmitted)
                    .run(answer -> log(call).follow(from, entry -> answer.write(entry.text() + "\n"), AT_MOST));
        }
    }

    private static long lastSeen(@Nullable String id) {
        return id == null ? 0 : Digits.number(id).orElse(0L);
    }

    private static EntryView view(DeploymentLog.Entry entry) {
        return new EntryView(entry.number(), entry.at(), entry.ours(), entry.text());
    }

    private DeploymentLog log(Call<ServiceDeployment, Nothing> call) {
        var deployment = call.resource().deployment();
        return deployment.finishedAt() == null ? logs.deployment(deployment.id()) : logs.ended(deployment.id());
    }
}
