package dev.signalbox.web;

import dev.signalbox.accounts.NewSession;
import java.io.IOException;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is sent back to somebody who looks at the panel. */
sealed interface Reply {
    /**
     * A page, or that fragment of it which is asked for.
     *
     * @param template the file's name without its ending; its model is called {@code page} there
     * @param fragments the ids of what can be asked for by itself
     */
    record View(int status, String template, Record model, Place place, Set<String> fragments) implements Reply {
        public View {
            fragments = Set.copyOf(fragments);
        }

        /** The same as the answer to a form that a rule refused. */
        View refused() {
            return new View(422, template, model, place, fragments);
        }

        View status(int other) {
            return new View(other, template, model, place, fragments);
        }
    }

    /** It is done; go there, and read this. */
    record Go(String path, @Nullable String notice) implements Reply {}

    /** The session goes on under another cookie; then this. */
    record Renewed(NewSession session, Go next) implements Reply {}

    /**
     * A stream that says when what this gives has changed; the page then asks for its fragments again.
     *
     * @param seen the mark of what the page shows
     */
    record Live(Supplier<?> picture, String seen) implements Reply {}

    /** A stream of something else. */
    record Stream(Writer writer) implements Reply {}

    /** A file to keep. */
    record Download(String mediaType, String name, Writer writer) implements Reply {}

    /** Writes into an answer that goes on. */
    @FunctionalInterface
    interface Writer {
        void write(LiveAnswer answer) throws IOException, InterruptedException;
    }

    static View view(String template, Record model, Place place, String... fragments) {
        return new View(200, template, model, place, Set.of(fragments));
    }

    static Go go(String path) {
        return new Go(path, null);
    }
}
