package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.accounts.AuditKit;
import dev.signalbox.accounts.Role;
import dev.signalbox.accounts.Scope;
import dev.signalbox.deploys.State;
import dev.signalbox.secrets.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages that teach the first push, and go on when it comes. */
class FirstPushPagesTest {
    private static final Pattern TOKEN = Pattern.compile("signalbox_[0-9A-Za-z_]{20,}");
    private static final Pattern NEXT = Pattern.compile("hx-get=\"([^\"]+)\"");

    @TempDir
    Path directory;

    private World world;
    private Browsing owner;

    @BeforeEach
    void start() {
        world = new World(directory).start();
        owner = world.signIn(Role.OWNER);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void aTeamWithoutProjectsLearnsTheFirstPush() {
        var page = owner.get("/projects");
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        assertThat(page.body())
                .contains(
                        "Put your first app on this machine",
                        "git remote add signalbox http://127.0.0.1:"
                                + world.http().port() + "/git/my-app/web.git",
                        "git push signalbox main",
                        "Live: http://web-my-app.localhost",
                        "Waiting for the first push.",
                        "Make a push token")
                .doesNotContain("th:", "${");
    }

    @Test
    void aViewerLearnsWhoMayPush() {
        var page = world.signIn(Role.VIEWER).get("/projects");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body())
                .contains("Pushing needs the role member.")
                .doesNotContain("Make a push token", "Make the project");
        assertThat(world.signIn(Role.VIEWER).send("/projects/new", Map.of()).status())
                .isEqualTo(403);
    }

    @Test
    void aTokenIsShownOnceAndPushesOnly() {
        var member = world.signIn(Role.MEMBER);
        var page = member.send("/projects/new", Map.of("before", "1"));
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        var token = TOKEN.matcher(page.body());
        assertThat(token.find()).isTrue();
        var caller = world.accounts.authenticate(new Secret(token.group())).orElseThrow();
        assertThat(caller.role()).isEqualTo(Role.MEMBER);
        assertThat(caller.scopes()).containsExactlyInAnyOrder(Scope.PROJECTS_WRITE, Scope.DEPLOY_WRITE);
        assertThat(caller.serviceId()).isNull();
        assertThat(caller.personId()).isEqualTo(member.session().person().id());
        assertThat(member.get("/projects/new").body()).doesNotContain(token.group());
        assertThat(AuditKit.recent(world.audit, world.team, 1))
                .allSatisfy(line -> assertThat(line.toString()).doesNotContain(token.group()));
    }

    @Test
    void aTokenEndsAfterThirtyDaysAndThePageSaysWhen() {
        assertThat(owner.get("/projects").body()).contains("One from here works for 30 days.");
        var page = owner.send("/projects/new", Map.of()).body();
        var token = TOKEN.matcher(page);
        assertThat(token.find()).isTrue();
        var end = world.clock.instant().plus(Duration.ofDays(30));
        assertThat(page).contains("makes projects and services and pushes", Moment.minute(end));
        world.clock.advance(Duration.ofDays(30).minusSeconds(1));
        assertThat(world.accounts.authenticate(new Secret(token.group()))).isPresent();
        world.clock.advance(Duration.ofSeconds(1));
        assertThat(world.accounts.authenticate(new Secret(token.group()))).isEmpty();
    }

    @Test
    void theTokenOfAServicePushesThatServiceAlone() {
        var project = world.project(world.team, "shop");
        var service = world.service(project, "web");
        var page = owner.send("/projects/shop/environments/production/services/web/push", Map.of())
                .body();
        var token = TOKEN.matcher(page);
        assertThat(token.find()).isTrue();
        var caller = world.accounts.authenticate(new Secret(token.group())).orElseThrow();
        assertThat(caller.scopes()).containsExactly(Scope.DEPLOY_WRITE);
        assertThat(caller.serviceId()).isEqualTo(service.id());
        assertThat(caller.expiresAt()).isEqualTo(world.clock.instant().plus(Duration.ofDays(30)));
        assertThat(page).contains("pushes this service");
    }

    @Test
    void pressingTwiceLeavesOneToken() {
        var first = TOKEN.matcher(owner.send("/projects/new", Map.of()).body());
        assertThat(first.find()).isTrue();
        owner.send("/projects/new", Map.of());
        assertThat(world.accounts.authenticate(new Secret(first.group()))).isEmpty();
        assertThat(world.accounts.tokens(world.team))
                .filteredOn(token -> token.revokedAt() == null)
                .hasSize(1);
    }

    @Test
    void theTokenNeedsThePasswordAfterAWhile() {
        world.clock.advance(Duration.ofMinutes(16));
        var asked = owner.send("/projects/new", Map.of());
        assertThat(asked.status()).isEqualTo(403);
        assertThat(asked.body()).contains("Your password, please");
        assertThat(world.accounts.tokens(world.team)).isEmpty();
    }

