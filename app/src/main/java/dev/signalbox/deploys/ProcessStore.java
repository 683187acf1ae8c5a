package dev.signalbox.deploys;

import static dev.signalbox.db.schema.tables.Processes.PROCESSES;

import dev.signalbox.db.schema.tables.records.ProcessesRecord;
import java.time.Instant;
import java.util.Map;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Rows of what people set for processes. */
final class ProcessStore {
    private ProcessStore() {}

    /** By the name of the process. */
    static Map<String, ProcessSetting> settings(DSLContext sql, String workloadId) {
        return sql.selectFrom(PROCESSES)
                .where(PROCESSES.WORKLOAD_ID.eq(workloadId))
                .fetchMap(PROCESSES.NAME, ProcessStore::setting);
    }

    static void set(DSLContext sql, String workloadId, String process, ProcessSetting setting, Instant now) {
        var row = new ProcessesRecord();
        row.setWorkloadId(workloadId);
        row.setName(process);
        row.setCommand(setting.command());
        row.setReplicas((long) setting.replicas());
        row.setMemoryMb((long) setting.memoryMegabytes());
        row.setCpuMillis(
                setting.cpuMillis() == null ? null : setting.cpuMillis().longValue());
        row.setHealth(setting.health() == null ? null : FrozenJson.writeHealth(setting.health()));
        row.setSticky(setting.sticky() ? 1L : 0L);
        row.setUpdatedAt(now);
        sql.insertInto(PROCESSES)
                .set(row)
                .onConflict(PROCESSES.WORKLOAD_ID, PROCESSES.NAME)
                .doUpdate()
                .set(row)
                .execute();
    }

    private static ProcessSetting setting(ProcessesRecord row) {
        return new ProcessSetting(
                row.getCommand(),
                row.getReplicas().intValue(),
                row.getMemoryMb().intValue(),
                whole(row.getCpuMillis()),
                row.getHealth() == null ? null : FrozenJson.readHealth(row.getHealth()),
                row.getSticky() == 1);
    }

    private static @Nullable Integer whole(@Nullable Long number) {
        return number == null ? null : number.intValue();
    }
}
