package dev.signalbox;

import static dev.signalbox.db.schema.tables.Deployments.DEPLOYMENTS;

import dev.signalbox.accounts.Accounts;
import dev.signalbox.accounts.Accounts.TokenRequest;
import dev.signalbox.accounts.AuditKit;
import dev.signalbox.accounts.PeopleKit;
import dev.signalbox.accounts.Person;
import dev.signalbox.accounts.Role;
import dev.signalbox.accounts.Scope;
import dev.signalbox.db.Db;
import dev.signalbox.db.Ids;
import dev.signalbox.projects.Creation;
import dev.signalbox.projects.Environment;
import dev.signalbox.projects.Name;
import dev.signalbox.projects.Projects;
import dev.signalbox.projects.Workload;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** A team that has been at work for a while, put into the data of a program that does not run. */
final class Seed {
    private static final int DEPLOYMENTS_EACH = 20;

    private Seed() {}

    /**
     * One of those who work there, who can sign in with the password of {@link PeopleKit}.
     *
     * @param token of their own, for the API
     */
    record Member(Person person, String token) {}

    /** As many people, as many apps, and rows of audit. */
    static List<Member> plant(Path data, int people, int apps, int auditRows) {
        var clock = Clock.systemUTC();
        var ids = new Ids(new SecureRandom());
        try (var db = Db.open(data.resolve("signalbox.db"))) {
            var accounts = new Accounts(db, clock, ids);
            var team = accounts.firstTeam();
            var projects = new Projects(db, clock, ids, removed -> {});
            for (int app = 0; app < apps; app++) {
                var project = made(projects.createProject(team, new Name("shop" + app)));
                var service = made(projects.createService(project, new Name("web")));
                var production = projects.findEnvironment(project, Environment.PRODUCTION.value())
                        .orElseThrow();
                deployments(db, clock, ids, projects.workload(service, production));
            }
            AuditKit.fill(db, clock, team, auditRows);
            return IntStream.range(0, people)
                    .mapToObj(each -> {
                        var person = PeopleKit.add(db, clock, ids, team, Role.MEMBER);
                        var request = new TokenRequest(
                                "load", Role.MEMBER, Set.of(Scope.PROJECTS_READ), null, null, person.id());
                        return new Member(
                                person,
                                accounts.createToken(team, request).text().reveal());
                    })
                    .toList();
        }
    }

    /** All of them failed, so that nothing has to run. */
    private static void deployments(Db db, Clock clock, Ids ids, Workload workload) {
        db.change(sql -> {
            for (long number = 1; number <= DEPLOYMENTS_EACH; number++) {
                var at = clock.instant().minus(Duration.ofHours(DEPLOYMENTS_EACH - number));
                sql.insertInto(DEPLOYMENTS)
                        .set(DEPLOYMENTS.ID, ids.next("dep"))
                        .set(DEPLOYMENTS.SERVICE_ID, workload.service().id())
                        .set(DEPLOYMENTS.WORKLOAD_ID, workload.id())
                        .set(DEPLOYMENTS.NUMBER, number)
                        .set(DEPLOYMENTS.CAUSE, "push")
                        .set(DEPLOYMENTS.STATE, "failed")
                        .set(DEPLOYMENTS.REASON, "The app ended right after its start with exit code 1.")
                        .set(DEPLOYMENTS.COMMIT_SHA, "c".repeat(40))
                        .set(DEPLOYMENTS.SUBJECT, "Charge VAT by delivery country")
                        .set(DEPLOYMENTS.ACTOR, "Person 1")
                        .set(DEPLOYMENTS.QUEUED_AT, at)
                        .set(DEPLOYMENTS.STARTED_AT, at)
                        .set(DEPLOYMENTS.FINISHED_AT, at.plusSeconds(40))
                        .execute();
            }
        });
    }

    private static <T> T made(Creation<T> creation) {
        if (creation instanceof Creation.Done<T>(var value)) return value;
        throw new IllegalStateException(creation.toString());
    }
}
