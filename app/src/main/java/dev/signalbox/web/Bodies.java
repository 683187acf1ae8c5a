package dev.signalbox.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.signalbox.web.Draft.Nothing;
import io.javalin.http.Context;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the body of a request into its record, or says exactly what is wrong with it. */
final class Bodies {
    static final int LARGEST = 1024 * 1024;

    private Bodies() {}

    static <B extends Record> B read(Context ctx, Class<B> type) {
        var bytes = bytes(ctx);
        if (bytes.length > 0) checkMediaType(ctx);
        if (bytes.length == 0 && type.equals(Nothing.class)) return Objects.requireNonNull(type.cast(new Nothing()));
        return parse(bytes, type);
    }

    /** Reads a record, with every field checked. */
    static <B extends Record> B parse(byte[] json, Class<B> type) {
        var body = bind(json, type);
        check(body);
        return body;
    }

    private static byte[] bytes(Context ctx) {
        if (ctx.req().getContentLengthLong() > LARGEST) throw tooLarge();
        try {
            var bytes = ctx.req().getInputStream().readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) throw tooLarge();
            return bytes;
        } catch (IOException e) {
            throw new Refusal(Problem.malformed("The request ended before its body was complete."));
        }
    }

    private static Refusal tooLarge() {
        return new Refusal(Problem.of(413, "body_too_large", "Send at most " + LARGEST / 1024 + " KiB."));
    }

    private static void checkMediaType(Context ctx) {
        var type = Objects.requireNonNullElse(ctx.contentType(), "").toLowerCase(Locale.ROOT);
        var essence = type.split(";", 2)[0].strip();
        if (!essence.equals("application/json")) {
            throw new Refusal(
                    Problem.of(415, "media_type_unsupported", "Send JSON, with Content-Type: application/json."));
        }
    }

    private static <B extends Record> B bind(byte[] bytes, Class<B> type) {
        try {
            B body = Json.read(bytes, type);
            if (body == null) throw new Refusal(Problem.malformed("Send a JSON object."));
            return body;
        } catch (StreamConstraintsException e) {
            throw new Refusal(Problem.malformed("This JSON is nested too deeply, or something in it is too long."));
        } catch (UnrecognizedPropertyException e) {
            throw new Refusal(Problem.invalid("unknown_field", path(e), "There is no such field here: " + known(e)));
        } catch (Json.NotThisWord e) {
            throw new Refusal(Problem.invalid(e.word().code(), path(e), e.word().rule()));
        } catch (MismatchedInputException e) {
            throw new Refusal(mismatch(e, bytes.length));
        } catch (JsonProcessingException e) {
            throw new Refusal(Problem.malformed("This is not valid JSON: " + place(e)));
        } catch (IOException e) {
            throw new Refusal(Problem.malformed("This is not valid JSON."));
        }
    }

    private static Problem mismatch(MismatchedInputException e, int length) {
        if (e.getPath().isEmpty()) {
            return Problem.malformed(
                    length == 0 ? "Send a JSON object." : "Send one JSON object and nothing after it.");
        }
        return Problem.invalid("type_invalid", path(e), "This field has another type.");
    }

    private static String known(UnrecognizedPropertyException e) {
        var names = Objects.requireNonNullElse(e.getKnownPropertyIds(), List.of()).stream()
                .map(Object::toString)
                .sorted()
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "send none." : "use " + names + ".";
    }

    private static String place(JsonProcessingException e) {
        var location = e.getLocation();
        return location == null
                ? "it ends too early."
                : "see line " + location.getLineNr() + ", column " + location.getColumnNr() + ".";
    }

    private static String path(JsonMappingException e) {
        var path = e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."))
                .replace(".[", "[");
        return path.length() <= 200 ? path : path.substring(0, 200);
    }

    private static void check(Record body) {
        for (var component : body.getClass().getRecordComponents()) {
            var name = fieldName(component.getName());
            var value = value(component, body);
            if (value == null) {
                if (isOptional(component)) continue;
                throw new Refusal(Problem.invalid("required", name, "This field is needed."));
            }
            checkSize(component, name, value);
        }
    }

    private static void checkSize(RecordComponent component, String name, Object value) {
        var limit = component.getAnnotation(AtMost.class);
        var most = limit == null ? Integer.MAX_VALUE : limit.value();
        switch (value) {
            case String text -> {
                if (text.length() > most) throw tooLong(name, most + " characters");
                if (text.chars().anyMatch(Bodies::isControl)) throw notText(name, "Use visible characters only.");
                checkText(name, text);
            }
            case List<?> list -> {
                if (list.size() > most) throw tooLong(name, most + " entries");
                if (list.stream().anyMatch(Objects::isNull)) {
                    throw new Refusal(Problem.invalid("type_invalid", name, "Leave null out."));
                }
            }
            case Map<?, ?> map -> {
                if (map.size() > most) throw tooLong(name, most + " entries");
                map.values().stream()
                        .filter(String.class::isInstance)
                        .forEach(entry -> checkText(name, (String) entry));
            }
            default -> {}
        }
    }

    /** Half of a character can be sent in JSON and kept nowhere. */
    private static void checkText(String name, String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) throw notText(name, "This is not Unicode text.");
    }

    private static Refusal notText(String name, String message) {
        return new Refusal(Problem.invalid("control_character", name, message));
    }

    private static Refusal tooLong(String name, String limit) {
        return new Refusal(Problem.invalid("too_long", name, "Use at most " + limit + "."));
    }

    /** Also the invisible ones that turn the direction of text around. */
    private static boolean isControl(int character) {
        return Character.isISOControl(character) || Character.getType(character) == Character.FORMAT;
    }

    static boolean isOptional(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    static String fieldName(String component) {
        return component.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static @Nullable Object value(RecordComponent component, Record body) {
        try {
            return component.getAccessor().invoke(body);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no access to " + component, e);
        }
    }
}
