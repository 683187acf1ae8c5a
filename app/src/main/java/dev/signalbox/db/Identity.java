package dev.signalbox.db;

import static dev.signalbox.db.schema.tables.Appliance.APPLIANCE;

import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * Which appliance this data belongs to.
 *
 * @param instance in the name and on the label of everything it makes in Docker
 * @param sealedCheck the instance, sealed: what does not open it is not the master key of this data
 */
public record Identity(String instance, String sealedCheck) {
    /**
     * Reads it; on new data it is made.
     *
     * @param instance what new data is called
     * @param seal seals the check with the master key
     */
    public static Identity of(Db db, String instance, Instant now, UnaryOperator<String> seal) {
        return db.write(sql -> sql.selectFrom(APPLIANCE)
                .fetchOptional(row -> new Identity(row.getInstance(), row.getSealedCheck()))
                .orElseGet(() -> {
                    var fresh = new Identity(instance, seal.apply(instance));
                    sql.insertInto(APPLIANCE)
                            .set(APPLIANCE.ID, 1L)
                            .set(APPLIANCE.INSTANCE, fresh.instance())
                            .set(APPLIANCE.SEALED_CHECK, fresh.sealedCheck())
                            .set(APPLIANCE.CREATED_AT, now)
                            .execute();
                    return fresh;
                }));
    }
}
