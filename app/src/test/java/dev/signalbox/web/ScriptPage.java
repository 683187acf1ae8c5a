package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A page with everything that the panel's script acts on, open in a browser; each test finds it fresh. */
final class ScriptPage implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    final TestPages pages = new TestPages();
    private final Supplier<Path> directory;
    private World world;
    private Browser browser;

    ScriptPage(Supplier<Path> directory) {
        this.directory = directory;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        world = new World(directory.get()).start(World.unlimited(), pages::with);
        browser = Browser.start();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        browser.close();
        world.close();
    }

    @Override
    public void beforeEach(ExtensionContext context) throws InterruptedException {
        pages.received.clear();
        pages.fetched.set(0);
        browser.open(address());
        assertThat(received()).startsWith("stream");
    }

    /** Nothing that the browser was told not to do. */
    @Override
    public void afterEach(ExtensionContext context) {
        assertThat(browser.violations()).isEmpty();
    }

    Browser browser() {
        return browser;
    }

    boolean isOpen(String selector) {
        return browser.find(selector).getDomAttribute("open") != null;
    }

    Object focused() {
        return browser.run("return document.activeElement.id");
    }

    String address() {
        return "http://localhost:" + world.http().port() + "/try/page/script";
    }

    String received() throws InterruptedException {
        var request = pages.received.poll(20, TimeUnit.SECONDS);
        assertThat(request).as("a request").isNotNull();
        return request;
    }
}
