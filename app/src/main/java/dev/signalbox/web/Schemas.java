package dev.signalbox.web;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Describes records as JSON Schema, exactly as {@link Json} and {@link Bodies} write and read them. */
final class Schemas {
    private static final String PREFIX = "#/components/schemas/";
    private static final Set<Class<?>> BOOLEANS = Set.of(boolean.class, Boolean.class);
    private static final Set<Class<?>> INTEGERS = Set.of(long.class, Long.class, int.class, Integer.class);

    private final SortedMap<String, Object> components = new TreeMap<>();
    private final Map<String, Class<?>> types = new LinkedHashMap<>();

    /** Every record described so far, by name. */
    SortedMap<String, Object> components() {
        return components;
    }

    /** Describes what is read, where a field may be left out; returns where the description is. */
    Map<String, Object> request(Class<?> type) {
        return reference(type, false);
    }

    /** Describes what is written, where every field is there, if only as null. */
    Map<String, Object> answer(Class<?> type) {
        return reference(type, true);
    }

    private Map<String, Object> reference(Class<?> type, boolean complete) {
        var name = type.getSimpleName();
        var known = types.putIfAbsent(name, type);
        if (known == null) components.put(name, object(type, complete));
        else if (!known.equals(type)) throw new IllegalStateException("two records are called " + name);
        return Map.of("$ref", PREFIX + name);
    }

    private Map<String, Object> object(Class<?> type, boolean complete) {
        var properties = new LinkedHashMap<String, Object>();
        var required = new ArrayList<String>();
        for (var component : type.getRecordComponents()) {
            var name = Bodies.fieldName(component.getName());
            properties.put(name, property(component, complete));
            if (complete || !Bodies.isOptional(component)) required.add(name);
        }
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", "object");
        schema.put("additionalProperties", false);
        schema.put("properties", properties);
        if (!required.isEmpty()) schema.put("required", required);
        return schema;
    }

    private Map<String, Object> property(RecordComponent component, boolean complete) {
        var schema = new LinkedHashMap<>(schema(component.getAnnotatedType(), complete));
        var limit = component.getAnnotation(AtMost.class);
        if (limit != null) schema.put(limitName(component.getType()), limit.value());
        return schema;
    }

    private static String limitName(Class<?> type) {
        if (type.equals(List.class)) return "maxItems";
        return type.equals(Map.class) ? "maxProperties" : "maxLength";
    }

    private Map<String, Object> schema(AnnotatedType annotated, boolean complete) {
        var schema = schema(annotated, annotated.getType(), complete);
        return annotated.isAnnotationPresent(Nullable.class) ? nullable(schema) : schema;
    }

    private Map<String, Object> schema(AnnotatedType annotated, Type type, boolean complete) {
        if (type instanceof ParameterizedType parameterized
                && annotated instanceof AnnotatedParameterizedType generic) {
            var arguments = generic.getAnnotatedActualTypeArguments();
            return parameterized.getRawType().equals(List.class)
                    ? Map.of("type", "array", "items", schema(arguments[0], complete))
                    : Map.of("type", "object", "additionalProperties", schema(arguments[1], complete));
        }
        var plain = (Class<?>) type;
        var word = Word.of(plain);
        if (word.isPresent()) return word.get().schema();
        if (plain.isRecord()) return reference(plain, complete);
        if (plain.equals(String.class)) return Map.of("type", "string");
        if (BOOLEANS.contains(plain)) return Map.of("type", "boolean");
        if (INTEGERS.contains(plain)) return Map.of("type", "integer");
        throw new IllegalArgumentException("no JSON is written for " + plain);
    }

    private static Map<String, Object> nullable(Map<String, Object> schema) {
        if (schema.get("type") instanceof String type && !schema.containsKey("enum")) {
            var both = new LinkedHashMap<>(schema);
            both.put("type", List.of(type, "null"));
            return both;
        }
        return Map.of("anyOf", List.of(schema, Map.of("type", "null")));
    }
}
