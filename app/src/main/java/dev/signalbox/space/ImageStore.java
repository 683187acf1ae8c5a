package dev.signalbox.space;

import static dev.signalbox.db.schema.tables.BuiltImages.BUILT_IMAGES;
import static dev.signalbox.db.schema.tables.Releases.RELEASES;
import static dev.signalbox.db.schema.tables.Workloads.WORKLOADS;

import dev.signalbox.engine.ImageId;
import java.util.HashMap;
import java.util.Map;
import org.jooq.DSLContext;

/** Says whose images are. */
final class ImageStore {
    private ImageStore() {}

    /** The service of every image that was ever built or run for one. */
    static Map<ImageId, String> services(DSLContext sql) {
        var services = new HashMap<ImageId, String>();
        sql.select(BUILT_IMAGES.IMAGE_ID, BUILT_IMAGES.SERVICE_ID)
                .from(BUILT_IMAGES)
                .union(sql.select(RELEASES.IMAGE_ID, WORKLOADS.SERVICE_ID)
                        .from(RELEASES)
                        .join(WORKLOADS)
                        .on(WORKLOADS.ID.eq(RELEASES.WORKLOAD_ID)))
                .forEach(row -> services.put(new ImageId(row.value1()), row.value2()));
        return services;
    }
}