    @Test
    void thePageGoesOnWhenTheProjectCame() {
        var next = next(owner.get("/projects"));
        assertThat(owner.fragment(next, "waiting").body()).contains("Waiting for the first push.");
        world.clock.advance(Duration.ofSeconds(1));
        var project = world.project(world.team, "shop");
        var service = world.service(project, "web");
        assertThat(owner.get(next).status()).isEqualTo(200);
        world.history(world.workload(project, service)).deployment(1, State.BUILDING, "Begin", Duration.ZERO);
        var gone = owner.fragment(next, "waiting");
        assertThat(gone.status()).isEqualTo(204);
        assertThat(gone.header("HX-Redirect")).hasValue("/projects/shop");
        assertThat(owner.get(next).header("Location")).hasValue("/projects/shop");
        world.clock.advance(Duration.ofSeconds(1));
        assertThat(owner.get("/projects/new").status()).isEqualTo(200);
    }

    @Test
    void whatComesInTheMomentInWhichThePageIsMadeIsNotMissed() {
        var next = next(owner.get("/projects"));
        world.project(world.team, "shop");
        assertThat(owner.fragment(next, "waiting").header("HX-Redirect")).hasValue("/projects/shop");
    }

    /** Of what is pushed there is a project, then a service, and at last a deployment. */
    @Test
    void whoLookedBetweenTheStepsOfAPushHearsOfTheLast() throws IOException {
        var page = owner.get("/projects");
        try (var stream = Events.of(owner, page.body())) {
            var project = world.project(world.team, "shop");
            assertThat(stream.next()).contains("event: ping");
            var workload = world.workload(project, world.service(project, "web"));
            assertThat(owner.fragment(next(page), "waiting").status()).isEqualTo(200);
            world.history(workload).deployment(1, State.BUILDING, "Begin", Duration.ZERO);
            assertThat(stream.next()).contains("event: ping");
            assertThat(owner.fragment(next(page), "waiting").header("HX-Redirect"))
                    .hasValue("/projects/shop");
        }
    }

    @Test
    void anEmptyProjectIsMadeByItsName() {
        var made = owner.send("/projects", Map.of("name", " shop "));
        assertThat(made.status()).isEqualTo(303);
        assertThat(made.header("Location")).hasValue("/projects/shop");
        assertThat(owner.get("/projects/shop").header("Location")).hasValue("/projects/shop/environments/production");
        var again = owner.send("/projects", Map.of("name", "shop"));
        assertThat(again.status()).isEqualTo(422);
        assertThat(again.body()).contains("There is already a project named shop.", "value=\"shop\"");
        var bad = owner.send("/projects", Map.of("name", "<b>Shop"));
        assertThat(bad.status()).isEqualTo(422);
        assertThat(bad.body())
                .contains("Use 2 to 30 characters", "value=\"&lt;b&gt;Shop\"", "aria-invalid=\"true\"")
                .doesNotContain("<b>Shop");
        assertThat(world.projects.list(world.team)).hasSize(1);
    }

    @Test
    void aNewServiceLearnsItsOwnPush() {
        world.project(world.team, "shop");
        var path = "/projects/shop/environments/staging";
        assertThat(owner.get(path + "/new-service").body()).contains("New service", "name=\"name\"");
        var made = owner.send(path + "/new-service", Map.of("name", "worker"));
        assertThat(made.header("Location")).hasValue(path + "/services/worker/push");
        var page = owner.get(path + "/services/worker/push");
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        assertThat(page.body())
                .contains(
                        "/git/shop/worker.git",
                        "git push signalbox HEAD:staging",
                        "Live: http://worker-shop.localhost");
        assertThat(owner.send(path + "/services/worker/push", Map.of()).body()).containsPattern(TOKEN);
        var taken = owner.send(path + "/new-service", Map.of("name", "worker"));
        assertThat(taken.status()).isEqualTo(422);
        assertThat(taken.body()).contains("There is already a service named worker.");
        assertThat(owner.send(path + "/new-service", Map.of("name", "")).status())
                .isEqualTo(422);
        var project = world.projects.find(world.team, "shop").orElseThrow();
        assertThat(world.projects.services(project)).hasSize(1);
    }

    @Test
    void theServicesPageGoesOnToItsDeployment() {
        var project = world.project(world.team, "shop");
        var workload = world.workload(project, world.service(project, "web"));
        var next = next(owner.get("/projects/shop/environments/production/services/web/push"));
        world.clock.advance(Duration.ofSeconds(1));
        world.history(workload).deployment(1, State.BUILDING, "Begin", Duration.ZERO);
        assertThat(owner.fragment(next, "waiting").header("HX-Redirect"))
                .hasValue("/projects/shop/environments/production/services/web/deployments/1");
    }

    private static String next(Http.Reply page) {
        var next = NEXT.matcher(page.body());
        assertThat(next.find()).isTrue();
        return next.group(1).replace("&amp;", "&");
    }
}
