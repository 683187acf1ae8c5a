package dev.signalbox.space;

import static dev.signalbox.db.schema.tables.DiskSamples.DISK_SAMPLES;

import dev.signalbox.space.Disk.Holds;
import dev.signalbox.space.Growth.Sample;
import java.time.Instant;
import java.util.List;
import org.jooq.DSLContext;

/** Rows of disk_samples: how full the disks were. */
final class SampleStore {
    private SampleStore() {}

    static void add(DSLContext sql, Disk disk, Instant now) {
        sql.insertInto(DISK_SAMPLES)
                .set(DISK_SAMPLES.DISK, disk.holds().word())
                .set(DISK_SAMPLES.MEASURED_AT, now)
                .set(DISK_SAMPLES.USED, disk.used())
                .set(DISK_SAMPLES.FREE, disk.free())
                .onConflictDoNothing()
                .execute();
    }

    static void forgetBefore(DSLContext sql, Instant time) {
        sql.deleteFrom(DISK_SAMPLES).where(DISK_SAMPLES.MEASURED_AT.lt(time)).execute();
    }

    /** Oldest first. */
    static List<Sample> since(DSLContext sql, Holds holds, Instant time) {
        return sql.select(DISK_SAMPLES.MEASURED_AT, DISK_SAMPLES.USED)
                .from(DISK_SAMPLES)
                .where(DISK_SAMPLES.DISK.eq(holds.word()), DISK_SAMPLES.MEASURED_AT.ge(time))
                .orderBy(DISK_SAMPLES.MEASURED_AT)
                .fetch(row -> new Sample(row.value1(), row.value2()));
    }
}
