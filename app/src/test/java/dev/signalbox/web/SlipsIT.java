package dev.signalbox.web;

import static dev.signalbox.db.schema.tables.Deployments.DEPLOYMENTS;
import static dev.signalbox.db.schema.tables.Environments.ENVIRONMENTS;
import static dev.signalbox.db.schema.tables.Invitations.INVITATIONS;
import static dev.signalbox.db.schema.tables.Projects.PROJECTS;
import static dev.signalbox.db.schema.tables.Services.SERVICES;
import static dev.signalbox.db.schema.tables.Tokens.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.accounts.PeopleKit;
import dev.signalbox.accounts.Role;
import dev.signalbox.projects.Environment;
import dev.signalbox.projects.Seen;
import dev.signalbox.projects.Workload;
import dev.signalbox.secrets.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** What people do to forms by mistake, in a browser, with scripts and without: it costs them nothing. */
class SlipsIT {
    private static final Pattern NO_PAGE = Pattern.compile("/live|/stream|/export|/download|\\.txt|\\.csv");

    /** What scenes call their things. */
    private static final Pattern NAMES = Pattern.compile("x[a-z0-9]{12}|[a-z0-9]{8}$|#[0-9]+");

    /** All submit buttons of the page itself, those outside their form too. */
    private static final String BUTTONS = "main form[method=post] button[type=submit], main button[form]";

    @TempDir
    static Path directory;

    private static World world;
    private static Browser withScripts;
    private static Browser withoutScripts;

    @BeforeAll
    static void start() {
        world = new World(directory).start();
        withScripts = Browser.start();
        withoutScripts = Browser.withoutScripts();
    }

