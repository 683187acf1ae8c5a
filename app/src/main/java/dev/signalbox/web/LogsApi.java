package dev.signalbox.web;

import dev.signalbox.accounts.Permission;
import dev.signalbox.logs.ContainerLine;
import dev.signalbox.logs.DeploymentLog;
import dev.signalbox.logs.Logs;
import dev.signalbox.projects.Workload;
import dev.signalbox.web.Draft.Nothing;
import dev.signalbox.web.Resources.ServiceDeployment;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What services print, and what is said while they are deployed. */
final class LogsApi {
    private static final Parameter.Whole TAIL =
            new Parameter.Whole("tail", "How many of the last lines.", 0, 5_000, 100);
    private static final String TEXT = "text/plain";
    /** Longer than any deployment may take. */
    private static final Duration AT_MOST = Duration.ofHours(2);

    private final Resources resources;
    private final Logs logs;

    LogsApi(Resources resources, Logs logs) {
        this.resources = resources;
        this.logs = logs;
    }

    List<Operation<?, ?, ?>> operations() {
        return List.of(
                resources
                        .workload()
                        .get("/logs", "logs.tail", "The last lines that the service printed, oldest first.")
                        .needs(Permission.READ_LOGS)
                        .with(TAIL)
                        .answers(200, ServiceLog.class, call -> new ServiceLog(lines(call)))
                        .orAs(TEXT, (call, ctx) -> ctx.result(text(lines(call)))),
                resources
                        .deployment()
                        .get(
                                "/log",
                                "deployments.log",
                                "What was said while it was deployed; as text/plain it is"
                                        + " followed until the deployment has ended.")
                        .needs(Permission.READ_LOGS)
                        .answers(
                                200,
                                DeploymentLogView.class,
                                call -> new DeploymentLogView(log(call).read().stream()
                                        .map(entry -> new EntryView(entry.at(), entry.ours(), entry.text()))
                                        .toList()))
                        .orAs(TEXT, (call, ctx) -> follow(log(call), ctx.outputStream())));
    }

    /** One line; {@code source} is the container that printed it, empty for our own. */
    record LineView(Instant at, String source, boolean error, String text) {}

    record ServiceLog(List<LineView> lines) {}

    /** One line of a deployment; {@code ours} when the appliance says it and not a build or a container. */
    record EntryView(Instant at, boolean ours, String text) {}

    record DeploymentLogView(List<EntryView> lines) {}

    private List<LineView> lines(Call<Workload, Nothing> call) {
        return logs.tail(call.resource().id(), call.number(TAIL)).stream()
                .map(LogsApi::view)
                .toList();
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

    private static void follow(DeploymentLog log, OutputStream out) throws IOException {
        try {
            log.follow(
                    0,
                    entry -> {
                        try {
                            out.write((entry.text() + "\n").getBytes(StandardCharsets.UTF_8));
                            out.flush();
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    },
                    AT_MOST);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private DeploymentLog log(Call<ServiceDeployment, Nothing> call) {
        return logs.deployment(call.resource().deployment().id());
    }
}
