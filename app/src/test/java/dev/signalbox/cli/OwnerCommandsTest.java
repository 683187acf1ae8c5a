package dev.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.accounts.Audit;
import dev.signalbox.accounts.AuditKit;
import dev.signalbox.accounts.NewPerson;
import dev.signalbox.accounts.SetUp;
import dev.signalbox.accounts.SignIn;
import dev.signalbox.accounts.Visit;
import dev.signalbox.secrets.Secret;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** How a team gets its owner, and the owner a password. */
class OwnerCommandsTest {
    private static final Visit VISIT = new Visit("192.0.2.7", "Firefox 144", "req_1");

    @TempDir
    Path directory;

    @RegisterExtension
    final Terminal terminal = new Terminal(() -> directory);

    @Test
    void theSetupLinkIsPrintedAndNothingElse() {
        assertThat(terminal.run("setup-token")).isZero();
        assertThat(terminal.out()).matches("http://localhost:8080/setup/[A-Za-z0-9_-]{43}\n");
        assertThat(terminal.err()).isEmpty();
        var token = new Secret(terminal.out().strip().substring("http://localhost:8080/setup/".length()));
        assertThat(terminal.people.isSetupToken(token)).isTrue();
    }

    @Test
    void onceSetUpThereIsNoSetupLink() {
        setUp();
        assertThat(terminal.run("setup-token")).isEqualTo(5);
        assertThat(terminal.out()).isEmpty();
        assertThat(terminal.err())
                .startsWith(
                        "error: Signalbox is set up already. Nothing was changed. Sign in at http://localhost:8080");
    }

    @Test
    void theOwnersNewPasswordIsPrintedAndNothingElse() {
        setUp();
        assertThat(terminal.run("owner-password")).isZero();
        assertThat(terminal.out()).matches("([0-9a-z]{5}-){4}[0-9a-z]{5}\n");
        assertThat(terminal.err()).isEmpty();
        var password = new Secret(terminal.out().strip());
        assertThat(terminal.people.signIn("mara@acme.example", password, null, VISIT))
                .isInstanceOf(SignIn.Done.class);
    }

    @Test
    void withoutAnOwnerThereIsNoPassword() {
        assertThat(terminal.run("owner-password")).isEqualTo(5);
        assertThat(terminal.out()).isEmpty();
        assertThat(terminal.err()).startsWith("error: There is no owner yet.");
    }

    @Test
    void theFirstOwnersPasswordIsPrintedAndNothingElse() {
        assertThat(terminal.run("owner", "create", "--email", "Mara@acme.example", "--name", "Mara", "--team", "Acme"))
                .isZero();
        assertThat(terminal.out()).matches("([0-9a-z]{5}-){4}[0-9a-z]{5}\n");
        assertThat(terminal.err()).isEmpty();
        var password = new Secret(terminal.out().strip());
        assertThat(terminal.people.signIn("mara@acme.example", password, null, VISIT))
                .isInstanceOf(SignIn.Done.class);
        assertThat(terminal.accounts.teamName(terminal.accounts.firstTeam())).isEqualTo("Acme");
        assertThat(AuditKit.recent(new Audit(terminal.db, Clock.systemUTC()), terminal.accounts.firstTeam(), 10))
                .extracting(line -> line.actor() + ", " + line.action() + ", " + line.detail())
                .contains("root on this machine, setup.complete, mara@acme.example");
    }

    @Test
    void theFirstOwnersPasswordMayBePipedIn() {
        terminal.piped = "four unrelated words of hers\nand more\n";
        assertThat(terminal.run("owner", "create", "--email", "mara@acme.example", "--password-stdin"))
                .isZero();
        assertThat(terminal.out()).isEmpty();
        var password = new Secret("four unrelated words of hers");
        assertThat(terminal.people.signIn("mara@acme.example", password, null, VISIT))
                .isInstanceOf(SignIn.Done.class);
    }

    @Test
    void thereIsOneFirstOwner() {
        setUp();
        assertThat(terminal.run("owner", "create", "--email", "theo@acme.example"))
                .isEqualTo(5);
        assertThat(terminal.out()).isEmpty();
        assertThat(terminal.err()).startsWith("error: Signalbox is set up already. Nothing was changed.");
    }

    @Test
    void aFlawedOwnerIsNotMade() {
        terminal.piped = "password1\n";
        assertThat(terminal.run("owner", "create", "--email", "mara@acme.example", "--password-stdin"))
                .isEqualTo(1);
        assertThat(terminal.err()).startsWith("error: There is still no owner. ");
        assertThat(terminal.run("owner", "create", "--email", "mara")).isEqualTo(1);
        assertThat(terminal.out()).isEmpty();
        assertThat(terminal.people.isSetUp()).isFalse();
    }

    @Test
    void theSetupLinkEndsWithTheOwner() {
        var token = terminal.people.newSetupToken().orElseThrow();
        assertThat(terminal.run("owner", "create", "--email", "mara@acme.example"))
                .isZero();
        assertThat(terminal.people.isSetupToken(token)).isFalse();
    }

    private void setUp() {
        var owner = new NewPerson("Mara", "mara@acme.example", new Secret("four unrelated words of hers"));
        var token = terminal.people.newSetupToken().orElseThrow();
        assertThat(terminal.people.setUp(token, "Acme", owner, VISIT)).isInstanceOf(SetUp.Done.class);
    }
}
