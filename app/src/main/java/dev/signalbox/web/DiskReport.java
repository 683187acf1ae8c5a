package dev.signalbox.web;

import dev.signalbox.accounts.TeamScope;
import dev.signalbox.projects.Projects;
import dev.signalbox.projects.Service;
import dev.signalbox.space.Disk;
import dev.signalbox.space.Level;
import dev.signalbox.space.Share;
import dev.signalbox.space.Space;
import dev.signalbox.space.Survey;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the page and the API say of the disks, for one team: its own services by name, and those of all others as one.
 *
 * @param survey null until somebody has looked
 * @param others what services of other teams take up together
 */
record DiskReport(
        Level level,
        Level.Bounds bounds,
        List<Reading> disks,
        @Nullable Survey survey,
        List<Owned> services,
        Share others) {
    DiskReport {
        disks = List.copyOf(disks);
        services = List.copyOf(services);
    }

    /** A disk, and in how many days it is full. */
    record Reading(Disk disk, OptionalLong days) {}

    record Owned(String project, String service, String path, Share share) {}

    /** The largest first. Whoever asks waits so long for a fresh look at most. */
    static DiskReport of(TeamScope team, Space space, Projects projects, Duration patience) {
        var readings = space.disks().stream()
                .map(disk -> new Reading(disk, space.daysUntilFull(disk)))
                .toList();
        var survey = space.survey(patience).orElse(null);
        Map<String, Share> shares = survey == null ? Map.of() : survey.shares();
        var owned = new LinkedHashMap<Service, Owned>();
        for (var workload : projects.workloads(team)) {
            var share = shares.get(workload.service().id());
            if (share == null || share.total() == 0) continue;
            owned.putIfAbsent(
                    workload.service(),
                    new Owned(
                            workload.project().name().value(),
                            workload.service().name().value(),
                            Paths.workload(workload),
                            share));
        }
        var own = owned.keySet().stream().map(Service::id).toList();
        var others = shares.values().stream()
                .filter(share -> !own.contains(share.serviceId()))
                .reduce(Share.NOTHING, Share::and);
        return new DiskReport(
                space.bounds().of(space.disks()),
                space.bounds(),
                readings,
                survey,
                owned.values().stream()
                        .sorted(Comparator.comparingLong(
                                        (Owned service) -> service.share().total())
                                .reversed())
                        .toList(),
                others);
    }

    Reading fullest() {
        return disks.stream()
                .max(Comparator.comparingInt(reading -> reading.disk().percent()))
                .orElseThrow();
    }
}
