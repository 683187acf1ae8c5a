package dev.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.accounts.Accounts;
import dev.signalbox.accounts.Audit;
import dev.signalbox.accounts.AuditKit;
import dev.signalbox.accounts.NewPerson;
import dev.signalbox.accounts.People;
import dev.signalbox.accounts.Role;
import dev.signalbox.accounts.Scope;
import dev.signalbox.accounts.SetUp;
import dev.signalbox.accounts.SignIn;
import dev.signalbox.accounts.Visit;
import dev.signalbox.db.Db;
import dev.signalbox.db.Ids;
import dev.signalbox.db.TestDb;
import dev.signalbox.secrets.Secret;
import dev.signalbox.web.AdminSocket;
import dev.signalbox.web.HostStatus;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands over the real local socket. */
class CliTest {
    private static final Visit VISIT = new Visit("192.0.2.7", "Firefox 144", "req_1");

    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final RecordingHost host = new RecordingHost();
    private final List<HostStatus.App> apps = new ArrayList<>();
    private String piped = "";
    private Path file;
    private Db db;
    private Accounts accounts;
    private People people;
    private AdminSocket socket;

    @BeforeEach
    void open() {
        file = directory.resolve("admin.sock");
        db = TestDb.open(directory);
        accounts = new Accounts(db, Clock.systemUTC(), new Ids(new SecureRandom()));
        people = new People(db, Clock.systemUTC(), new Ids(new SecureRandom()), new SecureRandom());
        socket = listen();
    }

    @AfterEach
    void close() {
        socket.close();
        db.close();
    }

    @Test
    void aTokenIsPrintedAndNothingElse() {
        assertThat(run("token", "create", "--name", "laptop")).isZero();
        assertThat(text(out)).matches("signalbox_[0-9a-z]{12}_[0-9a-z]{40}\n");
        assertThat(text(err)).isEmpty();
        var caller = accounts.authenticate(new Secret(text(out).strip())).orElseThrow();
        assertThat(caller.role()).isEqualTo(Role.OWNER);
        assertThat(caller.scopes()).containsExactlyInAnyOrder(Scope.values());
        assertThat(caller.actor()).isEqualTo("token laptop");
    }

    @Test
    void aTokenMayBeMadeForLess() {
        accounts.firstTeam();
        accounts.createTeam("acme");
        assertThat(run(
                        "token",
                        "create",
                        "--name",
                        "ci",
                        "--role",
                        "member",
                        "--scope",
                        "deploy:write",
                        "--scope",
                        "logs:read",
                        "--team",
                        "acme"))
                .isZero();
        var caller = accounts.authenticate(new Secret(text(out).strip())).orElseThrow();
        assertThat(caller.role()).isEqualTo(Role.MEMBER);
        assertThat(caller.scopes()).containsExactlyInAnyOrder(Scope.DEPLOY_WRITE, Scope.LOGS_READ);
        assertThat(caller.team().teamId())
                .isEqualTo(accounts.findTeam("acme").orElseThrow().teamId());
    }

    @Test
    void makingATokenIsAudited() {
        run("token", "create", "--name", "laptop");
        assertThat(AuditKit.recent(new Audit(db, Clock.systemUTC()), accounts.firstTeam(), 10))
                .extracting(line -> line.actor() + ", " + line.action() + ", " + line.outcome() + ", " + line.detail())
                .containsExactly("root on this machine, tokens.create, done, laptop: owner");
    }

    @Test
    void statusIsATable() {
        assertThat(run("status")).isZero();
        assertThat(text(out)).isEqualTo("""
                Panel   http://localhost
                Engine  26.1
                Apps    none yet; the first push makes one
                """);
    }

    @Test
    void statusListsTheApps() {
        apps.add(new HostStatus.App("shop/web", "live", "http://web-shop.localhost", "#12 live"));
        apps.add(new HostStatus.App("shop/worker staging", "not deployed", "", "#3 failed"));
        assertThat(run("status")).isZero();
        assertThat(text(out)).endsWith("""
                Apps    2

                App                  State         Newest deployment  Address
                shop/web             live          #12 live           http://web-shop.localhost
                shop/worker staging  not deployed  #3 failed
                """);
    }

