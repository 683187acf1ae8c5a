package dev.signalbox.routing;

import dev.signalbox.engine.EngineExtension;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real proxy for a test class, and for each test two backends and no routes. */
final class ProxyExtension implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    private final EngineExtension docker = new EngineExtension();
    private final Supplier<Path> directory;
    private TestProxy proxy;
    private TestBackend blue;
    private TestBackend green;

    ProxyExtension(Supplier<Path> directory) {
        this.directory = directory;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws InterruptedException {
        docker.beforeAll(context);
        proxy = new TestProxy(docker, directory.get());
        proxy.routing.ensureProxy();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        blue = new TestBackend("blue");
        green = new TestBackend("green");
    }

    @Override
    public void afterEach(ExtensionContext context) {
        blue.close();
        green.close();
        proxy.routing.retainOnly(Set.of());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        try {
            proxy.close();
        } finally {
            docker.afterAll(context);
        }
    }

    TestProxy proxy() {
        return proxy;
    }

    Routing routing() {
        return proxy.routing;
    }

    TestBackend blue() {
        return blue;
    }

    TestBackend green() {
        return green;
    }
}
