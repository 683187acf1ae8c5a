package dev.signalbox.deploys;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment failed of, for those who go by it; its reason says the same, and more, to people.
 *
 * @param exitCode that of the process which ended; null when none did
 */
public record Failure(Kind kind, @Nullable Integer exitCode) {
    /** One of which nothing more is known. */
    public static final Failure OTHER = new Failure(Kind.OTHER);

    Failure(Kind kind) {
        this(kind, null);
    }

    /** Sorts of failures that are cured in different ways. */
    public enum Kind {
        ENDED,
        OUT_OF_MEMORY,
        UNHEALTHY,
        WRONG_PORT,
        OTHER;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Kind of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    /** Whether what was printed last may say why. */
    public boolean isExplainedByOutput() {
        return kind == Kind.ENDED || kind == Kind.UNHEALTHY;
    }
}
