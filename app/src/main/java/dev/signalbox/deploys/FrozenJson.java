package dev.signalbox.deploys;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.deploys.Release.ProcessType;
import java.util.List;
import java.util.Map;

/** The frozen parts of a release as JSON text. */
final class FrozenJson {
    /** The components of a record and nothing else: what it can be asked besides is not written down. */
    private static final ObjectMapper JSON =
            new ObjectMapper().setVisibility(PropertyAccessor.IS_GETTER, Visibility.NONE);

    private FrozenJson() {}

    static String write(List<ProcessType> processes) {
        return text(processes);
    }

    static List<ProcessType> read(String text) {
        return parse(text, new TypeReference<>() {});
    }

    static String writeHealth(HealthCheck health) {
        return text(health);
    }

    static HealthCheck readHealth(String text) {
        return parse(text, new TypeReference<>() {});
    }

    static String writeVariables(Map<String, String> variables) {
        return text(variables);
    }

    static Map<String, String> readVariables(String text) {
        return parse(text, new TypeReference<>() {});
    }

    private static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> T parse(String text, TypeReference<T> type) {
        try {
            return JSON.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a release is not as it was written", e);
        }
    }
}
