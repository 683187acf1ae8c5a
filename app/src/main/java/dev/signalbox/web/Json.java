package dev.signalbox.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/**
 * JSON as the API speaks it: snake case, times as ISO text, our value types as the texts they are; strict in what it takes.
 */
final class Json {
    private static final int DEEPEST = 32;
    private static final int LONGEST_NAME = 1_000;
    private static final int LONGEST_NUMBER = 30;

    private Json() {}

    /** Made when the first JSON is read or written, and not at start. */
    private static final class Holder {
        private static final ObjectMapper MAPPER = mapper();
    }

    static String write(Object value) {
        try {
            return Holder.MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not writable as JSON: " + value.getClass(), e);
        }
    }

    /** Throws Jackson's exceptions, which {@link Bodies} tells apart. */
    static <T> T read(byte[] json, Class<T> type) throws IOException {
        return Holder.MAPPER.readValue(json, type);
    }

    private static ObjectMapper mapper() {
        var factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxNameLength(LONGEST_NAME)
                        .maxNumberLength(LONGEST_NUMBER)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        var mapper = JsonMapper.builder(factory)
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .addModule(words())
                .build();
        mapper.coercionConfigDefaults()
                .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail);
        return mapper;
    }

    private static SimpleModule words() {
        var module = new SimpleModule();
        for (var word : Word.all()) add(module, word);
        return module;
    }

    private static <T> void add(SimpleModule module, Word<T> word) {
        module.addSerializer(word.type(), new Writer<>(word.type(), word.text()));
        module.addDeserializer(word.type(), new Reader<>(word));
    }

    private static final class Writer<T> extends StdScalarSerializer<T> {
        private static final long serialVersionUID = 1L;

        private final transient Function<T, String> text;

        Writer(Class<T> type, Function<T, String> text) {
            super(type);
            this.text = text;
        }

        @Override
        public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(text.apply(value));
        }
    }

    private static final class Reader<T> extends StdScalarDeserializer<T> {
        private static final long serialVersionUID = 1L;

        private final transient Word<T> word;

        Reader(Word<T> word) {
            super(word.type());
            this.word = word;
        }

        @Override
        public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            if (!in.currentToken().isScalarValue()
                    || in.currentToken().isNumeric()
                    || in.currentToken().isBoolean()) {
                return handledType(context, in);
            }
            Optional<T> parsed = word.parse().apply(in.getText());
            if (parsed.isPresent()) return parsed.get();
            throw new NotThisWord(in, word);
        }

        @SuppressWarnings("unchecked")
        private T handledType(DeserializationContext context, JsonParser in) throws IOException {
            return (T) context.handleUnexpectedToken(word.type(), in);
        }
    }

    /** A text that is none of what its field takes. */
    static final class NotThisWord extends JsonMappingException {
        private static final long serialVersionUID = 1L;

        private final transient Word<?> word;

        NotThisWord(JsonParser in, Word<?> word) {
            super(in, word.code());
            this.word = word;
        }

        Word<?> word() {
            return word;
        }
    }
}
