package dev.signalbox.db;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jooq.impl.AbstractConverter;
import org.jspecify.annotations.Nullable;

/** Instants as fixed-width UTC text with milliseconds, which sorts as time does. */
public final class InstantText extends AbstractConverter<String, Instant> {
    private static final long serialVersionUID = 1L;
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    public InstantText() {
        super(String.class, Instant.class);
    }

    @Override
    public @Nullable Instant from(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }

    @Override
    public @Nullable String to(@Nullable Instant instant) {
        return instant == null ? null : FORMAT.format(instant.truncatedTo(ChronoUnit.MILLIS));
    }
}
