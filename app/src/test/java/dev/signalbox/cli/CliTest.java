package dev.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.accounts.Audit;
import dev.signalbox.accounts.AuditKit;
import dev.signalbox.accounts.Role;
import dev.signalbox.accounts.Scope;
import dev.signalbox.secrets.Secret;
import dev.signalbox.web.HostStatus;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands over the real local socket. */
class CliTest {
    @TempDir
    Path directory;

    @RegisterExtension
    final Terminal terminal = new Terminal(() -> directory);

    @Test
    void aTokenIsPrintedAndNothingElse() {
        assertThat(terminal.run("token", "create", "--name", "laptop")).isZero();
        assertThat(terminal.out()).matches("signalbox_[0-9a-z]{12}_[0-9a-z]{40}\n");
        assertThat(terminal.err()).isEmpty();
        var caller = terminal.accounts
                .authenticate(new Secret(terminal.out().strip()))
                .orElseThrow();
        assertThat(caller.role()).isEqualTo(Role.OWNER);
        assertThat(caller.scopes()).containsExactlyInAnyOrder(Scope.values());
        assertThat(caller.actor()).isEqualTo("token laptop");
    }

    @Test
    void aTokenMayBeMadeForLess() {
        terminal.accounts.firstTeam();
        terminal.accounts.createTeam("acme");
        assertThat(terminal.run(
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
        var caller = terminal.accounts
                .authenticate(new Secret(terminal.out().strip()))
                .orElseThrow();
        assertThat(caller.role()).isEqualTo(Role.MEMBER);
        assertThat(caller.scopes()).containsExactlyInAnyOrder(Scope.DEPLOY_WRITE, Scope.LOGS_READ);
        assertThat(caller.team().teamId())
                .isEqualTo(terminal.accounts.findTeam("acme").orElseThrow().teamId());
    }

    @Test
    void aTokenMayEnd() {
        assertThat(terminal.run("token", "create", "--name", "demo", "--hours", "2"))
                .isZero();
        var end = terminal.accounts
                .authenticate(new Secret(terminal.out().strip()))
                .orElseThrow()
                .expiresAt();
        assertThat(end)
                .isBetween(
                        Instant.now(Clock.systemUTC()).plusSeconds(7100),
                        Instant.now(Clock.systemUTC()).plusSeconds(7200));
    }

    @Test
    void aTokenThatHasEndedAlreadyIsNotMade() {
        assertThat(terminal.run("token", "create", "--name", "demo", "--hours", "0"))
                .isEqualTo(1);
        assertThat(terminal.err()).isEqualTo("error: Say after how many hours it ends, 1 or more. Nothing was made.\n");
    }

    @Test
    void makingATokenIsAudited() {
        terminal.run("token", "create", "--name", "laptop");
        assertThat(AuditKit.recent(new Audit(terminal.db, Clock.systemUTC()), terminal.accounts.firstTeam(), 10))
                .extracting(line -> line.actor() + ", " + line.action() + ", " + line.outcome() + ", " + line.detail())
                .containsExactly("root on this machine, tokens.create, done, laptop: owner");
    }

    @Test
    void statusIsATable() {
        assertThat(terminal.run("status")).isZero();
        assertThat(terminal.out()).isEqualTo("""
                Panel   http://localhost
                Engine  26.1
                Apps    none yet; the first push makes one
                """);
    }

    @Test
    void statusListsTheApps() {
        terminal.apps.add(new HostStatus.App("shop/web", "live", "http://web-shop.localhost", "#12 live"));
        terminal.apps.add(new HostStatus.App("shop/worker staging", "not deployed", "", "#3 failed"));
        assertThat(terminal.run("status")).isZero();
        assertThat(terminal.out()).endsWith("""
                Apps    2

                App                  State         Newest deployment  Address
                shop/web             live          #12 live           http://web-shop.localhost
                shop/worker staging  not deployed  #3 failed
                """);
    }

    @Test
    void anUnknownTeamIsNotFound() {
        assertThat(terminal.run("token", "create", "--name", "x", "--team", "nobody"))
                .isEqualTo(4);
        assertThat(terminal.err()).isEqualTo("error: There is no team named nobody. Nothing was made.\n");
        assertThat(terminal.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"root", "Owner", "@/etc/passwd"})
    void anUnknownRoleIsRefusedWithTheOnesThereAre(String role) {
        assertThat(terminal.run("token", "create", "--name", "x", "--role", role))
                .isEqualTo(1);
        assertThat(terminal.err()).isEqualTo("error: Use one of viewer, member, admin, owner.\n");
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
        assertThat(terminal.run(line.isEmpty() ? new String[0] : line.split(" ", -1)))
                .isEqualTo(2);
        assertThat(terminal.err())
                .startsWith("error: ")
                .contains("Usage: signalbox")
                .doesNotContain("root:");
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void helpIsNotAnError() {
        assertThat(terminal.run("token", "create", "--help")).isZero();
        assertThat(terminal.out()).contains("Usage: signalbox token create", "--scope");
    }

    @Test
    void withoutAnApplianceItSaysSo() {
        terminal.socket.close();
        assertThat(terminal.run("status")).isEqualTo(1);
        assertThat(terminal.err())
                .startsWith("error: Signalbox does not answer at " + terminal.file)
                .endsWith("). Nothing was done. Start it by hand.\n");
    }

    @Test
    void onlyItsOwnerMayOpenTheSocket() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(terminal.file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aNewProcessTakesThePlaceOfTheSocketThatAnEarlierOneLeft() {
        var again = terminal.listen();
        assertThat(terminal.run("status")).isZero();
        again.close();
        assertThat(terminal.file).doesNotExist();
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
            channel.connect(UnixDomainSocketAddress.of(terminal.file));
            channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
            var answer = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("{\"error\":").endsWith("\n");
        }
        assertThat(terminal.accounts.tokens(terminal.accounts.firstTeam())).isEmpty();
    }
}
