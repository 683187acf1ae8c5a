package dev.signalbox.builds;

import static dev.signalbox.db.schema.tables.BuiltImages.BUILT_IMAGES;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.engine.ImageId;
import dev.signalbox.engine.Profile;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Rows of built_images: which image came out of what. */
final class BuildStore {
    private static final ObjectMapper JSON = new ObjectMapper();

    private BuildStore() {}

    static Optional<BuiltImage> find(DSLContext sql, String serviceId, Fingerprint fingerprint) {
        return sql.select(
                        BUILT_IMAGES.IMAGE_ID,
                        BUILT_IMAGES.PROFILE,
                        BUILT_IMAGES.PROCESSES,
                        BUILT_IMAGES.PORT,
                        BUILT_IMAGES.DOCKERFILE)
                .from(BUILT_IMAGES)
                .where(BUILT_IMAGES.SERVICE_ID.eq(serviceId), BUILT_IMAGES.FINGERPRINT.eq(fingerprint.value()))
                .fetchOptional(row -> new BuiltImage(
                        new ImageId(row.value1()),
                        Profile.valueOf(row.value2().toUpperCase(Locale.ROOT)),
                        processes(row.value3()),
                        port(row.value4()),
                        row.value5(),
                        true));
    }

    /** What an image of this service was built from. */
    static Optional<String> dockerfile(DSLContext sql, String serviceId, ImageId image) {
        return sql.select(BUILT_IMAGES.DOCKERFILE)
                .from(BUILT_IMAGES)
                .where(BUILT_IMAGES.SERVICE_ID.eq(serviceId), BUILT_IMAGES.IMAGE_ID.eq(image.value()))
                .orderBy(BUILT_IMAGES.BUILT_AT.desc())
                .limit(1)
                .fetchOptional(BUILT_IMAGES.DOCKERFILE);
    }

    static void put(DSLContext sql, String serviceId, Fingerprint fingerprint, BuiltImage image, Instant now) {
        sql.insertInto(BUILT_IMAGES)
                .set(BUILT_IMAGES.SERVICE_ID, serviceId)
                .set(BUILT_IMAGES.FINGERPRINT, fingerprint.value())
                .set(BUILT_IMAGES.IMAGE_ID, image.id().value())
                .set(BUILT_IMAGES.PROFILE, image.profile().name().toLowerCase(Locale.ROOT))
                .set(BUILT_IMAGES.PROCESSES, text(image.processes()))
                .set(
                        BUILT_IMAGES.PORT,
                        image.exposedPort() == null ? null : image.exposedPort().longValue())
                .set(BUILT_IMAGES.DOCKERFILE, image.dockerfile())
                .set(BUILT_IMAGES.BUILT_AT, now)
                .onConflict(BUILT_IMAGES.SERVICE_ID, BUILT_IMAGES.FINGERPRINT)
                .doUpdate()
                .set(BUILT_IMAGES.IMAGE_ID, image.id().value())
                .set(
                        BUILT_IMAGES.PORT,
                        image.exposedPort() == null ? null : image.exposedPort().longValue())
                .set(BUILT_IMAGES.BUILT_AT, now)
                .execute();
    }

    private static @Nullable Integer port(@Nullable Long value) {
        return value == null ? null : Math.toIntExact(value);
    }

    private static String text(List<ProcessType> processes) {
        try {
            return JSON.writeValueAsString(processes);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<ProcessType> processes(String text) {
        try {
            return JSON.readValue(text, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the processes of an image are not as they were written", e);
        }
    }
}
