package dev.signalbox.projects;

import static dev.signalbox.db.schema.tables.Variables.VARIABLES;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Records;
import org.jspecify.annotations.Nullable;

/** Rows of variables. */
final class VariableStore {
    private VariableStore() {}

    record Row(
            String name,
            String sealedValue,
            Instant updatedAt,
            @Nullable String updatedBy) {}

    static List<Row> list(DSLContext sql, Workload workload) {
        return sql.select(VARIABLES.NAME, VARIABLES.SEALED_VALUE, VARIABLES.UPDATED_AT, VARIABLES.UPDATED_BY)
                .from(VARIABLES)
                .where(VARIABLES.WORKLOAD_ID.eq(workload.id()))
                .orderBy(VARIABLES.NAME)
                .fetch(Records.mapping(Row::new));
    }

    static int put(DSLContext sql, Workload workload, Row row) {
        return sql.insertInto(VARIABLES)
                .set(VARIABLES.WORKLOAD_ID, workload.id())
                .set(VARIABLES.NAME, row.name())
                .set(VARIABLES.SEALED_VALUE, row.sealedValue())
                .set(VARIABLES.UPDATED_AT, row.updatedAt())
                .set(VARIABLES.UPDATED_BY, row.updatedBy())
                .onConflict(VARIABLES.WORKLOAD_ID, VARIABLES.NAME)
                .doUpdate()
                .set(VARIABLES.SEALED_VALUE, row.sealedValue())
                .set(VARIABLES.UPDATED_AT, row.updatedAt())
                .set(VARIABLES.UPDATED_BY, row.updatedBy())
                .execute();
    }

    static int count(DSLContext sql, Collection<Workload> workloads) {
        var ids = workloads.stream().map(Workload::id).toList();
        return sql.fetchCount(VARIABLES, VARIABLES.WORKLOAD_ID.in(ids));
    }

    static int delete(DSLContext sql, Workload workload, String name) {
        return sql.deleteFrom(VARIABLES)
                .where(VARIABLES.WORKLOAD_ID.eq(workload.id()), VARIABLES.NAME.eq(name))
                .execute();
    }
}
