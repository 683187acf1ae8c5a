package dev.signalbox.space;

import dev.signalbox.db.Db;
import dev.signalbox.engine.Engine;
import dev.signalbox.engine.StorageUse;
import dev.signalbox.engine.StorageUse.OfImage;
import dev.signalbox.logs.Logs;
import dev.signalbox.projects.Projects;
import dev.signalbox.projects.Workload;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds out what takes up the disk, and for which service. */
final class Surveyor {
    /** How containers and volumes say whose they are. */
    private static final String WORKLOAD = "dev.signalbox.workload";

    private final Db db;
    private final Engine engine;
    private final Projects projects;
    private final Logs logs;
    private final InstantSource clock;

    Surveyor(Db db, Engine engine, Projects projects, Logs logs, InstantSource clock) {
        this.db = db;
        this.engine = engine;
        this.projects = projects;
        this.logs = logs;
        this.clock = clock;
    }

    /** Takes many seconds where there is much. */
    Survey survey(long cacheLimit) {
        var found = engine.storage();
        var workloads = projects.workloads();
        var services = workloads.stream()
                .collect(Collectors.toMap(
                        Workload::id, workload -> workload.service().id()));
        var shares = new HashMap<String, Share>();
        ofImages(found.images()).forEach((service, share) -> add(shares, share));
        for (var piece : found.cache()) {
            service(piece, services.values()).ifPresent(service -> add(shares, ofCache(service, piece.size())));
        }
        for (var container : found.containers()) {
            var service = services.get(container.labels().get(WORKLOAD));
            if (service != null) add(shares, new Share(service, 0, 0, 0, container.written(), 0, 0));
        }
        for (var volume : found.volumes()) {
            var service = services.get(volume.labels().get(WORKLOAD));
            if (service != null) add(shares, new Share(service, 0, 0, 0, 0, volume.size(), 0));
        }
        for (var workload : workloads) {
            add(shares, new Share(workload.service().id(), 0, 0, 0, 0, 0, logs.size(workload.id())));
        }
        return new Survey(clock.instant(), found.layers(), found.cacheSize(), cacheLimit, shares);
    }

    private static void add(Map<String, Share> shares, Share share) {
        shares.merge(share.serviceId(), share, Share::and);
    }

    private static Share ofCache(String service, long size) {
        return new Share(service, 0, 0, size, 0, 0, 0);
    }

    /** Newer engines name the mount, and ours begin with the service they are for. */
    private static Optional<String> service(StorageUse.OfCache piece, Iterable<String> services) {
        for (var service : services) {
            if (piece.description().contains(service)) return Optional.of(service);
        }
        return Optional.empty();
    }

    /** What releases of one service have in common counts once: it is in the largest of them. */
    private Map<String, Share> ofImages(List<OfImage> images) {
        var owners = db.read(ImageStore::services);
        var shares = new HashMap<String, Share>();
        images.stream()
                .filter(image -> owners.containsKey(image.id()))
                .collect(Collectors.groupingBy(image -> owners.get(image.id())))
                .forEach((service, own) -> {
                    long largest = own.stream().mapToLong(OfImage::size).max().orElse(0);
                    long beside = own.stream()
                            .mapToLong(image -> image.size() - image.shared())
                            .sum();
                    long besideOfLargest = own.stream()
                            .filter(image -> image.size() == largest)
                            .mapToLong(image -> image.size() - image.shared())
                            .findFirst()
                            .orElse(0);
                    shares.put(service, new Share(service, own.size(), largest + beside - besideOfLargest, 0, 0, 0, 0));
                });
        return shares;
    }
}
