package dev.signalbox.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Clock;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives a test class the real engine under an instance of its own, and removes afterwards whatever carries that instance's
 * name; before, what crashed runs left. To be registered as a static field.
 *
 * <p>Without Docker, tests are skipped with a word on a laptop and fail in CI.
 */
public final class EngineExtension implements BeforeAllCallback, AfterAllCallback {
    /** Made by {@code installer/images/build debian}. */
    public static final String DEBIAN = "debian:trixie-slim";

    private final TestInstance instance = TestInstance.fresh();
    private DockerConnection connection;
    private DockerEngine engine;
    private boolean available;

    public static URI host() {
        var configured = System.getenv("DOCKER_HOST");
        return URI.create(configured == null || configured.isEmpty() ? "unix:///var/run/docker.sock" : configured);
    }

    public Engine engine() {
        return engine;
    }

    /** For programs under test that connect by themselves: what they make is cleaned up with the rest. */
    public String instance() {
        return instance.toString();
    }

    /** A name in Docker that no other test has. */
    public String name(String suffix) {
        return "signalbox-" + instance + "-" + suffix;
    }

    public ImageId image(String reference) {
        return engine.findImage(reference)
                .map(Image::id)
                .orElseThrow(() -> new AssertionError(
                        "There is no image " + reference + ". Run installer/images/build, then the test again."));
    }

    /** A container with everything that Docker knows of it. */
    public JsonNode inspect(ContainerId id) {
        return connection.ask("inspect", session -> session.get("/containers/" + id + "/json"));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        // Here and not in the constructor: a class that is tried once more has the same extension once more.
        connection = new DockerConnection(host(), TimeLimits.DEFAULT);
        engine = DockerEngine.connect(host(), instance(), Clock.systemUTC());
        try {
            engine.version();
            available = true;
        } catch (EngineException e) {
            if ("true".equals(System.getenv("CI"))) throw e;
            var skipped = "Skipped " + context.getDisplayName() + ", since it needs Docker: " + e.getMessage();
            System.err.println(skipped);
            Assumptions.abort(skipped);
        }
        new Cleaner(connection).remove(TestInstance::isLeftOver);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        try {
            if (available) new Cleaner(connection).remove(instance()::equals);
        } finally {
            engine.close();
            connection.close();
        }
    }

    DockerConnection connection() {
        return connection;
    }
}
