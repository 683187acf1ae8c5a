package dev.signalbox.cli;

import dev.signalbox.accounts.Accounts;
import dev.signalbox.accounts.Audit;
import dev.signalbox.accounts.People;
import dev.signalbox.db.Db;
import dev.signalbox.db.Ids;
import dev.signalbox.db.TestDb;
import dev.signalbox.web.AdminSocket;
import dev.signalbox.web.HostStatus;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Where commands are typed: on a machine with an appliance, which they reach over the real local socket. */
final class Terminal implements BeforeEachCallback, AfterEachCallback {
    final RecordingHost host = new RecordingHost();
    final List<HostStatus.App> apps = new ArrayList<>();
    String piped = "";
    Path file;
    Db db;
    Accounts accounts;
    People people;
    AdminSocket socket;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Supplier<Path> directory;

    Terminal(Supplier<Path> directory) {
        this.directory = directory;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        file = directory.get().resolve("admin.sock");
        db = TestDb.open(directory.get());
        accounts = new Accounts(db, Clock.systemUTC(), new Ids(new SecureRandom()));
        people = new People(db, Clock.systemUTC(), new Ids(new SecureRandom()), new SecureRandom());
        socket = listen();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        socket.close();
        db.close();
    }

    AdminSocket listen() {
        var lines = new LinkedHashMap<String, String>();
        lines.put("Panel", "http://localhost");
        lines.put("Engine", "26.1");
        Supplier<HostStatus> status = () -> new HostStatus(lines, apps);
        return AdminSocket.open(
                file,
                accounts,
                people,
                new Audit(db, Clock.systemUTC()),
                "http://localhost:8080",
                status,
                Clock.systemUTC());
    }

    int run(String... arguments) {
        return Cli.run(
                arguments,
                Map.of("SIGNALBOX_ADMIN_SOCKET", file.toString()),
                host,
                new Cli.Streams(
                        new ByteArrayInputStream(piped.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out),
                        new PrintStream(err)));
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
