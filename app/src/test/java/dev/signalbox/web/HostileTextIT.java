package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.projects.Seen;
import dev.signalbox.projects.Workload;
import dev.signalbox.secrets.Secret;
import java.lang.reflect.RecordComponent;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is stored, printed or typed is text to a browser and to the templates, and never more. */
class HostileTextIT {
    /** What only hostile text could have put into a page. */
    private static final String INTRUDERS = """
            return [...document.querySelectorAll('img, iframe, object, embed, base, [onerror], [onload], [onclick], [style],'
                + 'script:not([src]), a[href^="javascript:" i], form[action^="javascript:" i]')].map(each => each.outerHTML)
            """;

    private static final String TEXT = """
            return [...document.querySelectorAll('input, textarea')].map(each => each.value)
                .concat(document.body.textContent).join(' ')
            """;

    private static final String SEND = """
            const [path, csrf, names, text] = arguments
            const form = Object.assign(document.createElement('form'), { method: 'post', action: path, id: 'sent' })
            for (const [name, value] of [['_csrf', csrf], ...names.map(name => [name, text])])
                form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }))
            document.body.append(form)
            form.submit()
            """;

    /** What some page has to show, each after its own word. */
    private static final List<String> STORED = List.of(
            "team",
            "person",
            "mail",
            "token",
            "agent",
            "inviter",
            "branch",
            "subject",
            "actor",
            "ref",
            "reason",
            "step",
            "dockerfile",
            "setter",
            "who",
            "what",
            "about",
            "variable",
            "process",
            "command",
            "ours",
            "printed");

    private static final int LARGEST = 1 << 20;

    @TempDir
    static Path directory;

    private static AcmeStory story;
    private static Workload web;
    private static Browser browser;
    private static Tour tour;

    @BeforeAll
    static void start() {
        story = AcmeStory.told(directory);
        var world = story.world;
        var shop = world.projects.find(story.team, "acme-shop").orElseThrow();
        web = world.workload(shop, world.projects.findService(shop, "web").orElseThrow());
        Poison.into(story, web);
        tour = Tour.of(world, story.mara, "acme-shop", "web", 140, "VAT_API_KEY");
        browser = Browser.start();
        tour.signIn(browser);
    }

    @AfterAll
    static void stop() {
        browser.close();
        story.close();
    }

    // Looking ---------------------------------------------------------------------------------------------------------

    private static String open(String path) {
        browser.open(tour.address() + path);
        return see(path);
    }

    /** The text of the page that is open; that it is only text was seen by then. */
    private static String see(String what) {
        assertThat((List<?>) browser.run(INTRUDERS)).as("intruders at " + what).isEmpty();
        assertThat(browser.run("return window.name")).as("scripts at " + what).isEqualTo("");
        var text = (String) browser.run(TEXT);
        assertThat(text + browser.driver().getTitle()).as("sums at " + what).doesNotContain(Poison.COMPUTED);
        return text;
    }

    private static void nothingWasRefused() {
        assertThat(browser.violations()).isEmpty();
    }

    @Test
    void everyPageShowsItAsText() {
        var pages = new ArrayList<>(tour.pages());
        var query = "=" + URLEncoder.encode(Poison.PAYLOAD, StandardCharsets.UTF_8);
        pages.addAll(List.of(
                AcmeStory.WEB + "/deployments/150",
                AcmeStory.WEB + "/deployments/142",
                AcmeStory.WEB + "/deployments/150?find" + query,
                AcmeStory.WORKER,
                AcmeStory.WORKER + "/deployments/61",
                AcmeStory.WEB + "/logs?find" + query,
                "/projects/acme-shop/environments/staging",
                "/projects/acme-shop/environments/staging/services/web/push",
                "/search?q" + query,
                "/audit?q" + query,
                "/sign-in?to" + query,
                "/sign-in?to=javascript:" + Poison.MARK,
                "/no" + query));
        var shown = new StringBuilder();
        for (var page : pages) shown.append(open(page)).append('\n');
        nothingWasRefused();
        for (var word : STORED)
            assertThat(shown.indexOf(word + "-word <img src=x")).as(word).isNotNegative();
    }

