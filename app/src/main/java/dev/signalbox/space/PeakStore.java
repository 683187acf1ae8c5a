package dev.signalbox.space;

import static dev.signalbox.db.schema.tables.BuildPeaks.BUILD_PEAKS;
import static dev.signalbox.db.schema.tables.Services.SERVICES;

import java.time.Instant;
import java.util.Optional;
import org.jooq.DSLContext;

/** Rows of build_peaks: what builds of a service take. */
final class PeakStore {
    private PeakStore() {}

    static Optional<Need> find(DSLContext sql, String serviceId) {
        return sql.select(BUILD_PEAKS.DISK, BUILD_PEAKS.MEMORY)
                .from(BUILD_PEAKS)
                .where(BUILD_PEAKS.SERVICE_ID.eq(serviceId))
                .fetchOptional(row -> new Need(row.value1(), row.value2()));
    }

    /** Nothing for a service that was deleted while it was built. */
    static void put(DSLContext sql, String serviceId, Need need, Instant now) {
        if (!sql.fetchExists(SERVICES, SERVICES.ID.eq(serviceId))) return;
        sql.insertInto(BUILD_PEAKS)
                .set(BUILD_PEAKS.SERVICE_ID, serviceId)
                .set(BUILD_PEAKS.DISK, need.disk())
                .set(BUILD_PEAKS.MEMORY, need.memory())
                .set(BUILD_PEAKS.MEASURED_AT, now)
                .onConflict(BUILD_PEAKS.SERVICE_ID)
                .doUpdate()
                .set(BUILD_PEAKS.DISK, need.disk())
                .set(BUILD_PEAKS.MEMORY, need.memory())
                .set(BUILD_PEAKS.MEASURED_AT, now)
                .execute();
    }
}
