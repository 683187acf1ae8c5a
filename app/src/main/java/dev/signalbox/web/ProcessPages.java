package dev.signalbox.web;

import dev.signalbox.accounts.Permission;
import dev.signalbox.deploys.HealthCheck;
import dev.signalbox.deploys.ProcessSetting;
import dev.signalbox.deploys.Processes;
import dev.signalbox.deploys.Processes.Line;
import dev.signalbox.deploys.Processes.Outcome;
import dev.signalbox.projects.Workload;
import dev.signalbox.web.Draft.Nothing;
import dev.signalbox.web.Places.ServiceTab;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Setting one process: its replicas, what it may use, how it is looked at. */
final class ProcessPages {
    static final String PROCESSES = "/settings/processes/";

    private final Resources resources;
    private final Features features;
    private final Processes processes;
    private final Places places;

    ProcessPages(Resources resources, Features features, Places places) {
        this.resources = resources;
        this.features = features;
        this.processes = features.deploys().processes();
        this.places = places;
    }

    List<PageRoute<?, ?>> routes() {
        var workload = resources.workload().at(Paths.WORKLOAD);
        return List.of(
                workload.get(PROCESSES + "{process}", "processes.edit", "A form for the settings of a process.")
                        .needs(Permission.DEPLOY)
                        .page(this::edit),
                workload.post(
                                PROCESSES + "{process}",
                                "processes.change",
                                "Sets a process and deploys what serves with it.")
                        .needs(Permission.DEPLOY)
                        .takes(ProcessForm.class)
                        .page(this::change));
    }

    /** What is typed; what is empty is as it is for everybody. */
    record ProcessForm(
            String replicas,
            String memory,
            String cpu,
            String sticky,
            String kind,
            String path,
            String status,
            String host,
            String start,
            String every,
            String timeout,
            String tries) {
        static ProcessForm of(ProcessSetting set) {
            var check = set.health();
            return new ProcessForm(
                    Integer.toString(set.replicas()),
                    Integer.toString(set.memoryMegabytes()),
                    text(set.cpuMillis()),
                    set.sticky() ? "on" : "",
                    check == null ? "usual" : check.kind().word(),
                    check == null ? HealthCheck.ROOT : check.path(),
                    check == null ? "" : text(check.status()),
                    check == null ? "" : Objects.requireNonNullElse(check.host(), ""),
                    check == null ? "" : text(check.startSeconds()),
                    check == null ? "" : text(check.everySeconds()),
                    check == null ? "" : text(check.timeoutSeconds()),
                    check == null ? "" : text(check.tries()));
        }

        private static String text(@Nullable Integer number) {
            return number == null ? "" : number.toString();
        }

        /** @throws Refusal when something is no number */
        ProcessFields.WantedProcess read(boolean isPreparation) {
            return new ProcessFields.WantedProcess(
                    isPreparation ? null : required(replicas, "replicas"),
                    required(memory, "memory_megabytes"),
                    Objects.requireNonNullElse(number(cpu, "cpu_millis"), 0),
                    sticky.equals("on"),
                    isPreparation ? null : health());
        }

        private ProcessFields.WantedHealth health() {
            return new ProcessFields.WantedHealth(
                    kind,
                    path.isBlank() ? null : path.strip(),
                    number(status, "health.status"),
                    host.isBlank() ? null : host.strip(),
                    number(start, "health.start_seconds"),
                    number(every, "health.every_seconds"),
                    number(timeout, "health.timeout_seconds"),
                    number(tries, "health.tries"));
        }

        private static int required(String text, String field) {
            var number = number(text, field);
            if (number == null) throw new Refusal(Problem.invalid("required", field, "Type a number."));
            return number;
        }

        private static @Nullable Integer number(String text, String field) {
            var typed = text.strip();
            if (typed.isEmpty()) return null;
            if (!typed.matches("-?[0-9]{1,9}")) {
                throw new Refusal(Problem.invalid("type_invalid", field, "Type a whole number."));
            }
            return Integer.valueOf(typed);
        }
    }

    /**
     * The form.
     *
     * @param field what the problem is about
     * @param effect what saving does
     */
    record ProcessPage(
            String path,
            String back,
            String name,
            String where,
            @Nullable String command,
            boolean isRouted,
            boolean isPreparation,
            ProcessForm form,
            String field,
            @Nullable String problem,
            String effect) {
        private static final Set<String> WITHOUT_ROOM = Set.of("", "sticky", "health.kind");

        /** Whether the problem is said above the form, since there is no room for it beside its field. */
        public boolean isElsewhere() {
            return problem != null && WITHOUT_ROOM.contains(field);
        }

        /** The problem, where it is about this field. */
        public @Nullable String problemOf(String other) {
            return field.equals(other) ? problem : null;
        }
    }

    private Reply edit(PageCall<Workload, Nothing> call) {
        var line = line(call);
        return page(call.resource(), line, ProcessForm.of(line.set()), null);
    }

    private Reply.View page(Workload workload, Line line, ProcessForm form, @Nullable Problem problem) {
        var settings = Paths.workload(workload) + "/settings";
        var page = new ProcessPage(
                Paths.workload(workload) + PROCESSES + line.name(),
                settings,
                line.name(),
                workload.inEnvironment(),
                line.command(),
                line.isRouted(),
                line.isPreparation(),
                form,
                problem == null || problem.field() == null ? "" : problem.field(),
                problem == null ? null : problem.message(),
                line.running() == null
                        ? "It goes live with the next deployment."
                        : "What serves is deployed with it at once, without a build and without a gap.");
        return Reply.view("process", page, places.service(workload, ServiceTab.SETTINGS));
    }

    private Reply change(PageCall<Workload, ProcessForm> call) {
        var workload = call.resource();
        var line = line(call);
        try {
            var wanted = ProcessFields.read(
                    line, call.form().read(line.isPreparation()), ProcessFields.Capacity.of(features));
            call.note(line.name() + " " + wanted.replicas() + " \u00d7 " + wanted.memoryMegabytes() + " MB");
            var outcome = processes.set(workload, line, wanted, call.caller().actor());
            ProcessProblems.require(outcome);
            return done(workload, line, outcome);
        } catch (Refusal e) {
            return page(workload, line, call.form(), e.problem())
                    .status(e.problem().status());
        }
    }

    private static Reply done(Workload workload, Line line, Outcome outcome) {
        var settings = Paths.workload(workload) + "/settings#processes";
        return switch (outcome) {
            case Outcome.Deploying(var deployment) ->
                new Reply.Go(
                        Paths.deployment(workload, deployment.number()),
                        line.name() + " is set. #" + deployment.number() + " brings it.");
            case Outcome.Unchanged _ -> new Reply.Go(settings, line.name() + " was that already.");
            default -> new Reply.Go(settings, line.name() + " is set. It goes live with the next deployment.");
        };
    }

    private Line line(PageCall<Workload, ?> call) {
        return processes.find(call.resource(), call.name("process")).orElseThrow(() -> new Refusal(Problem.NOT_FOUND));
    }
}
