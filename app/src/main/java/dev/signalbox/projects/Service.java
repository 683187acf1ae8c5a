package dev.signalbox.projects;

import java.time.Instant;
import java.util.Locale;

/**
 * One thing that runs in every environment of its project: an app or a database.
 *
 * @param overlap whether an old and a new release of it may run at the same time
 */
public record Service(String id, String projectId, Name name, Kind kind, boolean overlap, Instant createdAt) {
    Service named(Name other) {
        return new Service(id, projectId, other, kind, overlap, createdAt);
    }

    Service overlapping(boolean allowed) {
        return new Service(id, projectId, name, kind, allowed, createdAt);
    }

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
