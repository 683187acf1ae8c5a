package dev.signalbox.projects;

import static dev.signalbox.db.schema.tables.Environments.ENVIRONMENTS;
import static dev.signalbox.db.schema.tables.Projects.PROJECTS;
import static dev.signalbox.db.schema.tables.Services.SERVICES;
import static dev.signalbox.db.schema.tables.Workloads.WORKLOADS;

import dev.signalbox.accounts.TeamScope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.impl.DSL;

/** Rows of services in environments. */
final class WorkloadStore {
    private WorkloadStore() {}

    static void insert(DSLContext sql, String id, Service service, Environment environment, Instant now) {
        sql.insertInto(WORKLOADS)
                .set(WORKLOADS.ID, id)
                .set(WORKLOADS.SERVICE_ID, service.id())
                .set(WORKLOADS.ENVIRONMENT_ID, environment.id())
                .set(WORKLOADS.CREATED_AT, now)
                .execute();
    }

    static Optional<Workload> find(DSLContext sql, Service service, Environment environment) {
        return where(sql, WORKLOADS.SERVICE_ID.eq(service.id()).and(WORKLOADS.ENVIRONMENT_ID.eq(environment.id())))
                .fetchOptional(WorkloadStore::workload);
    }

    static Optional<Workload> findById(DSLContext sql, String id) {
        return where(sql, WORKLOADS.ID.eq(id)).fetchOptional(WorkloadStore::workload);
    }

    static List<Workload> list(DSLContext sql, Project project) {
        return where(sql, PROJECTS.ID.eq(project.id())).fetch(WorkloadStore::workload);
    }

    static List<Workload> list(DSLContext sql, TeamScope team) {
        return where(sql, PROJECTS.TEAM_ID.eq(team.teamId())).fetch(WorkloadStore::workload);
    }

    /** Of all teams. */
    static List<Workload> list(DSLContext sql) {
        return where(sql, DSL.noCondition()).fetch(WorkloadStore::workload);
    }

    static void noteVariablesChanged(DSLContext sql, Workload workload, Instant now) {
        sql.update(WORKLOADS)
                .set(WORKLOADS.VARIABLES_CHANGED_AT, now)
                .where(WORKLOADS.ID.eq(workload.id()))
                .execute();
    }

    private static ResultQuery<Record> where(DSLContext sql, Condition condition) {
        return sql.select()
                .from(WORKLOADS)
                .join(SERVICES)
                .on(SERVICES.ID.eq(WORKLOADS.SERVICE_ID))
                .join(ENVIRONMENTS)
                .on(ENVIRONMENTS.ID.eq(WORKLOADS.ENVIRONMENT_ID))
                .join(PROJECTS)
                .on(PROJECTS.ID.eq(SERVICES.PROJECT_ID))
                .where(condition)
                .orderBy(SERVICES.NAME, ENVIRONMENTS.CREATED_AT, ENVIRONMENTS.NAME);
    }

    private static Workload workload(Record row) {
        var workload = row.into(WORKLOADS);
        return new Workload(
                workload.getId(),
                ProjectStore.project(row.into(PROJECTS)),
                ProjectStore.environment(row.into(ENVIRONMENTS)),
                ProjectStore.service(row.into(SERVICES)),
                Workload.State.of(workload.getState()),
                workload.getDeploymentId(),
                workload.getVariablesChangedAt());
    }
}
