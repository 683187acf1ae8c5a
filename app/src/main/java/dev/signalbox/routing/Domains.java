package dev.signalbox.routing;

import dev.signalbox.db.Db;
import dev.signalbox.db.Ids;
import dev.signalbox.projects.Workload;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.exception.IntegrityConstraintViolationException;

/** The host names of workloads. The database lets no name belong to two. */
final class Domains {
    private static final int ATTEMPTS = 10;

    private final Db db;
    private final Clock clock;
    private final Ids ids;
    private final DefaultNames names;

    Domains(Db db, Clock clock, Ids ids, String baseDomain) {
        this.db = db;
        this.clock = clock;
        this.ids = ids;
        this.names = new DefaultNames(baseDomain);
    }

    /** All names of the workload; its default one is claimed if it has none under the present base domain. */
    List<HostName> of(Workload workload) {
        var rows = db.read(sql -> DomainStore.list(sql, workload.id()));
        if (rows.stream().noneMatch(this::isCurrentDefault)) {
            claimDefault(workload);
            rows = db.read(sql -> DomainStore.list(sql, workload.id()));
        }
        return rows.stream().map(DomainStore.Row::host).toList();
    }

    /** The names of all of these, by the id of the workload. */
    Map<String, List<HostName>> of(Collection<Workload> workloads) {
        var ids = workloads.stream().map(Workload::id).toList();
        var known = db.read(sql -> DomainStore.list(sql, ids));
        var names = new HashMap<String, List<HostName>>();
        for (var workload : workloads) {
            var rows = known.getOrDefault(workload.id(), List.of());
            var complete = rows.stream().anyMatch(this::isCurrentDefault);
            names.put(
                    workload.id(),
                    complete ? rows.stream().map(DomainStore.Row::host).toList() : of(workload));
        }
        return names;
    }

    /** The id of the workload whose name this is. */
    Optional<String> owner(HostName host) {
        return db.read(sql -> DomainStore.workloadId(sql, host));
    }

    private boolean isCurrentDefault(DomainStore.Row row) {
        return row.isDefault() && names.isUnderBaseDomain(row.host());
    }

    private void claimDefault(Workload workload) {
        var plain = names.plain(workload);
        if (plain.isPresent() && claimDefault(workload, plain.get())) return;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (claimDefault(workload, names.withSuffix(workload, ids.random(DefaultNames.SUFFIX)))) return;
        }
        throw new RoutingException("No free host name was found for " + workload.label() + ". Try again.");
    }

    private boolean claimDefault(Workload workload, HostName host) {
        try {
            db.change(sql -> {
                Optional<DomainStore.Row> known = DomainStore.list(sql, workload.id()).stream()
                        .filter(DomainStore.Row::isDefault)
                        .findFirst();
                if (known.filter(this::isCurrentDefault).isPresent()) return;
                known.ifPresent(outdated -> DomainStore.delete(sql, outdated.id()));
                DomainStore.insertDefault(sql, ids.next("dom"), workload.id(), host, clock.instant());
            });
            return true;
        } catch (IntegrityConstraintViolationException e) {
            // Somebody else has the name.
            return false;
        }
    }
}
