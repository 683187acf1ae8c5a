package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The document is right: every operation is called, and what goes in and out is as it says. */
class OpenApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private World world;
    private JsonNode document;

    @BeforeEach
    void start() {
        world = new World(directory).start();
        document = world.http().get("/api/v1/openapi.json").send().json();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void itListsEveryOperationOnce() {
        assertThat(document.path("openapi").asText()).isEqualTo("3.1.0");
        assertThat(document.findValuesAsText("operationId"))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(world.routes().operations().stream()
                        .map(operation -> operation.heading().name())
                        .toList());
    }

    @Test
    void everyRequestAndAnswerIsAsItSays() throws IOException {
        var token = world.owner();
        for (var operation : world.routes().operations()) {
            var scene = Scene.of(world, world.team);
            var described = described(operation);
            var body = Scene.body(operation.heading().name());
            if (!body.isEmpty()) {
                var schema = described.at("/requestBody/content/application~1json/schema");
                assertThat(problems(schema, JSON.readTree(body.replace("FRESH", Scene.fresh(world)))))
                        .as("request of " + operation.id())
                        .isEmpty();
            }
            var reply = scene.ask(world, operation).as(token).send();
            var answers = described.path("responses").path(Integer.toString(reply.status()));
            assertThat(answers.isMissingNode())
                    .as(operation.id() + ": " + reply)
                    .isFalse();
            assertThat(problems(answers.at("/content/application~1json/schema"), reply.json()))
                    .as(operation.id() + ": " + reply)
                    .isEmpty();
        }
    }

    @Test
    void everyRefusalIsAsItSays() {
        for (var operation : world.routes().operations()) {
            for (var token : new String[] {"none", world.owner()}) {
                var reply = Scene.ofNothing(world, Scene.of(world, world.team))
                        .ask(world, operation)
                        .as(token)
                        .send();
                if (reply.status() < 400) continue;
                var schema = document.at("/components/responses/Error/content/application~1json/schema");
                assertThat(problems(schema, reply.json()))
                        .as(operation.id() + ": " + reply)
                        .isEmpty();
            }
        }
    }

    @Test
    void aFieldTooManyIsNotItsFault() throws IOException {
        var schema = document.at("/components/schemas/ProjectView");
        assertThat(problems(schema, JSON.readTree("{\"self\":\"\",\"surprise\":1}")))
                .isNotEmpty();
    }

    private JsonNode described(Operation<?, ?, ?> operation) {
        return document.path("paths")
                .path(operation.heading().path())
                .path(operation.heading().verb().name().toLowerCase(Locale.ROOT));
    }

    /** The schema refers to others of the document, so it is looked at in their company. */
    private Set<ValidationMessage> problems(JsonNode schema, JsonNode value) {
        assertThat(schema.isObject()).as("there is a schema").isTrue();
        ObjectNode whole = schema.deepCopy();
        whole.set("components", document.path("components"));
        return JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(whole)
                .validate(value);
    }
}
