package dev.signalbox.accounts;

import dev.signalbox.db.Db;
import dev.signalbox.db.Ids;
import dev.signalbox.secrets.Secret;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/** Makes people for the tests of other packages, all with one password that is hashed once. */
public final class PeopleKit {
    public static final String PASSWORD = "four words do well";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final PasswordHash HASH = PasswordHash.of(new Secret(PASSWORD), RANDOM);
    private static final Visit VISIT = new Visit("127.0.0.1", "test", "req_test");

    private PeopleKit() {}

    public static Person add(Db db, Clock clock, Ids ids, TeamScope team, Role role) {
        var word = ids.random(8);
        var person = new Person(ids.next("per"), role.word() + " " + word, word + "@example.com");
        db.change(sql -> {
            PersonStore.insert(sql, person, HASH, clock.instant());
            MemberStore.add(sql, team.teamId(), person.id(), role, clock.instant());
        });
        return person;
    }

    /** Who asks, as others see them, of a team that is nowhere. */
    public static Caller caller(String tokenId, @Nullable String personId) {
        return new Caller(
                "somebody",
                tokenId,
                new TeamScope("team_nowhere"),
                Role.OWNER,
                EnumSet.allOf(Scope.class),
                null,
                null,
                personId);
    }

    /** Signs somebody in without their password. */
    public static NewSession signIn(Db db, Clock clock, Ids ids, TeamScope team, Person person) {
        var desk = new Desk(db, clock, ids, RANDOM);
        return db.write(sql -> desk.begin(sql, person.id(), team.teamId(), VISIT, clock.instant()));
    }
}
