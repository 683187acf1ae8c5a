package dev.signalbox.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.accounts.Role;
import dev.signalbox.accounts.Scope;
import dev.signalbox.projects.Name;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdmissionTest {
    private static final Set<Scope> ALL = EnumSet.allOf(Scope.class);
    private static final List<String> ODD_NAMES = List.of(
            "%3Bid",
            "%24(id)",
            "%60id%60",
            "%7Cid",
            "%26%26id",
            "%27id%27",
            "%0aid",
            "%24%7BIFS%7D",
            "--help",
            "-oProxyCommand=id",
            "..%2F..%2Fx",
            "%2e%2e",
            "%00",
            "%1b",
            "%E2%80%AE",
            "admin",
            "%F0%9F%92%A5",
            "x",
            "..%5cx",
            "%2Fetc%2Fpasswd");

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private GitWorld world;
    private GitClient git;

    @BeforeEach
    void setUp() throws Exception {
        world = new GitWorld(folder.resolve("data"));
        git = world.client(folder.resolve("work"), "shop/web");
        git.commit("One");
    }

    @AfterEach
    void tearDown() {
        world.close();
        http.close();
    }

    @Test
    void withoutATokenTheAnswerSaysWhereToMakeOne() throws Exception {
        var answer = get("shop/web.git/info/refs?service=git-receive-pack", null);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("Basic "));
        assertThat(answer.body()).isEqualTo("""
                A token is needed: any user name, and the token as password.
                Make one on the server with: sudo signalbox token create --name laptop
                """);
        assertThat(get("shop/web.git/info/refs?service=git-receive-pack&token=" + world.memberToken(), null)
                        .statusCode())
                .isEqualTo(401);

        // git does not show this one; it goes and asks, and shows the next answer.
        var silent = git.withToken("").run("push", "signalbox", "main");
        assertThat(silent.exit()).isEqualTo(128);
        assertThat(silent.text())
                .isEqualTo(
                        "fatal: could not read Username for '" + world.server.url() + "': terminal prompts disabled");
    }

    @Test
    void aWrongTokenIsToldToTheOneWhoPushes() throws Exception {
        for (var wrong :
                new String[] {"nonsense", "signalbox_000000000000_" + "0".repeat(40), "eyJhbGciOiJub25lIn0.e30."}) {
            var result = git.withToken(wrong).run("push", "signalbox", "main");
            assertThat(result.exit()).isEqualTo(128);
            assertThat(result.text()).isEqualTo("""
                    remote: This is not a token, or it was revoked, or it has expired.
                    remote: Make one on the server with: sudo signalbox token create --name laptop
                    fatal: Authentication failed for '%s/'""".formatted(world.url("shop/web")));
        }
    }

    @Test
    void aTokenIsTakenAsPasswordAndAsBearer() throws Exception {
        var token = world.memberToken();
        assertThat(get("shop/web.git/info/refs?service=git-receive-pack", basic("anybody", token))
                        .statusCode())
                .isEqualTo(200);
        assertThat(get("shop/web.git/info/refs?service=git-receive-pack", "Bearer " + token)
                        .statusCode())
                .isEqualTo(200);
        assertThat(get("shop/web.git/info/refs?service=git-receive-pack", basic(token, ""))
                        .statusCode())
                .isEqualTo(401);

        git.withToken("").ok("-c", "http.extraHeader=Authorization: Bearer " + token, "push", "signalbox", "main");
    }

    @Test
    void aTokenWithoutTheScopeIsToldWhichOneIsMissing() throws Exception {
        var reading = world.token(world.team, Role.MEMBER, EnumSet.of(Scope.DEPLOY_READ, Scope.PROJECTS_READ), null);

        var result = git.withToken(reading).run("push", "signalbox", "main");

        assertThat(result.exit()).isEqualTo(128);
        assertThat(result.text()).isEqualTo("""
                remote: scope_missing: deploy:write
                remote: This token was not made for this. Make one on the server with: sudo signalbox token create \
                --name laptop --scope deploy:write
                fatal: unable to access '%s/': The requested URL returned error: 403""".formatted(world.url("shop/web")));
    }

    @Test
    void aViewerMayReadAndNotPush() throws Exception {
        git.ok("push", "signalbox", "main");
        var viewing = world.token(world.team, Role.VIEWER, ALL, null);

        var result = git.withToken(viewing).run("push", "signalbox", "main");

        assertThat(result.exit()).isEqualTo(128);
        assertThat(result.remote())
                .containsExactly(
                        "role_too_weak: this takes the role member, and this token is a viewer's.",
                        "Ask an admin of your team for another.");
        git.ok("fetch", "--quiet", "signalbox");
    }

    @Test
    void whoMayDeployButNotCreateIsToldSo() throws Exception {
        var deploying = world.token(world.team, Role.MEMBER, EnumSet.of(Scope.DEPLOY_WRITE), null);

        var result = git.withToken(deploying).run("push", "signalbox", "main");

        assertThat(result.exit()).isEqualTo(128);
        assertThat(result.text())
                .startsWith("""
                remote: not_found: there is no shop/web for this token.
                remote: The first push would make it, but scope_missing: projects:write
                """)
                .endsWith("fatal: repository '" + world.url("shop/web") + "/' not found");

        world.createService(world.createProject("shop"), "web");
        assertThat(git.run("push", "signalbox", "main").exit()).isZero();
    }

    @Test
    void anotherTeamsRepositoryIsLikeOneThatIsNot() throws Exception {
        git.ok("push", "signalbox", "main");
        var others = world.accounts.createTeam("others");
        var foreign = world.token(others, Role.OWNER, EnumSet.of(Scope.DEPLOY_READ, Scope.DEPLOY_WRITE), null);
        for (var service : new String[] {"git-receive-pack", "git-upload-pack"}) {
            var theirs = get("shop/web.git/info/refs?service=" + service, "Bearer " + foreign);
            var none = get("flop/web.git/info/refs?service=" + service, "Bearer " + foreign);
            assertThat(theirs.statusCode()).isEqualTo(404);
            assertThat(none.statusCode()).isEqualTo(404);
            assertThat(theirs.body()).isEqualTo(none.body().replace("flop", "shop"));
            assertThat(theirs.headers().map().keySet())
                    .isEqualTo(none.headers().map().keySet());
        }
    }

    @Test
    void aNameOfAnotherTeamIsTaken() throws Exception {
        git.ok("push", "signalbox", "main");
        var foreign = world.token(world.accounts.createTeam("others"), Role.OWNER, ALL, null);
        var stored = world.stored();

        var result = git.withToken(foreign).run("push", "signalbox", "main:staging");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.text())
                .contains("remote: Nothing was deployed: the project name shop is taken on this server.")
                .contains("! [remote rejected] main -> staging (name_taken)");
        assertThat(world.stored()).isEqualTo(stored);
    }

    @Test
    void theTokenOfOneServiceIsOfNoUseElsewhere() throws Exception {
        var shop = world.createProject("shop");
        var web = world.createService(shop, "web");
        world.createService(shop, "worker");
        var deploy = world.token(world.team, Role.MEMBER, ALL, web.id());

        git.withToken(deploy).ok("push", "signalbox", "main");
        var worker = get("shop/worker.git/info/refs?service=git-receive-pack", "Bearer " + deploy);
        var none = get("shop/walker.git/info/refs?service=git-receive-pack", "Bearer " + deploy);

        assertThat(worker.statusCode()).isEqualTo(404);
        assertThat(worker.body()).isEqualTo("""
                not_found: there is no shop/worker for this token.
                It is the deploy token of one service, and makes no others.
                """).isEqualTo(none.body().replace("walker", "worker"));
        assertThat(none.statusCode()).isEqualTo(404);
    }

    @Test
    void whatIsAskedForOddlyIsNotFound() throws Exception {
        git.ok("push", "signalbox", "main");
        var token = "Bearer " + world.memberToken();
        for (var path : new String[] {
            "shop/web.git/info/refs",
            "shop/web.git/info/refs?service=git-upload-archive",
            "shop/web.git/HEAD",
            "shop/web.git/objects/info/packs",
            "shop/web.git/info/lfs/objects/batch",
            "shop/web.git/config"
        }) {
            assertThat(get(path, token).statusCode()).as(path).isEqualTo(404);
            assertThat(get(path, null).statusCode()).as(path).isEqualTo(401);
        }
        assertThat(get("shop/web.git/git-receive-pack", token).statusCode()).isEqualTo(405);
        var form = HttpRequest.newBuilder(URI.create(world.server.url() + "/git/shop/web.git/git-receive-pack"))
                .header("Authorization", token)
                .POST(HttpRequest.BodyPublishers.ofString("0000"))
                .build();
        assertThat(http.send(form, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(415);
    }

    @Test
    void aNameThatCannotBeIsRefusedWithTheRule() throws Exception {
        git.ok("remote", "set-url", "signalbox", world.url("Shop/web"));

        var result = git.run("push", "signalbox", "main");

        assertThat(result.exit()).isEqualTo(128);
        assertThat(result.text()).startsWith("""
                remote: name_invalid: a project or service cannot have this name.
                remote: %s
                fatal: unable to access""".formatted(Name.RULE));
    }

    @Test
    void noTextBecomesAPath() throws Exception {
        var token = "Bearer " + world.memberToken();
        for (var name : ODD_NAMES) {
            for (var repository : List.of(name + "/web.git", "shop/" + name + ".git")) {
                for (var service : List.of("git-receive-pack", "git-upload-pack")) {
                    var answer = get(repository + "/info/refs?service=" + service, token);
                    assertThat(answer.statusCode()).as(repository).isIn(404, 422);
                }
            }
        }
        assertThat(world.stored()).isEmpty();
    }

    @Test
    void aVeryLongNameIsRefusedQuickly() throws Exception {
        var answer =
                get("a".repeat(5_000) + "/web.git/info/refs?service=git-receive-pack", "Bearer " + world.memberToken());
        assertThat(answer.statusCode()).isEqualTo(422);
    }

    private HttpResponse<String> get(String path, String authorization) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(world.server.url() + "/git/" + path))
                .timeout(Duration.ofSeconds(10));
        if (authorization != null) request.header("Authorization", authorization);
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
