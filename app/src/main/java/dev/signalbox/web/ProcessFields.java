package dev.signalbox.web;

import dev.signalbox.deploys.HealthCheck;
import dev.signalbox.deploys.ProcessSetting;
import dev.signalbox.deploys.Processes.Line;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What somebody wants of a process, and what of it cannot be, in the panel as in the API. */
final class ProcessFields {
    private ProcessFields() {}

    /**
     * What is to be set. What is null stays as it is.
     *
     * @param cpuMillis 1000 is one core, 0 is no limit
     */
    record WantedProcess(
            @Nullable Integer replicas,
            @Nullable Integer memoryMegabytes,
            @Nullable Integer cpuMillis,
            @Nullable Boolean sticky,
            @Nullable WantedHealth health) {}

    /**
     * How the process is to be looked at, as a whole. What is null is as it is for everybody.
     *
     * @param kind http, tcp, up, or usual for all that goes without saying
     */
    record WantedHealth(
            @Nullable String kind,
            @Nullable String path,
            @Nullable Integer status,
            @Nullable String host,
            @Nullable Integer startSeconds,
            @Nullable Integer everySeconds,
            @Nullable Integer timeoutSeconds,
            @Nullable Integer tries) {}

    /**
     * What this machine has at all.
     *
     * @param cpuMillis 1000 for each core
     */
    record Capacity(long memoryMegabytes, int cpuMillis) {
        static Capacity of(Features features) {
            return features.machine()
                    .get()
                    .map(load -> new Capacity(load.memoryTotal() >> 20, load.cores() * 1000))
                    .orElseGet(() -> new Capacity(ProcessSetting.MOST_MEMORY, ProcessSetting.MOST_CPU));
        }
    }

    /** @throws Refusal when it cannot be */
    static ProcessSetting read(Line line, WantedProcess changed, Capacity capacity) {
        var before = line.set();
        var replicas = or(changed.replicas(), before.replicas());
        if (line.isPreparation() && replicas != before.replicas()) {
            throw refusal("replicas_invalid", "replicas", "It runs once before each release; it has no replicas.");
        }
        require(replicas, 0, ProcessSetting.MOST_REPLICAS, "replicas", "replicas");
        var memory = or(changed.memoryMegabytes(), before.memoryMegabytes());
        require(memory, ProcessSetting.LEAST_MEMORY, ProcessSetting.MOST_MEMORY, "memory", "memory_megabytes");
        requireThatItFits(replicas, memory, capacity);
        var sticky = changed.sticky() == null ? before.sticky() : changed.sticky();
        if (sticky && !line.isRouted()) {
            throw refusal("sticky_invalid", "sticky", "Nobody asks this process; only web has visitors to keep.");
        }
        return new ProcessSetting(
                before.command(),
                replicas,
                memory,
                cpu(changed.cpuMillis(), before.cpuMillis(), capacity),
                changed.health() == null ? before.health() : health(changed.health()),
                sticky);
    }

    /** More than that would let one service have the machine's memory, and the kernel choose who ends. */
    private static void requireThatItFits(int replicas, int memory, Capacity capacity) {
        var sum = (long) replicas * memory;
        if (sum <= capacity.memoryMegabytes()) return;
        throw refusal(
                "memory_invalid",
                "memory_megabytes",
                String.format(
                        Locale.ROOT,
                        "That is %,d MB in all, and this machine has %,d MB. Nothing was changed.",
                        sum,
                        capacity.memoryMegabytes()));
    }

    private static @Nullable Integer cpu(@Nullable Integer wanted, @Nullable Integer before, Capacity capacity) {
        if (wanted == null) return before;
        if (wanted == 0) return null;
        if (wanted < ProcessSetting.LEAST_CPU || wanted > capacity.cpuMillis()) {
            throw refusal(
                    "cpu_invalid",
                    "cpu_millis",
                    "Use 0 for no limit, or " + ProcessSetting.LEAST_CPU + " to " + capacity.cpuMillis()
                            + "; 1000 is one core of this machine. Nothing was changed.");
        }
        return wanted;
    }

    private static @Nullable HealthCheck health(WantedHealth wanted) {
        var path = or(wanted.path(), HealthCheck.ROOT);
        if (!HealthCheck.isPath(path)) throw sick("path", HealthCheck.PATH_RULE);
        var host = wanted.host();
        if (host != null && !HealthCheck.isHost(host)) throw sick("host", HealthCheck.HOST_RULE);
        bound(wanted.status(), 100, 599, "status");
        bound(wanted.startSeconds(), 1, HealthCheck.LONGEST_START, "start_seconds");
        bound(wanted.everySeconds(), 1, HealthCheck.LONGEST_PAUSE, "every_seconds");
        bound(wanted.timeoutSeconds(), 1, HealthCheck.LONGEST_ANSWER, "timeout_seconds");
        bound(wanted.tries(), 1, HealthCheck.MOST_TRIES, "tries");
        if ("usual".equals(wanted.kind())) return null;
        return new HealthCheck(
                kind(wanted.kind()),
                path,
                wanted.status(),
                host,
                wanted.startSeconds(),
                wanted.everySeconds(),
                wanted.timeoutSeconds(),
                wanted.tries());
    }

    private static HealthCheck.Kind kind(@Nullable String word) {
        return Arrays.stream(HealthCheck.Kind.values())
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .orElseThrow(() -> sick("kind", "Use one of " + String.join(", ", kinds()) + "."));
    }

    static List<String> kinds() {
        return Arrays.stream(HealthCheck.Kind.values())
                .map(HealthCheck.Kind::word)
                .collect(Collectors.collectingAndThen(Collectors.toList(), words -> {
                    words.addFirst("usual");
                    return words;
                }));
    }

    private static void bound(@Nullable Integer number, int least, int most, String field) {
        if (number == null || (number >= least && number <= most)) return;
        throw sick(field, "Use " + least + " to " + most + ", or leave it out.");
    }

    private static void require(int number, int least, int most, String name, String field) {
        if (number >= least && number <= most) return;
        throw refusal(name + "_invalid", field, "Use " + least + " to " + most + ". Nothing was changed.");
    }

    private static <T> T or(@Nullable T wanted, T otherwise) {
        return wanted == null ? otherwise : wanted;
    }

    private static Refusal sick(String field, String message) {
        return refusal("healthcheck_invalid", "health." + field, message + " Nothing was changed.");
    }

    private static Refusal refusal(String code, String field, String message) {
        return new Refusal(Problem.invalid(code, field, message));
    }
}