    @Test
    void anUnknownTeamIsNotFound() {
        assertThat(run("token", "create", "--name", "x", "--team", "nobody")).isEqualTo(4);
        assertThat(text(err)).isEqualTo("error: There is no team named nobody. Nothing was made.\n");
        assertThat(text(out)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"root", "Owner", "@/etc/passwd"})
    void anUnknownRoleIsRefusedWithTheOnesThereAre(String role) {
        assertThat(run("token", "create", "--name", "x", "--role", role)).isEqualTo(1);
        assertThat(text(err)).isEqualTo("error: Use one of viewer, member, admin, owner.\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token create",
                "token",
                "nonsense",
                "token create --name",
                "--config=/etc/shadow",
                "@/etc/passwd",
                ""
            })
    void whatIsNoCommandExplainsItself(String line) {
        assertThat(run(line.isEmpty() ? new String[0] : line.split(" ", -1))).isEqualTo(2);
        assertThat(text(err)).startsWith("error: ").contains("Usage: signalbox").doesNotContain("root:");
        assertThat(text(out)).isEmpty();
    }

    @Test
    void helpIsNotAnError() {
        assertThat(run("token", "create", "--help")).isZero();
        assertThat(text(out)).contains("Usage: signalbox token create", "--scope");
    }

    @Test
    void withoutAnApplianceItSaysSo() {
        socket.close();
        assertThat(run("status")).isEqualTo(1);
        assertThat(text(err)).startsWith("error: Signalbox does not answer at " + file);
    }

