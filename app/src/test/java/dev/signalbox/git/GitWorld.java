package dev.signalbox.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.accounts.Accounts;
import dev.signalbox.accounts.Accounts.TokenRequest;
import dev.signalbox.accounts.Audit;
import dev.signalbox.accounts.Role;
import dev.signalbox.accounts.Scope;
import dev.signalbox.accounts.TeamScope;
import dev.signalbox.db.Db;
import dev.signalbox.db.Ids;
import dev.signalbox.db.TestDb;
import dev.signalbox.projects.Creation;
import dev.signalbox.projects.Name;
import dev.signalbox.projects.Project;
import dev.signalbox.projects.Projects;
import dev.signalbox.projects.Service;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything that a push needs, with a listener that plays the deployments. */
final class GitWorld implements AutoCloseable {
    final Path data;
    final Ids ids = new Ids(new SecureRandom());
    final Db db;
    final Accounts accounts;
    final Projects projects;
    final Audit audit;
    final Repositories repositories;
    final ScriptedListener listener = new ScriptedListener();
    final TestServer server;
    final TeamScope team;

    GitWorld(Path data) throws IOException {
        this(data, GitLimits.DEFAULT);
    }

    GitWorld(Path data, GitLimits limits) throws IOException {
        this.data = Files.createDirectories(data);
        var clock = Clock.systemUTC();
        db = TestDb.open(data);
        accounts = new Accounts(db, clock, ids);
        audit = new Audit(db, clock);
        repositories = new Repositories(data.resolve("repos"), ids);
        projects = new Projects(
                db, clock, ids, removed -> removed.services().forEach(service -> repositories.remove(service.id())));
        team = accounts.firstTeam();
        repositories.tidy();
        server = new TestServer(new GitRemote(repositories, accounts, projects, audit, listener, limits));
    }

    static GitLimits limits(Duration idle, Duration silence) {
        var usual = GitLimits.DEFAULT;
        return new GitLimits(1024 * 1024, 4 * 1024 * 1024, 200, usual.commandBytes(), 500, 256 * 1024, idle, silence);
    }

    /** A working directory with a remote {@code signalbox} and a member's token. */
    GitClient client(Path directory, String repository) throws Exception {
        var client = GitClient.init(directory).withToken(memberToken());
        client.ok("remote", "add", "signalbox", url(repository));
        return client;
    }

    /** What git said, without what differs from run to run. */
    String anonymous(GitClient.Result result, String sha) {
        return result.text().replace(server.url(), "<panel>").replace(sha.substring(0, 7), "<sha>");
    }

    /** Where shop/web's main is. */
    String main() throws IOException {
        return branch(service("shop", "web"), "main");
    }

    /** A token that may do everything a member may. */
    String memberToken() {
        return token(team, Role.MEMBER, Set.of(Scope.values()), null);
    }

    String token(TeamScope owner, Role role, Set<Scope> scopes, @Nullable String serviceId) {
        return accounts.createToken(owner, new TokenRequest("laptop", role, scopes, serviceId, null))
                .text()
                .reveal();
    }

    String url(String repository) {
        return server.url() + "/git/" + repository + ".git";
    }

    Project project(String name) {
        return projects.find(team, name).orElseThrow();
    }

    Service service(String project, String name) {
        return projects.findService(project(project), name).orElseThrow();
    }

    Project createProject(String name) {
        return ((Creation.Done<Project>) projects.createProject(team, new Name(name))).value();
    }

    Service createService(Project project, String name) {
        return ((Creation.Done<Service>) projects.createService(project, new Name(name))).value();
    }

    /** What the repository on the disk has at this branch; empty when it has none. */
    String branch(Service service, String branch) throws IOException {
        var file = data.resolve("repos/" + service.id() + ".git/refs/heads/" + branch);
        return Files.exists(file) ? Files.readString(file).strip() : "";
    }

    /** Everything there is below the repositories' directory, unfinished pushes included. */
    List<String> stored() throws IOException {
        var folder = data.resolve("repos");
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> all = Files.walk(folder)) {
            return all.map(path -> folder.relativize(path).toString())
                    .filter(path -> !path.isEmpty() && !path.matches("incoming(/[a-z0-9]+)?"))
                    .sorted()
                    .toList();
        }
    }

    /** Speaks git's protocol without git. */
    String post(String repository, String service, byte[]... body) throws IOException, InterruptedException {
        var bytes = new ByteArrayOutputStream();
        for (var part : body) bytes.write(part);
        return post(repository, service, "identity", bytes.toByteArray());
    }

    String post(String repository, String service, String encoding, byte[] body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url(repository) + "/" + service))
                .header("Authorization", "Bearer " + memberToken())
                .header("Content-Type", "application/x-" + service + "-request")
                .header("Content-Encoding", encoding)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    /** A line of the protocol. */
    static byte[] packet(String text) {
        return "%04x%s".formatted(text.length() + 4, text).getBytes(StandardCharsets.UTF_8);
    }

    static final byte[] FLUSH = "0000".getBytes(StandardCharsets.UTF_8);

    static void await(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("time is up: " + what).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    @Override
    public void close() {
        server.close();
        db.close();
    }
}
