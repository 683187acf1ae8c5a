package dev.signalbox.deploys;

import dev.signalbox.builds.BuildOrder;
import dev.signalbox.builds.Builds;
import dev.signalbox.builds.BuiltImage;
import dev.signalbox.deploys.Release.ProcessType;
import dev.signalbox.engine.Engine;
import dev.signalbox.engine.ImageId;
import dev.signalbox.engine.Profile;
import dev.signalbox.projects.Variables;
import dev.signalbox.projects.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns a commit, or an earlier release with the settings of now, into a release of its own. */
final class ReleaseMaker {
    private static final int DEFAULT_PORT = 8080;

    private final Engine engine;
    private final Builds builds;
    private final Sources sources;
    private final Variables variables;
    private final Ledger ledger;
    private final Retention retention;
    private final DeploySettings settings;

    ReleaseMaker(
            Engine engine,
            Builds builds,
            Sources sources,
            Variables variables,
            Ledger ledger,
            Retention retention,
            DeploySettings settings) {
        this.engine = engine;
        this.builds = builds;
        this.sources = sources;
        this.variables = variables;
        this.ledger = ledger;
        this.retention = retention;
        this.settings = settings;
    }

    /** The release that the deployment runs; builds one when it has none yet. */
    Release make(Job job) throws InterruptedException {
        var present = ledger.releaseOf(job.deployment());
        if (present.isEmpty()) return retention.whileChoosing(() -> build(job));
        var release = present.get();
        if (isGone(release)) return retention.whileChoosing(() -> rebuild(job, release));
        if (isReady(job.deployment(), release)) return release;
        return job.deployment().cause() == Cause.SCALE ? scale(job, release) : renew(job, release);
    }

    private boolean isGone(Release release) {
        return engine.findImage(release.image().value()).isEmpty();
    }

    /** Somebody removed the image past us, or it was cleaned up; a release that runs must have one. */
    private Release rebuild(Job job, Release gone) throws InterruptedException {
        if (gone.commit() == null) throw new StepFailed("The image of release #" + gone.number() + " is gone.");
        job.log()
                .line("Build    The image of release #" + gone.number()
                        + " is not on this machine any more, so its commit is built again");
        var image = image(job, gone.commit());
        var scales = job.deployment().cause() == Cause.SCALE;
        if (!scales && !isReady(job.deployment(), gone)) {
            return freeze(job, image.id(), image.profile(), image.exposedPort(), declared(image));
        }
        var processes = scales ? processes(job.workload(), declared(gone)) : gone.processes();
        return ledger.freeze(
                job.deployment(), image.id(), image.profile(), gone.port(), processes, ledger.variables(gone));
    }

    private static List<Declared> declared(BuiltImage image) {
        return image.processes().stream()
                .map(process -> new Declared(process.name(), process.command()))
                .toList();
    }

    /** A roll back runs the old release as it was; what this deployment froze before a restart is kept. */
    private static boolean isReady(Deployment deployment, Release release) {
        return deployment.cause() == Cause.ROLLBACK || release.number() == deployment.number();
    }

    private Release renew(Job job, Release old) {
        return freeze(job, old.image(), old.profile(), exposedPort(old.image(), old.profile()), declared(old));
    }

    /** What serves by now, as it is, but for its processes: variables that are not live yet stay so. */
    private Release scale(Job job, Release asked) {
        var base = ledger.servingOf(job.workload()).flatMap(ledger::releaseOf).orElse(asked);
        var deployment = base.equals(asked) ? job.deployment() : ledger.rebase(job.deployment(), base);
        return ledger.freeze(
                deployment,
                base.image(),
                base.profile(),
                base.port(),
                processes(job.workload(), declared(base)),
                ledger.variables(base));
    }

    private static List<Declared> declared(Release release) {
        return release.processes().stream()
                .map(process -> new Declared(process.name(), process.command()))
                .toList();
    }

    private @Nullable Integer exposedPort(ImageId image, Profile profile) {
        if (profile == Profile.RECIPE) return null;
        var ports = engine.findImage(image.value())
                .orElseThrow(
                        () -> new StepFailed("The image of this release is gone. Push its commit again to build it."))
                .exposedPorts();
        return ports.size() == 1 ? ports.getFirst() : null;
    }

    private Release build(Job job) throws InterruptedException {
        var commit = Objects.requireNonNull(job.deployment().commit());
        sources.refusal(job.deployment()).ifPresent(sentence -> {
            throw new StepFailed(sentence);
        });
        job.log().line("Build");
        var image = image(job, commit);
        return freeze(job, image.id(), image.profile(), image.exposedPort(), declared(image));
    }

    private BuiltImage image(Job job, String commit) throws InterruptedException {
        try (var tree = sources.tree(job.deployment().serviceId(), commit)) {
            var order = new BuildOrder(
                    job.deployment().serviceId(), imageName(job), tree, Map.of(), false, settings.buildLimit());
            var printer = new BuildPrinter(job.log(), why -> ledger.note(job.deployment(), why));
            return builds.build(order, printer);
        }
    }

    /** Two releases of one service never share a name, so that none loses its image when another is made. */
    private String imageName(Job job) {
        return Retention.imageNames(settings.instance())
                + job.deployment().serviceId().replace('_', '-') + ":"
                + job.deployment().number();
    }

    private Release freeze(
            Job job, ImageId image, Profile profile, @Nullable Integer exposedPort, List<Declared> declared) {
        var values = new TreeMap<String, String>();
        variables.all(job.workload()).forEach((name, value) -> values.put(name, value.reveal()));
        var asked = values.get("PORT");
        var port = asked != null ? Integer.parseInt(asked) : Objects.requireNonNullElse(exposedPort, DEFAULT_PORT);
        var processes = processes(job.workload(), declared);
        return ledger.freeze(job.deployment(), image, profile, port, processes, values);
    }

    private List<ProcessType> processes(Workload workload, List<Declared> declared) {
        var settingsNow = ledger.processSettings(workload);
        var processes = new ArrayList<ProcessType>();
        for (var process : declared) {
            var setting = settingsNow.getOrDefault(process.name(), ProcessSetting.USUAL);
            processes.add(new ProcessType(
                    process.name(),
                    setting.command() != null ? setting.command() : process.command(),
                    setting.replicas(),
                    setting.memoryMegabytes(),
                    setting.cpuMillis(),
                    setting.health(),
                    setting.sticky()));
        }
        return processes;
    }

    private record Declared(String name, @Nullable String command) {}
}
