package dev.signalbox.routing;

import static dev.signalbox.db.schema.tables.Domains.DOMAINS;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Records;

/** Rows of host names. */
final class DomainStore {
    private static final String DEFAULT = "default";

    private DomainStore() {}

    record Row(String id, HostName host, boolean isDefault) {
        Row(String id, String host, String kind) {
            this(id, new HostName(host), kind.equals(DEFAULT));
        }
    }

    /** The default name first, the others by name. */
    static List<Row> list(DSLContext sql, String workloadId) {
        return sql.select(DOMAINS.ID, DOMAINS.HOST, DOMAINS.KIND)
                .from(DOMAINS)
                .where(DOMAINS.WORKLOAD_ID.eq(workloadId))
                .orderBy(DOMAINS.KIND.eq(DEFAULT).desc(), DOMAINS.HOST)
                .fetch(Records.mapping(Row::new));
    }

    /** The same for many, by the id of the workload. */
    static Map<String, List<Row>> list(DSLContext sql, Collection<String> workloadIds) {
        return sql.select(DOMAINS.WORKLOAD_ID, DOMAINS.ID, DOMAINS.HOST, DOMAINS.KIND)
                .from(DOMAINS)
                .where(DOMAINS.WORKLOAD_ID.in(workloadIds))
                .orderBy(DOMAINS.KIND.eq(DEFAULT).desc(), DOMAINS.HOST)
                .fetchGroups(DOMAINS.WORKLOAD_ID, row -> new Row(row.value2(), row.value3(), row.value4()));
    }

    static Optional<String> workloadId(DSLContext sql, HostName host) {
        return sql.select(DOMAINS.WORKLOAD_ID)
                .from(DOMAINS)
                .where(DOMAINS.HOST.eq(host.value()))
                .fetchOptional(DOMAINS.WORKLOAD_ID);
    }

    static void insertDefault(DSLContext sql, String id, String workloadId, HostName host, Instant now) {
        sql.insertInto(DOMAINS)
                .set(DOMAINS.ID, id)
                .set(DOMAINS.WORKLOAD_ID, workloadId)
                .set(DOMAINS.HOST, host.value())
                .set(DOMAINS.KIND, DEFAULT)
                .set(DOMAINS.CREATED_AT, now)
                .execute();
    }

    static void delete(DSLContext sql, String id) {
        sql.deleteFrom(DOMAINS).where(DOMAINS.ID.eq(id)).execute();
    }
}
