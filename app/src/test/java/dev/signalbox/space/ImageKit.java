package dev.signalbox.space;

import static dev.signalbox.db.schema.tables.BuiltImages.BUILT_IMAGES;

import dev.signalbox.engine.ImageId;
import java.time.Instant;
import org.jooq.DSLContext;

/** Images that were never built. */
final class ImageKit {
    private ImageKit() {}

    static void built(DSLContext sql, String serviceId, String fingerprint, ImageId image, Instant now) {
        sql.insertInto(BUILT_IMAGES)
                .set(BUILT_IMAGES.SERVICE_ID, serviceId)
                .set(BUILT_IMAGES.FINGERPRINT, fingerprint)
                .set(BUILT_IMAGES.IMAGE_ID, image.value())
                .set(BUILT_IMAGES.PROFILE, "recipe")
                .set(BUILT_IMAGES.PROCESSES, "[]")
                .set(BUILT_IMAGES.DOCKERFILE, "")
                .set(BUILT_IMAGES.BUILT_AT, now)
                .execute();
    }
}
