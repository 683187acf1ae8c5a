package dev.signalbox.web;

import dev.signalbox.accounts.Permission;
import dev.signalbox.web.Draft.Nothing;
import dev.signalbox.web.Operation.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The OpenAPI document, made from the operations themselves, so that it says what they do. */
final class OpenApi {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+)}");
    private static final String JSON = "application/json";

    private final Schemas schemas = new Schemas();

    private OpenApi() {}

    static Map<String, Object> of(List<Operation<?, ?, ?>> operations) {
        return new OpenApi().document(operations);
    }

    private Map<String, Object> document(List<Operation<?, ?, ?>> operations) {
        var paths = new LinkedHashMap<String, Map<String, Object>>();
        for (var operation : operations) {
            paths.computeIfAbsent(operation.heading().path(), path -> new LinkedHashMap<>())
                    .put(operation.heading().verb().name().toLowerCase(Locale.ROOT), describe(operation));
        }
        var document = new LinkedHashMap<String, Object>();
        document.put("openapi", "3.1.0");
        document.put(
                "info",
                Map.of(
                        "title", "Signalbox",
                        "version", "v1",
                        "description",
                                "Projects, services, variables, deployments, logs and tokens. What belongs to another"
                                        + " team is answered like what does not exist."));
        document.put("security", List.of(Map.of("token", List.of())));
        document.put("paths", paths);
        document.put("components", components());
        return document;
    }

    private Map<String, Object> components() {
        schemas.components().put("Error", errorSchema());
        return Map.of(
                "securitySchemes",
                Map.of("token", Map.of("type", "http", "scheme", "bearer")),
                "responses",
                Map.of("Error", Map.of("description", "A no, and why.", "content", content(reference("Error")))),
                "schemas",
                schemas.components());
    }

    private Map<String, Object> describe(Operation<?, ?, ?> operation) {
        var heading = operation.heading();
        var description = new LinkedHashMap<String, Object>();
        description.put("operationId", heading.name());
        description.put("tags", List.of(heading.name().split("\\.", 2)[0]));
        description.put("summary", heading.summary());
        description.put("description", rule(operation.rule()));
        var parameters = parameters(operation);
        if (!parameters.isEmpty()) description.put("parameters", parameters);
        if (!operation.input().body().equals(Nothing.class)) {
            description.put(
                    "requestBody",
                    Map.of(
                            "required",
                            true,
                            "content",
                            content(schemas.request(operation.input().body()))));
        }
        description.put("responses", responses(operation));
        return description;
    }

    private static String rule(Rule rule) {
        return switch (rule) {
            case Rule.Needs(Permission permission) ->
                "Needs the role " + permission.from().word() + " and the scope "
                        + permission.scope().word() + ".";
            case Rule.Everybody _ -> "Every good token may.";
        };
    }

    private static List<Object> parameters(Operation<?, ?, ?> operation) {
        var parameters = new ArrayList<Object>();
        var placeholders = PLACEHOLDER.matcher(operation.heading().path());
        while (placeholders.find()) {
            parameters.add(Map.of(
                    "name", placeholders.group(1), "in", "path", "required", true, "schema", Map.of("type", "string")));
        }
        for (var parameter : operation.input().parameters()) {
            parameters.add(Map.of(
                    "name", parameter.name(),
                    "in", "query",
                    "description", parameter.about(),
                    "schema", schema(parameter)));
        }
        return parameters;
    }

    private static Map<String, Object> schema(Parameter parameter) {
        return switch (parameter) {
            case Parameter.Whole(var name, var about, var least, var most, var otherwise) ->
                Map.of("type", "integer", "minimum", least, "maximum", most, "default", otherwise);
            case Parameter.Word(var name, var about, var longest) -> Map.of("type", "string", "maxLength", longest);
        };
    }

    private Map<String, Object> responses(Operation<?, ?, ?> operation) {
        var output = operation.output();
        var content = new LinkedHashMap<>(content(schemas.answer(output.type())));
        for (var form : output.forms()) {
            content.put(form.mediaType(), Map.of("schema", Map.of("type", "string")));
        }
        var responses = new LinkedHashMap<String, Object>();
        responses.put(
                Integer.toString(output.status()),
                Map.of("description", operation.heading().summary(), "content", content));
        responses.put("default", Map.of("$ref", "#/components/responses/Error"));
        return responses;
    }

    private static Map<String, Object> errorSchema() {
        var text = Map.of("type", "string");
        var error = new LinkedHashMap<String, Object>();
        error.put("type", "object");
        error.put("additionalProperties", false);
        error.put("required", List.of("code", "message"));
        error.put(
                "properties",
                Map.of(
                        "code", text,
                        "message", text,
                        "field", text,
                        "request_id",
                                Map.of(
                                        "type", "string",
                                        "description", "Also in X-Request-Id. A 404 has it only there.")));
        return Map.of(
                "type",
                "object",
                "additionalProperties",
                false,
                "required",
                List.of("error"),
                "properties",
                Map.of("error", error));
    }

    private static Map<String, Object> content(Map<String, Object> schema) {
        return Map.of(JSON, Map.of("schema", schema));
    }

    private static Map<String, Object> reference(String name) {
        return Map.of("$ref", "#/components/schemas/" + name);
    }
}
