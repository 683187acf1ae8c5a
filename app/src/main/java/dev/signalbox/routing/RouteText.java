package dev.signalbox.routing;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes configuration as JSON, which is YAML too. Traefik runs the text through a template engine before it reads it; so
 * no string of ours holds an opening brace: it is written as an escape that YAML reads back.
 */
final class RouteText {
    private static final ObjectWriter WRITER = new ObjectMapper(
                    new JsonFactoryBuilder().characterEscapes(new Braces()).build())
            .writerWithDefaultPrettyPrinter();

    private RouteText() {}

    static String of(TraefikConfiguration configuration) {
        try {
            return WRITER.writeValueAsString(configuration) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of text and numbers can be written", e);
        }
    }

    private static final class Braces extends CharacterEscapes {
        private static final long serialVersionUID = 1L;
        private static final int[] ASCII = standardAsciiEscapesForJSON();

        static {
            ASCII['{'] = ESCAPE_STANDARD;
        }

        @Override
        public int[] getEscapeCodesForAscii() {
            return ASCII.clone();
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int character) {
            return null;
        }
    }
}
