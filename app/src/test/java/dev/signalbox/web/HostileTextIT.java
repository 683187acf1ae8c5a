package dev.signalbox.web;

import static dev.signalbox.db.schema.tables.BuiltImages.BUILT_IMAGES;
import static dev.signalbox.db.schema.tables.DeploymentSteps.DEPLOYMENT_STEPS;
import static dev.signalbox.db.schema.tables.Deployments.DEPLOYMENTS;
import static dev.signalbox.db.schema.tables.Environments.ENVIRONMENTS;
import static dev.signalbox.db.schema.tables.Invitations.INVITATIONS;
import static dev.signalbox.db.schema.tables.People.PEOPLE;
import static dev.signalbox.db.schema.tables.Sessions.SESSIONS;
import static dev.signalbox.db.schema.tables.Teams.TEAMS;
import static dev.signalbox.db.schema.tables.Tokens.TOKENS;
import static dev.signalbox.db.schema.tables.Variables.VARIABLES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.accounts.Audit.Act;
import dev.signalbox.accounts.Audit.Outcome;
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
    private static final String MARK = "window.name='ran'";
    /** What a template would make of the sum in the payload. */
    private static final String COMPUTED = "910917";

    private static final String PAYLOAD =
            "<img src=x onerror=" + MARK + ">\"><svg onload=" + MARK + "></textarea></title>"
                    + "<script>" + MARK + "</script>'><a href=javascript:" + MARK + ">x</a> javascript:" + MARK
                    + " ${130131*7} [[${130131*7}]] [(${130131*7})] __${130131*7}__ *{130131*7} {{130131*7}}";

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

    /** What the engine lets through of one line that never ends. */
    private static final int LONGEST_LINE = 64 << 10;

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
        poison(world);
        poisonRelease(world);
        tour = Tour.of(world, story.mara, "acme-shop", "web", 140, "VAT_API_KEY");
        browser = Browser.start();
        tour.signIn(browser);
    }

    @AfterAll
    static void stop() {
        browser.close();
        story.close();
    }

    /** What is stored, each with its own word before it. */
    private static String hostile(String word) {
        return word + "-word " + PAYLOAD;
    }

    private static void poison(World world) {
        world.db.change(sql -> {
            sql.update(TEAMS)
                    .set(TEAMS.NAME, hostile("team"))
                    .where(TEAMS.ID.eq(story.team.teamId()))
                    .execute();
            sql.update(PEOPLE)
                    .set(PEOPLE.NAME, hostile("person"))
                    .where(PEOPLE.NAME.eq("Mara Lindqvist"))
                    .execute();
            sql.update(PEOPLE)
                    .set(PEOPLE.EMAIL, hostile("mail"))
                    .where(PEOPLE.NAME.eq("Priya Raman"))
                    .execute();
            sql.update(TOKENS).set(TOKENS.NAME, hostile("token")).execute();
            sql.update(SESSIONS)
                    .set(SESSIONS.AGENT, hostile("agent"))
                    .set(SESSIONS.ADDRESS, hostile("address"))
                    .execute();
            sql.update(INVITATIONS)
                    .set(INVITATIONS.INVITED_BY, hostile("inviter"))
                    .execute();
            sql.update(ENVIRONMENTS)
                    .set(ENVIRONMENTS.BRANCH, hostile("branch"))
                    .where(ENVIRONMENTS.NAME.eq("staging"))
                    .execute();
            sql.update(DEPLOYMENTS)
                    .set(DEPLOYMENTS.SUBJECT, hostile("subject"))
                    .set(DEPLOYMENTS.ACTOR, hostile("actor"))
                    .set(DEPLOYMENTS.REF, "refs/heads/" + hostile("ref"))
                    .execute();
            sql.update(DEPLOYMENTS)
                    .set(DEPLOYMENTS.REASON, hostile("reason"))
                    .where(DEPLOYMENTS.STATE.eq("failed"))
                    .execute();
            sql.update(DEPLOYMENT_STEPS)
                    .set(DEPLOYMENT_STEPS.DETAIL, hostile("step"))
                    .execute();
            sql.update(BUILT_IMAGES)
                    .set(BUILT_IMAGES.DOCKERFILE, hostile("dockerfile"))
                    .execute();
            sql.update(VARIABLES).set(VARIABLES.UPDATED_BY, hostile("setter")).execute();
        });
        var visit = hostile("from");
        for (var outcome : Outcome.values()) {
            world.audit.record(new Act(
                    story.team,
                    hostile("who"),
                    hostile("what"),
                    hostile("whereon"),
                    outcome,
                    visit,
                    "req_x",
                    hostile("about")));
        }
        world.audit.record(new Act(
                story.team,
                "x",
                "variables.change",
                hostile("whereon"),
                Outcome.DONE,
                visit,
                "req_y",
                hostile("names")));
    }

    /** A release whose variables and processes nobody could have entered, and a log of all sorts. */
    private static void poisonRelease(World world) {
        var history = new History(world, web);
        var id = history.underWay(150, hostile("subject"), "starting", 3, 1);
        var command = hostile("command").replace("\"", "'");
        history.release(
                id,
                150,
                Map.of(hostile("variable"), hostile("value")),
                History.process(hostile("process").replace("\"", "'"), command, 2),
                History.process("release", command, 1));
        history.log(id).line(hostile("ours"));
        for (var line : lines()) history.log(id).output("  web.1 | " + line);
        history.log(id).output("y".repeat(2 * LONGEST_LINE));
    }

    /** What programs print to make terminals do things. */
    private static List<String> lines() {
        return List.of(
                hostile("printed"),
                "\u001b[31mcoloured-word " + PAYLOAD + "\u001b[0m",
                "\u001b]8;;javascript:" + MARK + "\u0007link-word\u001b]8;;\u0007",
                "\u001b]0;title-word" + PAYLOAD + "\u0007after-title",
                "\u001b[2J\u001b[Hcleared-word",
                "overwritten\rcarriage-word",
                "lone-word \ud800 \udc00 \u0000 \u202e \u009b31m");
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
        assertThat(text + browser.driver().getTitle()).as("sums at " + what).doesNotContain(COMPUTED);
        return text;
    }

    private static void nothingWasRefused() {
        assertThat(browser.violations()).isEmpty();
    }

    @Test
    void everyPageShowsItAsText() {
        var pages = new ArrayList<>(tour.pages());
        var query = "=" + URLEncoder.encode(PAYLOAD, StandardCharsets.UTF_8);
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
                "/sign-in?to=javascript:" + MARK,
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
                web, Map.of("HOSTILE", Optional.of(new Secret(hostile("secret")))), new Seen.Anything(), "somebody");
        open(AcmeStory.WEB + "/variables");
        browser.find("form[action$='/HOSTILE/reveal'] button").click();
        browser.await("the value", () -> browser.text("main").contains("secret-word"));
        assertThat(see("a revealed value")).contains(hostile("secret"));
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
            browser.run(SEND, tour.path(route.heading().path()), tour.who().csrf(), names(fields), PAYLOAD);
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
        var container = story.print(web, lines().toArray(String[]::new));
        story.world.engine.printError(container, "z".repeat(LONGEST_LINE));
        story.world.engine.print(container, "last-word");
        browser.await(
                "it is kept",
                () -> story.world.features.logs().tail(web.id(), 1).stream()
                        .anyMatch(line -> line.text().contains("last-word")));
        for (var path : List.of(AcmeStory.WEB + "/logs", AcmeStory.WEB + "/deployments/150")) {
            var text = open(path);
            assertThat(text)
                    .contains(
                            hostile("printed"), "coloured-word " + PAYLOAD, "link-word", "after-title", "cleared-word")
                    .contains("carriage-word", "lone-word")
                    .doesNotContain("\u001b", "\u0007", "\u0000", "\u009b", "title-word<");
            assertThat(text.length()).as(path).isLessThan(LARGEST);
        }
        assertThat(open(AcmeStory.WEB + "/deployments/150")).contains("[line cut]");
        assertThat(browser.driver().getTitle()).doesNotContain("title-word");
        nothingWasRefused();
    }
}
