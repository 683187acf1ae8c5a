package dev.signalbox.web;

import io.javalin.http.Context;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads the fields of a form into its record, whose components are texts or lists of texts. A field that is missing is an
 * empty text: what it should have been is for the form's own rules to say.
 */
final class Forms {
    private static final String MEDIA_TYPE = "application/x-www-form-urlencoded";
    private static final Set<String> GUARDS = Set.of(Csrf.FIELD, DoubleClicks.FIELD);

    private Forms() {}

    static <B extends Record> B read(Context ctx, Class<B> type) {
        var fields = fields(ctx);
        var components = type.getRecordComponents();
        refuseUnknown(fields.keySet(), components);
        return construct(
                type,
                components,
                Arrays.stream(components)
                        .map(component -> value(component, fields.getOrDefault(component.getName(), List.of())))
                        .toArray());
    }

    /** The record of a form that was not sent. */
    static <B extends Record> B empty(Class<B> type) {
        var components = type.getRecordComponents();
        return construct(
                type,
                components,
                Arrays.stream(components)
                        .map(component -> value(component, List.of()))
                        .toArray());
    }

    /** What was sent, without what only guards it. */
    static Map<String, List<String>> fields(Context ctx) {
        check(ctx);
        return ctx.formParamMap().entrySet().stream()
                .filter(field -> !GUARDS.contains(field.getKey()))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Refuses what is no form of ours before any of it is read: other forms are written to the disk on their way in. */
    static void check(Context ctx) {
        if (ctx.req().getContentLengthLong() > Bodies.LARGEST) {
            throw new Refusal(Problem.of(413, "body_too_large", "Send at most " + Bodies.LARGEST / 1024 + " KiB."));
        }
        checkMediaType(ctx);
    }

    private static void checkMediaType(Context ctx) {
        var type = Objects.requireNonNullElse(ctx.contentType(), MEDIA_TYPE).toLowerCase(Locale.ROOT);
        if (!type.split(";", 2)[0].strip().equals(MEDIA_TYPE)) {
            throw new Refusal(Problem.of(415, "media_type_unsupported", "Send the fields of a form."));
        }
    }

    private static void refuseUnknown(Set<String> sent, RecordComponent[] components) {
        var known = Arrays.stream(components).map(RecordComponent::getName).collect(Collectors.toSet());
        sent.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw new Refusal(Problem.invalid("unknown_field", cut(name), "This form has no such field."));
        });
    }

    private static String cut(String name) {
        return name.length() <= 100 ? name : name.substring(0, 100);
    }

    private static Object value(RecordComponent component, List<String> texts) {
        if (component.getType().equals(List.class)) return List.copyOf(texts);
        if (texts.size() > 1) {
            throw new Refusal(Problem.invalid("field_repeated", component.getName(), "Send this field once."));
        }
        return texts.isEmpty() ? "" : texts.getFirst();
    }

    private static <B extends Record> B construct(Class<B> type, RecordComponent[] components, Object[] values) {
        try {
            var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no access to " + type, e);
        }
    }
}
