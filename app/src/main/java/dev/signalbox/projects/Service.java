package dev.signalbox.projects;

import java.time.Instant;
import java.util.Locale;

/** One thing that runs in every environment of its project: an app or a database. */
public record Service(String id, String projectId, Name name, Kind kind, Instant createdAt) {
    public enum Kind {
        APP,
        DATABASE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }
}
