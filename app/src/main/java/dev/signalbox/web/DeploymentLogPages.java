package dev.signalbox.web;

import dev.signalbox.accounts.Permission;
import dev.signalbox.deploys.Deployment;
import dev.signalbox.logs.Logs;
import dev.signalbox.web.Draft.Nothing;
import dev.signalbox.web.Resources.WorkloadDeployment;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The log of a deployment as a file. */
final class DeploymentLogPages {
    private static final int FLUSH = 32 << 10;

    private final Resources resources;
    private final Logs logs;

    DeploymentLogPages(Resources resources, Features features) {
        this.resources = resources;
        this.logs = features.logs();
    }

    List<PageRoute<?, ?>> routes() {
        return List.of(resources
                .workloadDeployment()
                .at(Paths.DEPLOYMENT)
                .get("/log.txt", "deployment.log", "The whole log of a deployment, to keep.")
                .needs(Permission.READ_LOGS)
                .page(this::download));
    }

    private Reply download(PageCall<WorkloadDeployment, Nothing> call) {
        var workload = call.resource().workload();
        var deployment = call.resource().deployment();
        var name = workload.service().name() + "-" + deployment.number() + ".log";
        return new Reply.Download("text/plain; charset=utf-8", name, answer -> write(deployment, answer));
    }

    private void write(Deployment deployment, LiveAnswer answer) throws IOException, InterruptedException {
        var text = new StringBuilder();
        logs.deployment(deployment.id())
                .follow(
                        1,
                        entry -> {
                            text.append(entry.at()).append(entry.ours() ? "  " : "| ");
                            text.append(TextPiece.plain(entry.text())).append('\n');
                            if (text.length() < FLUSH) return;
                            answer.write(text.toString());
                            text.setLength(0);
                        },
                        Duration.ZERO);
        answer.write(text.toString());
    }
}
