package dev.signalbox.projects;

import dev.signalbox.accounts.TeamScope;
import dev.signalbox.db.Db;
import dev.signalbox.db.Ids;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jooq.DSLContext;
import org.jooq.exception.IntegrityConstraintViolationException;
import org.jspecify.annotations.Nullable;

/**
 * Projects and what is in them. Every look-up starts from a {@link TeamScope}; what it returns may be passed on, so nothing
 * of another team can be reached.
 */
public final class Projects {
    private final Db db;
    private final Clock clock;
    private final Ids ids;
    private final Consumer<Removed> whenRemoved;

    /**
     * The door to what is in this database.
     *
     * @param whenRemoved told after something is gone from the database, so that what it left elsewhere goes too
     */
    public Projects(Db db, Clock clock, Ids ids, Consumer<Removed> whenRemoved) {
        this.db = db;
        this.clock = clock;
        this.ids = ids;
        this.whenRemoved = whenRemoved;
    }

    /** Makes a project with the environments of {@link Environment#FIRST}. */
    public Creation<Project> createProject(TeamScope team, Name name) {
        return unlessTaken(name, sql -> {
            var project = new Project(ids.next("prj"), team.teamId(), name, clock.instant());
            ProjectStore.insert(sql, project);
            for (var first : Environment.FIRST) addEnvironment(sql, project, first.name(), first.branch());
            return project;
        });
    }

    public List<Project> list(TeamScope team) {
        return db.read(sql -> ProjectStore.list(sql, team));
    }

    /** Every environment of every project of the team, production first. */
    public List<Environment> environments(TeamScope team) {
        return db.read(sql -> ProjectStore.environments(sql, team));
    }

    /** Every service of every project of the team, in all its environments. */
    public List<Workload> workloads(TeamScope team) {
        return db.read(sql -> WorkloadStore.list(sql, team));
    }

    public Optional<Project> find(TeamScope team, String name) {
        return db.read(sql -> ProjectStore.find(sql, team, name));
    }

    /** Makes an environment with every service of the project in it, none of them deployed. */
    public Creation<Environment> createEnvironment(Project project, Name name, @Nullable String branch) {
        if (branch != null && environments(project).stream().anyMatch(other -> other.tracks(branch))) {
            return new Creation.BranchTaken<>(branch);
        }
        return unlessTaken(name, sql -> addEnvironment(sql, project, name, branch));
    }

    public List<Environment> environments(Project project) {
        return db.read(sql -> ProjectStore.environments(sql, project));
    }

    public Optional<Environment> findEnvironment(Project project, String name) {
        return environments(project).stream()
                .filter(environment -> environment.name().value().equals(name))
                .findFirst();
    }

    /** Makes an app service; it exists in every environment at once, not deployed. */
    public Creation<Service> createService(Project project, Name name) {
        return unlessTaken(name, sql -> {
            var service = new Service(ids.next("svc"), project.id(), name, Service.Kind.APP, true, clock.instant());
            ProjectStore.insert(sql, service);
            for (var environment : ProjectStore.environments(sql, project)) addWorkload(sql, service, environment);
            return service;
        });
    }

    public List<Service> services(Project project) {
        return db.read(sql -> ProjectStore.services(sql, project));
    }

    public Optional<Service> findService(Project project, String name) {
        return services(project).stream()
                .filter(service -> service.name().value().equals(name))
                .findFirst();
    }

    /** The git remotes of its services change; the addresses of what runs stay as they are. */
    public Renaming<Project> renameProject(Project project, Name name) {
        return renamed(
                name,
                sql -> ProjectStore.rename(sql, project, name),
                new Project(project.id(), project.teamId(), name, project.createdAt()));
    }

    /** Its git remote changes; the addresses of what runs stay as they are. */
    public Renaming<Service> renameService(Service service, Name name) {
        return renamed(name, sql -> ProjectStore.rename(sql, service, name), service.named(name));
    }

    /** From the next deployment on; empty when the service was deleted meanwhile. */
    public Optional<Service> allowOverlap(Service service, boolean allowed) {
        return db.write(sql -> ProjectStore.allowOverlap(sql, service, allowed))
                ? Optional.of(service.overlapping(allowed))
                : Optional.empty();
    }

    /** The service in this environment of the same project. */
    public Workload workload(Service service, Environment environment) {
        return db.read(sql -> WorkloadStore.find(sql, service, environment))
                .orElseThrow(() -> new IllegalArgumentException(service + " is not in " + environment));
    }

    public List<Workload> workloads(Project project) {
        return db.read(sql -> WorkloadStore.list(sql, project));
    }

    /** For the appliance's own work, which concerns all teams. */
    public Optional<Workload> findWorkload(String workloadId) {
        return db.read(sql -> WorkloadStore.findById(sql, workloadId));
    }

    /** For root on this machine, whom all teams concern. */
    public List<Workload> workloads() {
        return db.read(WorkloadStore::list);
    }

    /** For the appliance's own work, which concerns all teams. */
    public Set<String> environmentIds() {
        return db.read(ProjectStore::environmentIds);
    }

    public void deleteProject(Project project) {
        remove(workloads(project), services(project), environments(project), sql -> ProjectStore.delete(sql, project));
    }

    public void deleteService(Project project, Service service) {
        var gone = workloads(project).stream()
                .filter(workload -> workload.service().id().equals(service.id()))
                .toList();
        remove(gone, List.of(service), List.of(), sql -> ProjectStore.delete(sql, service));
    }

    public void deleteEnvironment(Project project, Environment environment) {
        var gone = workloads(project).stream()
                .filter(workload -> workload.environment().id().equals(environment.id()))
                .toList();
        remove(gone, List.of(), List.of(environment), sql -> ProjectStore.delete(sql, environment));
    }

    private void remove(
            List<Workload> workloads,
            List<Service> services,
            List<Environment> environments,
            Consumer<DSLContext> deletion) {
        db.change(deletion);
        whenRemoved.accept(new Removed(workloads, services, environments));
    }

    private Environment addEnvironment(DSLContext sql, Project project, Name name, @Nullable String branch) {
        var environment = new Environment(ids.next("env"), project.id(), name, branch, clock.instant());
        ProjectStore.insert(sql, environment);
        for (var service : ProjectStore.services(sql, project)) addWorkload(sql, service, environment);
        return environment;
    }

    private void addWorkload(DSLContext sql, Service service, Environment environment) {
        WorkloadStore.insert(sql, ids.next("wl"), service, environment, clock.instant());
    }

    private <T> Renaming<T> renamed(Name name, Predicate<DSLContext> change, T value) {
        try {
            return db.write(change::test) ? new Renaming.Done<>(value) : new Renaming.Overtaken<>();
        } catch (IntegrityConstraintViolationException e) {
            return new Renaming.NameTaken<>(name);
        }
    }

    private <T> Creation<T> unlessTaken(Name name, Function<DSLContext, T> creation) {
        try {
            return new Creation.Done<>(db.write(creation));
        } catch (IntegrityConstraintViolationException e) {
            return new Creation.NameTaken<>(name);
        }
    }

    /** What a deletion took out of the database. */
    public record Removed(List<Workload> workloads, List<Service> services, List<Environment> environments) {}
}