    @AfterAll
    static void stop() {
        withScripts.close();
        withoutScripts.close();
        world.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoIsOvertakenIsToldAndOverwritesNothing(boolean scripts) {
        var browser = browser(scripts);
        var scene = Scene.of(world, world.team);
        signIn(browser, world.signIn(Role.MEMBER));
        browser.open(address(scene.path(Paths.WORKLOAD + "/variables/GREETING/edit")));
        browser.find("#value").sendKeys("good morning");
        world.clock.advance(Duration.ofMinutes(2));
        var edits = Map.of("GREETING", Optional.of(new Secret("good evening")));
        world.variables.change(workload(scene), edits, new Seen.Anything(), "Jonas");
        browser.find("button[form=set-form]").click();
        browser.await("told", () -> browser.text("main").contains("Nothing was overwritten."));
        assertThat(browser.text("main")).contains("Jonas changed GREETING");
        assertThat(value(scene)).isEqualTo("good evening");
        assertThat(browser.find("#value").getDomProperty("value")).isEqualTo("good morning");
        browser.find("button[form=set-form]").click();
        browser.await("saved", () -> browser.text("body").contains("GREETING is set."));
        assertThat(value(scene)).isEqualTo("good morning");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatWasTypedOutlivesTheSession(boolean scripts) {
        var browser = browser(scripts);
        var scene = Scene.of(world, world.team);
        var member = world.signIn(Role.MEMBER);
        signIn(browser, member);
        browser.open(address(scene.path(Paths.WORKLOAD + "/variables/GREETING/edit")));
        browser.find("#value").sendKeys("good morning");
        world.sessions.end(member.session());
        browser.find("button[form=set-form]").click();
        browser.await("asked", () -> browser.text("main").contains("Your session has ended."));
        assertThat(value(scene)).isEqualTo("hello");
        browser.find("#email").sendKeys(member.session().person().email());
        browser.find("#password").sendKeys(PeopleKit.PASSWORD);
        browser.find("main button").click();
        browser.await("shown again", () -> browser.text("h1").equals("Send it again"));
        assertThat(value(scene)).isEqualTo("hello");
        browser.find("main button").click();
        browser.await("saved", () -> browser.text("body").contains("GREETING is set."));
        assertThat(value(scene)).isEqualTo("good morning");
    }

    /** Then, after going back, it is pressed once more. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aButtonThatIsPressedTwiceDoesOnce(boolean scripts) {
        var browser = browser(scripts);
        var pressed = new LinkedHashSet<String>();
        var complaints = new ArrayList<String>();
        for (var page : world.routes().pages()) {
            var heading = page.heading();
            if (heading.verb().writes() || NO_PAGE.matcher(heading.path()).find()) continue;
            openAsOwner(browser, heading.path());
            for (var button : names(browser)) {
                var what = heading.path() + ": " + button;
                if (!pressed.add(what)) continue;
                openAsOwner(browser, heading.path());
                complaints.addAll(pressTwice(scripts, button, what));
            }
        }
        assertThat(pressed).hasSizeGreaterThan(20);
        assertThat(complaints).isEmpty();
        assertThat(browser.violations()).isEmpty();
    }

    private List<String> pressTwice(boolean scripts, String name, String what) {
        var browser = browser(scripts);
        var complaints = new ArrayList<String>();
        var before = counts();
        fill(browser);
        browser.run("document.documentElement.dataset.old = ''");
        new Actions(browser.driver()).doubleClick(button(browser, name)).perform();
        // Where no script says that a form is on its way, nothing does before the next page is there.
        if (!scripts)
            browser.await("another page", () -> browser.all("html[data-old]").isEmpty());
        settle(browser);
        if (status(browser) >= 500) complaints.add(what + ", pressed twice: " + status(browser));
        counts().forEach((thing, count) -> {
            var more = count - before.get(thing);
            if (more > 1) complaints.add(what + ", pressed twice: " + more + " " + thing);
        });
        browser.driver().navigate().back();
        settle(browser);
        if (!names(browser).contains(name)) return complaints;
        fill(browser);
        button(browser, name).click();
        settle(browser);
        if (status(browser) >= 500) complaints.add(what + ", after going back: " + status(browser));
        return complaints;
    }

    private static Map<String, Integer> counts() {
        return world.db.read(sql -> Map.of(
                "projects", sql.fetchCount(PROJECTS),
                "services", sql.fetchCount(SERVICES),
                "environments", sql.fetchCount(ENVIRONMENTS) - Environment.FIRST.size() * sql.fetchCount(PROJECTS),
                "deployments", sql.fetchCount(DEPLOYMENTS),
                "invitations", sql.fetchCount(INVITATIONS),
                "tokens", sql.fetchCount(TOKENS, TOKENS.REVOKED_AT.isNull())));
    }

    /** What differs between buttons for a reader, whatever rows they are in. */
    private static Set<String> names(Browser browser) {
        var names = new LinkedHashSet<String>();
        for (var button : browser.all(BUTTONS)) if (button.isDisplayed()) names.add(name(button));
        return names;
    }

    private static String name(WebElement button) {
        var text = button.getText().strip();
        return NAMES.matcher(text.isEmpty() ? button.getDomAttribute("title") : text)
                .replaceAll("…");
    }

    private static WebElement button(Browser browser, String name) {
        var found = browser.all(BUTTONS).stream()
                .filter(button -> button.isDisplayed() && name(button).equals(name))
                .findFirst()
                .orElseThrow();
        // Not below the bar at the top.
        browser.run("arguments[0].scrollIntoView({ block: 'center' })", found);
        return found;
    }

    /** Something sensible in each field that is empty. */
    private static void fill(Browser browser) {
        for (var field : browser.all("main input[required], main textarea[required]")) {
            if (!field.isDisplayed() || !field.getDomProperty("value").isEmpty()) continue;
            field.sendKeys(
                    switch (field.getDomAttribute("name")) {
                        case "confirm" -> browser.text("label[for=confirm] code");
                        case "current" -> PeopleKit.PASSWORD;
                        case "password" -> "five other words do";
                        case "values" -> "LOG_LEVEL=debug";
                        case "name" -> browser.all("textarea[name=value]").isEmpty() ? Scene.fresh(world) : "LOG_LEVEL";
                        default -> Scene.fresh(world);
                    });
        }
    }

    private static void settle(Browser browser) {
        browser.await(
                "nothing is on its way",
                () -> browser.run("return document.readyState").equals("complete")
                        && browser.all("[aria-busy], .htmx-request").isEmpty());
    }

    private static long status(Browser browser) {
        return (Long) browser.run("return performance.getEntriesByType('navigation')[0].responseStatus");
    }

    private static void openAsOwner(Browser browser, String path) {
        var scene = Scene.of(world, world.team);
        if (path.contains("{service}")) {
            browser.await(
                    "its deployment has ended",
                    () -> world.deploys.newest(workload(scene)).orElseThrow().finishedAt() != null);
        }
        signIn(browser, world.signIn(Role.OWNER));
        browser.open(address(scene.path(path)));
    }

    private static void signIn(Browser browser, Browsing somebody) {
        browser.open(address("/favicon.svg"));
        browser.driver().manage().deleteAllCookies();
        browser.driver()
                .manage()
                .addCookie(new Cookie("signalbox", somebody.started().cookie().reveal()));
    }

    private static Workload workload(Scene scene) {
        var project =
                world.projects.find(world.team, scene.names().get("project")).orElseThrow();
        return world.workload(project, scene.service());
    }

    private static String value(Scene scene) {
        return world.variables.find(workload(scene), "GREETING").orElseThrow().reveal();
    }

    private static Browser browser(boolean scripts) {
        return scripts ? withScripts : withoutScripts;
    }

    private static String address(String path) {
        return "http://localhost:" + world.http().port() + path;
    }
}
