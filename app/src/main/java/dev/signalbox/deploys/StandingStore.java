package dev.signalbox.deploys;

import static dev.signalbox.db.schema.tables.Deployments.DEPLOYMENTS;
import static dev.signalbox.db.schema.tables.Releases.RELEASES;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;

import dev.signalbox.projects.Workload;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.DSLContext;

/** Reads how many workloads stand at once, for pages that show them all. */
final class StandingStore {
    private StandingStore() {}

    /** By the id of the workload; every one has its standing. */
    static Map<String, Standing> standings(DSLContext sql, Collection<Workload> workloads) {
        var serving = byWorkload(DeploymentStore.where(sql, DEPLOYMENTS.ID.in(servingIds(workloads))));
        var newest = byWorkload(newest(sql, ids(workloads)));
        var routed = routed(sql, servingIds(workloads));
        var standings = new HashMap<String, Standing>();
        for (var id : ids(workloads)) {
            var serves = serving.get(id);
            standings.put(id, new Standing(serves, newest.get(id), serves != null && routed.contains(serves.id())));
        }
        return standings;
    }

    /** The newest of all of them, newest first. */
    static List<Deployment> recent(DSLContext sql, Collection<Workload> workloads, int limit) {
        var newest = select(DEPLOYMENTS.ID)
                .from(DEPLOYMENTS)
                .where(DEPLOYMENTS.WORKLOAD_ID.in(ids(workloads)))
                .orderBy(DEPLOYMENTS.QUEUED_AT.desc(), DEPLOYMENTS.NUMBER.desc())
                .limit(limit);
        return DeploymentStore.where(sql, DEPLOYMENTS.ID.in(newest)).reversed();
    }

    private static List<Deployment> newest(DSLContext sql, List<String> workloadIds) {
        var numbers = select(DEPLOYMENTS.WORKLOAD_ID, max(DEPLOYMENTS.NUMBER))
                .from(DEPLOYMENTS)
                .where(DEPLOYMENTS.WORKLOAD_ID.in(workloadIds))
                .groupBy(DEPLOYMENTS.WORKLOAD_ID);
        return DeploymentStore.where(
                sql, row(DEPLOYMENTS.WORKLOAD_ID, DEPLOYMENTS.NUMBER).in(numbers));
    }

    /** Which of these deployments run a release that takes requests. */
    private static Set<String> routed(DSLContext sql, List<String> deploymentIds) {
        return sql
                .select(DEPLOYMENTS.ID, RELEASES.PROCESSES)
                .from(DEPLOYMENTS)
                .join(RELEASES)
                .on(RELEASES.ID.eq(DEPLOYMENTS.RELEASE_ID))
                .where(DEPLOYMENTS.ID.in(deploymentIds))
                .fetch()
                .stream()
                .filter(found -> FrozenJson.read(found.value2()).stream()
                        .anyMatch(process -> process.isRouted() && process.replicas() > 0))
                .map(found -> found.value1())
                .collect(Collectors.toSet());
    }

    private static Map<String, Deployment> byWorkload(List<Deployment> deployments) {
        return deployments.stream().collect(Collectors.toMap(Deployment::workloadId, deployment -> deployment));
    }

    private static List<String> ids(Collection<Workload> workloads) {
        return workloads.stream().map(Workload::id).toList();
    }

    private static List<String> servingIds(Collection<Workload> workloads) {
        return workloads.stream()
                .map(Workload::deploymentId)
                .filter(Objects::nonNull)
                .toList();
    }
}