    @Test
    void dialogsShowItAsText() {
        var links = 0;
        for (var page : List.of(
                AcmeStory.SHOP + "/settings", AcmeStory.WEB + "/settings", AcmeStory.WEB + "/variables", "/team")) {
            open(page);
            var dialogs = browser.all("[data-dialog]").size();
            for (int i = 0; i < dialogs; i++) {
                browser.run("document.querySelectorAll('[data-dialog]')[arguments[0]].click()", i);
                browser.await(
                        "a dialog of " + page,
                        () -> !browser.all("dialog[open]").isEmpty());
                see("dialog " + i + " of " + page);
                browser.run("document.querySelector('dialog[open]').close()");
                browser.await("no dialog", () -> browser.all("dialog[open]").isEmpty());
            }
            links += dialogs;
        }
        assertThat(links).isGreaterThan(5);
        nothingWasRefused();
    }

    @Test
    void aRevealedValueIsText() {
        story.world.variables.change(
                web,
                Map.of("HOSTILE", Optional.of(new Secret(Poison.hostile("secret")))),
                new Seen.Anything(),
                "somebody");
        open(AcmeStory.WEB + "/variables");
        browser.find("form[action$='/HOSTILE/reveal'] button").click();
        browser.await("the value", () -> browser.text("main").contains("secret-word"));
        assertThat(see("a revealed value")).contains(Poison.hostile("secret"));
        nothingWasRefused();
    }

    /** Whatever a rule refuses stands in the form again, and nothing was done with it. */
    @Test
    void everyFormGivesItBackAsText() {
        var forms = 0;
        for (var route : story.world.routes().pages()) {
            var fields = route.form().getRecordComponents();
            if (!route.heading().verb().writes() || fields == null || fields.length == 0) continue;
            browser.open(tour.address() + "/account");
            browser.run(SEND, tour.path(route.heading().path()), tour.who().csrf(), names(fields), Poison.PAYLOAD);
            browser.await(
                    "an answer to " + route.id(), () -> browser.all("#sent").isEmpty());
            see(route.id());
            assertThat(tour.who().get(AcmeStory.WEB).status())
                    .as("the service after " + route.id())
                    .isEqualTo(200);
            forms++;
        }
        assertThat(forms).isGreaterThan(15);
        nothingWasRefused();
    }

    private static List<String> names(RecordComponent[] fields) {
        return Arrays.stream(fields).map(RecordComponent::getName).toList();
    }

    @Test
    void whatAppsPrintIsNeutralised() {
        var container = story.print(web, Poison.lines().toArray(String[]::new));
        story.world.engine.printError(container, "z".repeat(Poison.LONGEST_LINE));
        story.world.engine.print(container, "last-word");
        browser.await(
                "it is kept",
                () -> story.world.features.logs().tail(web.id(), 1).stream()
                        .anyMatch(line -> line.text().contains("last-word")));
        for (var path : List.of(AcmeStory.WEB + "/logs", AcmeStory.WEB + "/deployments/150")) {
            var text = open(path);
            assertThat(text)
                    .contains(
                            Poison.hostile("printed"),
                            "coloured-word " + Poison.PAYLOAD,
                            "link-word",
                            "after-title",
                            "cleared-word")
                    .contains("carriage-word", "lone-word")
                    .doesNotContain("\u001b", "\u0007", "\u0000", "\u009b", "title-word<");
            assertThat(text.length()).as(path).isLessThan(LARGEST);
        }
        assertThat(open(AcmeStory.WEB + "/deployments/150")).contains("[line cut]");
        assertThat(browser.driver().getTitle()).doesNotContain("title-word");
        nothingWasRefused();
    }
}
