package dev.signalbox.web;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A real browser without a screen: it sees what a person sees and hears what the console says. */
public final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long GLANCE_NANOS = 20_000_000;
    private static final String VIOLATION = "Content Security Policy";

    /** It warns of each browser that is newer than itself; what it misses then is not used. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    private final Path profile;
    private final ChromeDriver driver;
    private final List<String> complaints = new ArrayList<>();

    private Browser(Path profile, ChromeDriver driver) {
        this.profile = profile;
        this.driver = driver;
        size(Size.DESKTOP);
        theme(Theme.LIGHT);
    }

    /** What it is looked at with. */
    enum Size {
        PHONE(390, 844, true),
        DESKTOP(1280, 800, false);

        private final int width;
        private final int height;
        private final boolean touched;

        Size(int width, int height, boolean touched) {
            this.width = width;
            this.height = height;
            this.touched = touched;
        }

        int width() {
            return width;
        }
    }

    /** What the person's system prefers. */
    enum Theme {
        LIGHT,
        DARK;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static Browser start() {
        return start(List.of());
    }

    /** One in which no page runs a script; the tests can still look into it. */
    public static Browser withoutScripts() {
        return start(List.of("--blink-settings=scriptEnabled=false"));
    }

    private static Browser start(List<String> more) {
        for (var program : List.of(CHROMIUM, DRIVER)) {
            if (!Files.isExecutable(program)) {
                throw new IllegalStateException("There is no " + program + ". Run ./dev setup.");
            }
        }
        try {
            SELENIUM.setLevel(Level.SEVERE);
            var profile = Files.createTempDirectory("signalbox-browser");
            // Both programs are named: nothing looks for others, here or on the network.
            var service = new ChromeDriverService.Builder()
                    .usingDriverExecutable(DRIVER.toFile())
                    .usingAnyFreePort()
                    .withLogOutput(OutputStream.nullOutputStream())
                    .build();
            var driver = new ChromeDriver(service, options(profile, more));
            driver.manage().timeouts().pageLoadTimeout(PATIENCE).scriptTimeout(PATIENCE);
            return new Browser(profile, driver);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ChromeOptions options(Path profile, List<String> more) {
        var logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        var options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        options.addArguments(
                "--headless=new",
                // Containers give no right to it; every page here is ours.
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-default-apps",
                "--disable-domain-reliability",
                "--disable-extensions",
                "--disable-sync",
                "--no-pings",
                // Nothing but this machine has an address.
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1",
                "--force-color-profile=srgb",
                "--lang=en",
                "--user-data-dir=" + profile);
        options.addArguments(more);
        return options;
    }

    public ChromeDriver driver() {
        return driver;
    }

    void size(Size size) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", size.width, "height", size.height, "deviceScaleFactor", 1, "mobile", size.touched));
        driver.executeCdpCommand("Emulation.setTouchEmulationEnabled", Map.of("enabled", size.touched));
    }

    /** Nothing moves either, so that two pictures of one page are the same. */
    void theme(Theme theme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", theme.word()),
                                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    }

    public void open(String url) {
        driver.get(url);
    }

    public WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    public List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** What is written there, seen or not. */
    public String text(String selector) {
        return find(selector).getDomProperty("textContent");
    }

    /** Presses keys, wherever the focus is. */
    public void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** Runs a script of the test's own in the page, whether or not the page may run any. */
    public Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    void await(String what, BooleanSupplier condition) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!isSo(condition)) {
            if (System.nanoTime() > end) throw new AssertionError("It did not come to this: " + what);
            LockSupport.parkNanos(GLANCE_NANOS);
        }
    }

    private static boolean isSo(BooleanSupplier condition) {
        try {
            return condition.getAsBoolean();
        } catch (StaleElementReferenceException e) {
            // Another page, or another part, has come meanwhile.
            return false;
        }
    }

    /** What was refused by the pages' own policies so far. */
    public List<String> violations() {
        return complaints().filter(text -> text.contains(VIOLATION)).toList();
    }

    /** What else the console has shown as an error so far. */
    public List<String> errors() {
        return complaints().filter(text -> !text.contains(VIOLATION)).toList();
    }

    private Stream<String> complaints() {
        for (var entry : driver.manage().logs().get(LogType.BROWSER)) {
            if (isComplaint(entry)) complaints.add(entry.getMessage());
        }
        return complaints.stream();
    }

    private static boolean isComplaint(LogEntry entry) {
        return entry.getLevel().equals(Level.SEVERE) || entry.getMessage().contains(VIOLATION);
    }

    /** The whole page, as long as it is, as a PNG. */
    public void screenshot(Path file) {
        var metrics = (Map<?, ?>)
                driver.executeCdpCommand("Page.getLayoutMetrics", Map.of()).get("cssContentSize");
        var picture = driver.executeCdpCommand(
                "Page.captureScreenshot",
                Map.of(
                        "captureBeyondViewport",
                        true,
                        "clip",
                        Map.of(
                                "x",
                                0,
                                "y",
                                0,
                                "width",
                                run("return innerWidth"),
                                "height",
                                ((Number) metrics.get("height")).intValue(),
                                "scale",
                                1)));
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, Base64.getDecoder().decode((String) picture.get("data")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path profile() {
        return profile;
    }

    /** Those that were started for this browser and still run. */
    static List<ProcessHandle> processes(Path profile) {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().arguments().stream()
                        .flatMap(Stream::of)
                        .anyMatch(argument -> argument.contains(profile.toString())))
                .toList();
    }

    @Override
    public void close() {
        var processes = processes(profile);
        try {
            driver.quit();
        } finally {
            for (var process : processes) process.destroyForcibly();
            await("the browser has ended", () -> processes.stream().noneMatch(ProcessHandle::isAlive));
            removeProfile();
        }
    }

    private void removeProfile() {
        try (var files = Files.walk(profile)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
