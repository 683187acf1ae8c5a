package dev.signalbox.builds;

import dev.signalbox.db.Db;
import dev.signalbox.engine.BuildFailed;
import dev.signalbox.engine.BuildRequest;
import dev.signalbox.engine.Engine;
import dev.signalbox.engine.Image;
import dev.signalbox.engine.ImageId;
import dev.signalbox.space.BuildRoom;
import dev.signalbox.space.NoRoom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From source trees to images. */
public final class Builds {
    private static final Logger log = LoggerFactory.getLogger(Builds.class);
    /** Makes every cache mount the service's own, also one that has no name but its path. */
    private static final String CACHE_NAMESPACE = "BUILDKIT_CACHE_MOUNT_NS";

    private final Engine engine;
    private final Db db;
    private final Clock clock;
    private final Semaphore seats;
    private final int atOnce;
    private final BuildRoom room;

    /** @param atOnce how many builds may run beside each other */
    public Builds(Engine engine, Db db, Clock clock, int atOnce, BuildRoom room) {
        this.engine = engine;
        this.db = db;
        this.clock = clock;
        this.seats = new Semaphore(atOnce, true);
        this.atOnce = atOnce;
        this.room = room;
    }

    /** Loads what a first build would else wait for; to be called where there is time for it. */
    public void warmUp() {
        PackageJson.parse(PackageJson.NAME, "{}");
        var recipe = new StaticRecipe("", "none", List.of());
        DockerfileTemplates.render(recipe, Optional.empty(), new Caches("none"));
    }

    /**
     * Says what would be built.
     *
     * @throws BuildRefused when the tree cannot be built as it is
     */
    public BuildPlan plan(String serviceId, SourceTree tree) {
        return Planner.plan(serviceId, new SourceFiles(tree));
    }

    /**
     * Builds the tree, or finds the image that the same tree gave before. An interrupt cancels the build.
     *
     * @throws BuildRefused when the tree cannot be built as it is
     * @throws BuildBroken when a step of the build fails
     * @throws dev.signalbox.engine.EngineException when the engine does not do its part
     */
    public BuiltImage build(BuildOrder order, BuildOutput output) throws InterruptedException {
        var files = new SourceFiles(order.tree());
        var plan = Planner.plan(order.serviceId(), files);
        var context = new ContextArchive(files, plan);
        plan.seen().forEach(output::note);
        context.notes().forEach(output::note);

        var fingerprint = Fingerprint.of(order.tree(), plan, engine);
        var earlier = find(order, fingerprint, output);
        if (earlier.isPresent()) return earlier.get();
        var end = System.nanoTime() + room.patience().toNanos();
        takeSeat(output);
        try {
            // The build that was waited for may have been of the same files.
            var meanwhile = find(order, fingerprint, output);
            if (meanwhile.isPresent()) return meanwhile.get();
            try (var _ = enter(order.serviceId(), Duration.ofNanos(end - System.nanoTime()), output)) {
                return run(order, plan, context, fingerprint, output);
            }
        } finally {
            seats.release();
        }
    }

    /** Whoever waits for room keeps their seat: those behind them would find none either. */
    private BuildRoom.Stay enter(String serviceId, Duration atMost, BuildOutput output) throws InterruptedException {
        try {
            var stay = room.enter(serviceId, atMost, output::waiting);
            output.waiting("");
            return stay;
        } catch (NoRoom e) {
            throw new BuildRefused(String.valueOf(e.getMessage()));
        }
    }

    /** How many builds run at this moment, and how many wait for one of them to end. */
    public Busy busy() {
        return new Busy(atOnce - seats.availablePermits(), seats.getQueueLength());
    }

    public record Busy(int running, int waiting) {}

    /** What an image of this service was built from. */
    public Optional<String> dockerfile(String serviceId, ImageId image) {
        return db.read(sql -> BuildStore.dockerfile(sql, serviceId, image));
    }

    private Optional<BuiltImage> find(BuildOrder order, Fingerprint fingerprint, BuildOutput output) {
        if (order.withoutCache()) return Optional.empty();
        var found = db.read(sql -> BuildStore.find(sql, order.serviceId(), fingerprint))
                .filter(image -> engine.findImage(image.id().value()).isPresent());
        found.ifPresent(image -> output.note("These files were built before: that image is used"));
        return found;
    }

    private void takeSeat(BuildOutput output) throws InterruptedException {
        if (seats.tryAcquire()) return;
        output.waiting("for another build to end");
        if (!seats.tryAcquire(room.patience().toMillis(), TimeUnit.MILLISECONDS)) {
            throw new BuildRefused(
                    "Other builds have been running for %d minutes, so this one was given up. Deploy again later."
                            .formatted(room.patience().toMinutes()));
        }
    }

    private BuiltImage run(
            BuildOrder order, BuildPlan plan, ContextArchive context, Fingerprint fingerprint, BuildOutput output)
            throws InterruptedException {
        log.info("Building service={} image={} language={}", order.serviceId(), order.imageName(), plan.language());
        var narrator = new BuildNarrator(plan, output);
        var request = new BuildRequest(
                order.imageName(),
                plan.dockerfilePath(),
                null,
                Map.of(CACHE_NAMESPACE, order.serviceId()),
                order.labels(),
                order.withoutCache(),
                order.limit());
        try {
            var id = engine.build(request, context, narrator);
            var image = new BuiltImage(
                    id, plan.profile(), plan.processes(), exposedPort(plan, id.value()), plan.dockerfile(), false);
            db.change(sql -> BuildStore.put(sql, order.serviceId(), fingerprint, image, clock.instant()));
            log.info("Built service={} image={} id={}", order.serviceId(), order.imageName(), id);
            return image;
        } catch (BuildFailed e) {
            throw narrator.explain(e);
        }
    }

    /** Only a person's own Dockerfile has a say; what our bases expose is our affair. */
    private @Nullable Integer exposedPort(BuildPlan plan, String id) {
        if (!plan.hasOwnDockerfile()) return null;
        var ports = engine.findImage(id).map(Image::exposedPorts).orElse(List.of());
        return ports.size() == 1 ? ports.getFirst() : null;
    }
}
