package dev.signalbox.web;

import dev.signalbox.accounts.Permission;
import dev.signalbox.deploys.HealthCheck;
import dev.signalbox.deploys.Processes;
import dev.signalbox.deploys.Processes.Line;
import dev.signalbox.projects.Workload;
import dev.signalbox.web.Draft.Nothing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The processes of a service in an environment: how many of each, how much they may use, how they are looked at. */
final class ProcessesApi {
    private final Resources resources;
    private final Features features;
    private final Processes processes;

    ProcessesApi(Resources resources, Features features) {
        this.resources = resources;
        this.features = features;
        this.processes = features.deploys().processes();
    }

    List<Operation<?, ?, ?>> operations() {
        var workload = resources.workload();
        return List.of(
                workload.get("/processes", "processes.list", "The processes, as they are set and as they run.")
                        .needs(Permission.READ_DEPLOYMENTS)
                        .answers(200, ProcessList.class, this::list),
                workload.patch(
                                "/processes/{process}",
                                "processes.change",
                                "Sets replicas, limits and health of a process, and deploys what serves with it.")
                        .needs(Permission.DEPLOY)
                        .takes(ProcessFields.WantedProcess.class)
                        .answers(202, ChangedProcess.class, this::change));
    }

    record ProcessList(List<ProcessView> processes) {}

    /**
     * One process.
     *
     * @param cpuMillis 1000 is one core; null is no limit
     * @param runningReplicas of the release that serves; null where none does
     * @param asSet whether it runs as it is set
     */
    record ProcessView(
            String name,
            @Nullable String command,
            int replicas,
            int memoryMegabytes,
            @Nullable Integer cpuMillis,
            boolean sticky,
            HealthView health,
            @Nullable Integer runningReplicas,
            boolean asSet) {}

    /** How a process is looked at; what is null is as it is for everybody. */
    record HealthView(
            String kind,
            String path,
            @Nullable Integer status,
            @Nullable String host,
            @Nullable Integer startSeconds,
            @Nullable Integer everySeconds,
            @Nullable Integer timeoutSeconds,
            @Nullable Integer tries) {
        private static final HealthView USUAL =
                new HealthView("usual", HealthCheck.ROOT, null, null, null, null, null, null);

        static HealthView of(@Nullable HealthCheck check) {
            if (check == null) return USUAL;
            return new HealthView(
                    check.kind().word(),
                    check.path(),
                    check.status(),
                    check.host(),
                    check.startSeconds(),
                    check.everySeconds(),
                    check.timeoutSeconds(),
                    check.tries());
        }
    }

    /** @param deployment the address of what brings it; null where nothing has to */
    record ChangedProcess(ProcessView process, @Nullable String deployment) {}

    private ProcessList list(Call<Workload, Nothing> call) {
        return new ProcessList(
                processes.list(call.resource()).stream().map(ProcessesApi::view).toList());
    }

    private ChangedProcess change(Call<Workload, ProcessFields.WantedProcess> call) {
        var workload = call.resource();
        var line = processes
                .find(workload, call.name("process"))
                .orElseThrow(() -> new Refusal(Problem.NOT_FOUND.about("process")));
        var wanted = ProcessFields.read(line, call.body(), ProcessFields.Capacity.of(features));
        call.note(line.name() + " " + wanted.replicas() + " \u00d7 " + wanted.memoryMegabytes() + " MB");
        var outcome = processes.set(workload, line, wanted, call.caller().actor());
        ProcessProblems.require(outcome);
        var deployment = outcome instanceof Processes.Outcome.Deploying(var queued)
                ? Links.deployment(workload.project(), workload.service(), queued.number())
                : null;
        return new ChangedProcess(view(processes.find(workload, line.name()).orElse(line)), deployment);
    }

    private static ProcessView view(Line line) {
        var set = line.set();
        return new ProcessView(
                line.name(),
                line.command(),
                set.replicas(),
                set.memoryMegabytes(),
                set.cpuMillis(),
                set.sticky(),
                HealthView.of(set.health()),
                line.running() == null ? null : line.running().replicas(),
                line.isAsSet());
    }
}
