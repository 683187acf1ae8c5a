package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nobody owns the machine: the link that root printed is the only way in, it works once, and everything else is shut. */
class SetupPagesTest {
    private static final String PASSWORD = "all unrelated words of hers";
    private static final String WRONG = "/setup/" + "A".repeat(43);

    @TempDir
    Path directory;

    private World world;
    private Visitor visitor;

    @BeforeEach
    void start() {
        world = new World(directory, false).start();
        visitor = Visitor.of(world);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void untilThenEverythingElseIsShut() {
        for (var path : new String[] {"/", "/projects", "/sign-in", "/team", "/join/x", "/keys", "/nowhere"}) {
            var reply = visitor.get(path);
            assertThat(reply.status()).as(path).isEqualTo(503);
            assertThat(reply.body()).contains("Nobody has set up this machine yet", "sudo signalbox setup-token");
        }
        var api = world.http().get("/api/v1/projects").as(world.owner()).send();
        assertThat(api.status()).isEqualTo(503);
        assertThat(api.code()).isEqualTo("setup_pending");
        assertThat(visitor.send("/sign-in", Map.of("email", "a@b.example", "password", "x"))
                        .status())
                .isEqualTo(503);
        assertThat(visitor.get("/health").status()).isEqualTo(200);
        assertThat(visitor.get("/static/signalbox.css").status()).isEqualTo(200);
        assertThat(visitor.get("/setup").status()).isEqualTo(503);
    }

    @Test
    void theLinkMakesTheOwnerAndSignsIn() {
        var path = link();
        assertThat(visitor.get(path).body()).contains("<h1>First start</h1>", "name=\"team\"");
        var done = visitor.send(path, form());
        assertThat(done.status()).as(done.body()).isEqualTo(303);
        assertThat(done.header("Location")).hasValue("/projects");
        var page = visitor.with(Visitor.cookieOf(done)).get("/team");
        assertThat(page.body()).contains("You are alone in Acme", "Mara Lindqvist", "Owner");
    }

    @Test
    void onceUsedItIsClosed() {
        var path = link();
        visitor.send(path, form());
        for (var again : new Http.Reply[] {visitor.get(path), visitor.send(path, form()), visitor.get("/setup")}) {
            assertThat(again.status()).isEqualTo(410);
            assertThat(again.body()).contains("This machine has its owner", "Nothing was changed.");
        }
        assertThat(world.people.newSetupToken()).isEmpty();
        assertThat(visitor.get("/register").status()).isEqualTo(404);
    }

    @Test
    void aLinkEndsAfterHalfAnHourAndWithTheNextOne() {
        var first = link();
        var second = link();
        assertThat(visitor.get(first).status()).isEqualTo(403);
        assertThat(visitor.get(second).status()).isEqualTo(200);
        world.clock.advance(Duration.ofMinutes(31));
        for (var path : new String[] {first, second, WRONG}) {
            assertThat(visitor.get(path).status()).isEqualTo(403);
            var refused = visitor.send(path, form());
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.body()).contains("This link does not work any more", "sudo signalbox setup-token");
        }
        assertThat(world.people.isSetUp()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name | '' | Use 1 to 60 characters for the name",
                "email | mara@acme | has no domain ending",
                "password | short | This password has 5 characters. Use at least 12",
                "password | signalbox password | Leave signalbox out of the password",
                "team | '' | Use 1 to 60 characters for the team"
            })
    void whatIsWrongIsSaidAtItsFieldAndTheRestIsKept(String field, String typed, String sentence) {
        var fields = new HashMap<>(form());
        fields.put(field, typed);
        var path = link();
        var refused = visitor.send(path, fields);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains(sentence, "id=\"" + field + "-e\"", "aria-invalid=\"true\"");
        assertThat(refused.body().split("class=\"error\"", -1)).hasSize(2);
        if (!field.equals("name")) assertThat(refused.body()).contains("value=\"Mara Lindqvist\"");
        assertThat(refused.body()).doesNotContain(PASSWORD);
        assertThat(world.people.isSetUp()).isFalse();
        assertThat(visitor.send(path, form()).status()).isEqualTo(303);
    }

    @Test
    void namesThatAreHtmlStayText() {
        var fields = new HashMap<>(form());
        fields.put("name", "<img src=x onerror=alert(1)>");
        fields.put("email", "\"><script>alert(1)</script>");
        var refused = visitor.send(link(), fields);
        assertThat(refused.body()).doesNotContain("<img src=x", "<script>alert").contains("&lt;img src=x");
    }

    @Test
    void anotherSiteCannotSetItUp() {
        var path = link();
        var refused =
                visitor.form(path, form()).with("Sec-Fetch-Site", "cross-site").send();
        assertThat(refused.status()).isEqualTo(403);
        assertThat(world.people.isSetUp()).isFalse();
    }

    @Test
    void ofFiftyAtOnceOneBecomesOwner() throws Exception {
        var right = link();
        var asked = new ArrayList<Callable<Http.Reply>>();
        for (int i = 0; i < 50; i++) {
            var path = i % 5 == 0 ? WRONG : right;
            var from = visitor.at("203.0.113." + i);
            asked.add(() -> from.send(path, form()));
        }
        var statuses = new ArrayList<Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(asked, 60, TimeUnit.SECONDS)) {
                statuses.add(answer.get().status());
            }
        }
        assertThat(statuses).filteredOn(status -> status == 303).hasSize(1);
        assertThat(statuses).allMatch(status -> status == 303 || status == 403 || status == 410);
        assertThat(world.members.list(world.accounts.findTeam("Acme").orElseThrow()))
                .hasSize(1);
    }

    private String link() {
        return "/setup/" + world.people.newSetupToken().orElseThrow().reveal();
    }

    private static Map<String, String> form() {
        return Map.of(
                "name", "Mara Lindqvist",
                "email", "mara@acme.example",
                "password", PASSWORD,
                "team", "Acme");
    }
}