    @Test
    void onlyItsOwnerMayOpenTheSocket() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aNewProcessTakesThePlaceOfTheSocketThatAnEarlierOneLeft() {
        var again = listen();
        assertThat(run("status")).isZero();
        again.close();
        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "nonsense",
                "{\"command\":\"exec\",\"arguments\":{}}",
                "{\"command\":\"status\",\"arguments\":{\"x\":1}}",
                "{\"command\":\"token.create\",\"arguments\":{\"name\":\"\\u0007\"}}",
                "{\"command\":\"token.create\",\"arguments\":{\"name\":\" \"}}"
            })
    void whatIsNoCommandIsRefusedOverTheSocketToo(String line) throws IOException {
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(file));
            channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
            var answer = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("{\"error\":").endsWith("\n");
        }
        assertThat(accounts.tokens(accounts.firstTeam())).isEmpty();
    }

    @Test
    void theSetupLinkIsPrintedAndNothingElse() {
        assertThat(run("setup-token")).isZero();
        assertThat(text(out)).matches("http://localhost:8080/setup/[A-Za-z0-9_-]{43}\n");
        assertThat(text(err)).isEmpty();
        var token = new Secret(text(out).strip().substring("http://localhost:8080/setup/".length()));
        assertThat(people.isSetupToken(token)).isTrue();
    }

    @Test
    void onceSetUpThereIsNoSetupLink() {
        setUp();
        assertThat(run("setup-token")).isEqualTo(5);
        assertThat(text(out)).isEmpty();
        assertThat(text(err))
                .startsWith(
                        "error: Signalbox is set up already. Nothing was changed. Sign in at http://localhost:8080");
    }

    @Test
    void theOwnersNewPasswordIsPrintedAndNothingElse() {
        setUp();
        assertThat(run("owner-password")).isZero();
        assertThat(text(out)).matches("([0-9a-z]{5}-){4}[0-9a-z]{5}\n");
        assertThat(text(err)).isEmpty();
        var password = new Secret(text(out).strip());
        assertThat(people.signIn("mara@acme.example", password, null, VISIT)).isInstanceOf(SignIn.Done.class);
    }

    @Test
    void withoutAnOwnerThereIsNoPassword() {
        assertThat(run("owner-password")).isEqualTo(5);
        assertThat(text(out)).isEmpty();
        assertThat(text(err)).startsWith("error: There is no owner yet.");
    }

    @Test
    void theFirstOwnersPasswordIsPrintedAndNothingElse() {
        assertThat(run("owner", "create", "--email", "Mara@acme.example", "--name", "Mara", "--team", "Acme"))
                .isZero();
        assertThat(text(out)).matches("([0-9a-z]{5}-){4}[0-9a-z]{5}\n");
        assertThat(text(err)).isEmpty();
        var password = new Secret(text(out).strip());
        assertThat(people.signIn("mara@acme.example", password, null, VISIT)).isInstanceOf(SignIn.Done.class);
        assertThat(accounts.teamName(accounts.firstTeam())).isEqualTo("Acme");
        assertThat(AuditKit.recent(new Audit(db, Clock.systemUTC()), accounts.firstTeam(), 10))
                .extracting(line -> line.actor() + ", " + line.action() + ", " + line.detail())
                .contains("root on this machine, setup.complete, mara@acme.example");
    }

    @Test
    void theFirstOwnersPasswordMayBePipedIn() {
        piped = "four unrelated words of hers\nand more\n";
        assertThat(run("owner", "create", "--email", "mara@acme.example", "--password-stdin"))
                .isZero();
        assertThat(text(out)).isEmpty();
        var password = new Secret("four unrelated words of hers");
        assertThat(people.signIn("mara@acme.example", password, null, VISIT)).isInstanceOf(SignIn.Done.class);
    }

    @Test
    void thereIsOneFirstOwner() {
        setUp();
        assertThat(run("owner", "create", "--email", "theo@acme.example")).isEqualTo(5);
        assertThat(text(out)).isEmpty();
        assertThat(text(err)).startsWith("error: Signalbox is set up already. Nothing was changed.");
    }

    @Test
    void aFlawedOwnerIsNotMade() {
        piped = "password1\n";
        assertThat(run("owner", "create", "--email", "mara@acme.example", "--password-stdin"))
                .isEqualTo(1);
        assertThat(text(err)).startsWith("error: There is still no owner. ");
        assertThat(run("owner", "create", "--email", "mara")).isEqualTo(1);
        assertThat(text(out)).isEmpty();
        assertThat(people.isSetUp()).isFalse();
    }

    @Test
    void theSetupLinkEndsWithTheOwner() {
        var token = people.newSetupToken().orElseThrow();
        assertThat(run("owner", "create", "--email", "mara@acme.example")).isZero();
        assertThat(people.isSetupToken(token)).isFalse();
    }

    @Test
    void theDatabaseIsCopiedWithoutAnAppliance() {
        socket.close();
        assertThat(run("backup-database", "/srv/copy.db")).isZero();
        assertThat(host.asked).containsExactly("back up to /srv/copy.db");
        assertThat(text(out) + text(err)).isEmpty();
    }

    @Test
    void theDoctorsWordIsInTheExitCode() {
        assertThat(run("doctor")).isZero();
        host.isWell = false;
        assertThat(run("doctor")).isEqualTo(1);
        assertThat(text(out)).isEqualTo("ok  Docker\nok  Docker\n");
    }

    @Test
    void theKeysWordsAreInLines() {
        assertThat(run("key", "words")).isZero();
        assertThat(text(out)).isEqualTo("one two three four five six\nseven eight\n");
    }

    @Test
    void theKeyIsPutBackFromWhatIsPipedIn() {
        piped = "# kept by Mara\none two\n\n  three\n";
        assertThat(run("key", "restore")).isZero();
        assertThat(run("key", "confirm")).isZero();
        assertThat(run("key", "create")).isZero();
        assertThat(host.asked).containsExactly("restore from [one, two, three]", "confirm", "create a key");
    }

    @Test
    void whatTheMachineRefusesIsSaid() {
        host.refusal = "There is no database.";
        assertThat(run("backup-database", "/srv/copy.db")).isEqualTo(1);
        assertThat(text(err)).isEqualTo("error: There is no database.\n");
    }

    private void setUp() {
        var owner = new NewPerson("Mara", "mara@acme.example", new Secret("four unrelated words of hers"));
        var token = people.newSetupToken().orElseThrow();
        assertThat(people.setUp(token, "Acme", owner, VISIT)).isInstanceOf(SetUp.Done.class);
    }

    private AdminSocket listen() {
        var lines = new LinkedHashMap<String, String>();
        lines.put("Panel", "http://localhost");
        lines.put("Engine", "26.1");
        Supplier<HostStatus> status = () -> new HostStatus(lines, apps);
        return AdminSocket.open(
                file, accounts, people, new Audit(db, Clock.systemUTC()), "http://localhost:8080", status);
    }

    private int run(String... arguments) {
        return Cli.run(
                arguments,
                Map.of("SIGNALBOX_ADMIN_SOCKET", file.toString()),
                host,
                new Cli.Streams(
                        new ByteArrayInputStream(piped.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out),
                        new PrintStream(err)));
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
