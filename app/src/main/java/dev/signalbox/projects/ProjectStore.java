package dev.signalbox.projects;

import static dev.signalbox.db.schema.tables.Environments.ENVIRONMENTS;
import static dev.signalbox.db.schema.tables.Projects.PROJECTS;
import static dev.signalbox.db.schema.tables.Services.SERVICES;

import dev.signalbox.accounts.TeamScope;
import dev.signalbox.db.schema.tables.records.EnvironmentsRecord;
import dev.signalbox.db.schema.tables.records.ProjectsRecord;
import dev.signalbox.db.schema.tables.records.ServicesRecord;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;

/** Rows of projects, environments and services. */
final class ProjectStore {
    private ProjectStore() {}

    static void insert(DSLContext sql, Project project) {
        sql.insertInto(PROJECTS)
                .set(PROJECTS.ID, project.id())
                .set(PROJECTS.TEAM_ID, project.teamId())
                .set(PROJECTS.NAME, project.name().value())
                .set(PROJECTS.CREATED_AT, project.createdAt())
                .execute();
    }

    static void insert(DSLContext sql, Environment environment) {
        sql.insertInto(ENVIRONMENTS)
                .set(ENVIRONMENTS.ID, environment.id())
                .set(ENVIRONMENTS.PROJECT_ID, environment.projectId())
                .set(ENVIRONMENTS.NAME, environment.name().value())
                .set(ENVIRONMENTS.BRANCH, environment.branch())
                .set(ENVIRONMENTS.CREATED_AT, environment.createdAt())
                .execute();
    }

    static void insert(DSLContext sql, Service service) {
        sql.insertInto(SERVICES)
                .set(SERVICES.ID, service.id())
                .set(SERVICES.PROJECT_ID, service.projectId())
                .set(SERVICES.NAME, service.name().value())
                .set(SERVICES.KIND, service.kind().word())
                .set(SERVICES.CREATED_AT, service.createdAt())
                .execute();
    }

    static List<Project> list(DSLContext sql, TeamScope team) {
        return sql.selectFrom(PROJECTS)
                .where(PROJECTS.TEAM_ID.eq(team.teamId()))
                .orderBy(PROJECTS.NAME)
                .fetch(ProjectStore::project);
    }

    static Optional<Project> find(DSLContext sql, TeamScope team, String name) {
        return sql.selectFrom(PROJECTS)
                .where(PROJECTS.TEAM_ID.eq(team.teamId()), PROJECTS.NAME.eq(name))
                .fetchOptional(ProjectStore::project);
    }

    /** In the order in which they were made: production first. */
    static List<Environment> environments(DSLContext sql, Project project) {
        return sql.selectFrom(ENVIRONMENTS)
                .where(ENVIRONMENTS.PROJECT_ID.eq(project.id()))
                .orderBy(ENVIRONMENTS.CREATED_AT, ENVIRONMENTS.NAME)
                .fetch(ProjectStore::environment);
    }

    static List<Environment> environments(DSLContext sql, TeamScope team) {
        return sql.select(ENVIRONMENTS.fields())
                .from(ENVIRONMENTS)
                .join(PROJECTS)
                .on(PROJECTS.ID.eq(ENVIRONMENTS.PROJECT_ID))
                .where(PROJECTS.TEAM_ID.eq(team.teamId()))
                .orderBy(ENVIRONMENTS.CREATED_AT, ENVIRONMENTS.NAME)
                .fetch(row -> environment(row.into(ENVIRONMENTS)));
    }

    static Set<String> environmentIds(DSLContext sql) {
        return sql.select(ENVIRONMENTS.ID).from(ENVIRONMENTS).fetchSet(ENVIRONMENTS.ID);
    }

    static List<Service> services(DSLContext sql, Project project) {
        return sql.selectFrom(SERVICES)
                .where(SERVICES.PROJECT_ID.eq(project.id()))
                .orderBy(SERVICES.NAME)
                .fetch(ProjectStore::service);
    }

    /** False when it is not called that any more. */
    static boolean rename(DSLContext sql, Project project, Name name) {
        return sql.update(PROJECTS)
                        .set(PROJECTS.NAME, name.value())
                        .where(
                                PROJECTS.ID.eq(project.id()),
                                PROJECTS.NAME.eq(project.name().value()))
                        .execute()
                == 1;
    }

    static boolean rename(DSLContext sql, Service service, Name name) {
        return sql.update(SERVICES)
                        .set(SERVICES.NAME, name.value())
                        .where(
                                SERVICES.ID.eq(service.id()),
                                SERVICES.NAME.eq(service.name().value()))
                        .execute()
                == 1;
    }

    /** False when it is no more. */
    static boolean allowOverlap(DSLContext sql, Service service, boolean allowed) {
        return sql.update(SERVICES)
                        .set(SERVICES.OVERLAP, allowed ? 1L : 0L)
                        .where(SERVICES.ID.eq(service.id()))
                        .execute()
                == 1;
    }

    static void delete(DSLContext sql, Project project) {
        sql.deleteFrom(PROJECTS).where(PROJECTS.ID.eq(project.id())).execute();
    }

    static void delete(DSLContext sql, Service service) {
        sql.deleteFrom(SERVICES).where(SERVICES.ID.eq(service.id())).execute();
    }

    static void delete(DSLContext sql, Environment environment) {
        sql.deleteFrom(ENVIRONMENTS).where(ENVIRONMENTS.ID.eq(environment.id())).execute();
    }

    static Project project(ProjectsRecord row) {
        return new Project(row.getId(), row.getTeamId(), new Name(row.getName()), row.getCreatedAt());
    }

    static Environment environment(EnvironmentsRecord row) {
        return new Environment(
                row.getId(), row.getProjectId(), new Name(row.getName()), row.getBranch(), row.getCreatedAt());
    }

    static Service service(ServicesRecord row) {
        return new Service(
                row.getId(),
                row.getProjectId(),
                new Name(row.getName()),
                Service.Kind.of(row.getKind()),
                row.getOverlap() == 1,
                row.getCreatedAt());
    }
}
