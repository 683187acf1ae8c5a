package dev.signalbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.db.TestDb;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packed program where no appliance runs: what root can do then, and what it refuses to start on. */
class HostCommandsIT {
    private static final int MISCONFIGURED = 78;
    private static final Pattern LINE = Pattern.compile("^(ok|warn|fail) ");

    @TempDir
    Path directory;

    @Test
    void theDoctorNeedsNoAppliance() throws Exception {
        signalbox("key", "create");
        TestDb.open(directory).close();
        var found = signalbox("doctor");
        assertThat(found.exit()).isEqualTo(1);
        assertThat(found.text().lines().filter(line -> LINE.matcher(line).find()))
                .extracting(line -> line.substring(6).split(" {2,}", 2)[0])
                .containsExactly(
                        "Signalbox",
                        "Router",
                        "Port 80",
                        "Port 443",
                        "Docker",
                        "runc",
                        "Live-restore",
                        "Image store",
                        "Docker's door",
                        "Build limits",
                        "Firewall",
                        "Base images",
                        "Database",
                        "Data",
                        "Master key",
                        "Recovery kit",
                        "Disk",
                        "Clock");
        assertThat(found.text())
                .contains(
                        "fail  Signalbox ", "fail  Router ", "ok    Docker  ", "ok    Database ", "warn  Recovery kit ")
                .doesNotContain("\u001b", "Exception", "WARNING");
    }

    @Test
    void theKeyComesBackFromItsWords() throws Exception {
        signalbox("key", "create");
        var key = directory.resolve("master.key");
        var before = Files.readString(key);
        var words = signalbox("key", "words");
        assertThat(words.text().split("\\s+", -1)).hasSize(24);
        assertThat(signalbox("key", "confirm")).isEqualTo(new Ended(0, ""));
        Files.delete(key);
        Files.writeString(directory.resolve("kit"), words.text());
        assertThat(signalbox("key", "restore").exit()).isZero();
        assertThat(Files.readString(key)).isEqualTo(before);
        assertThat(signalbox("key", "restore").exit()).isEqualTo(1);
    }

    @Test
    void theDatabaseIsCopied() throws Exception {
        TestDb.open(directory).close();
        var copy = directory.resolve("copy.db");
        assertThat(signalbox("backup-database", copy.toString())).isEqualTo(new Ended(0, ""));
        assertThat(copy).isNotEmptyFile();
    }

    @Test
    void dataOfALaterProgramIsRefused() throws Exception {
        signalbox("key", "create");
        TestDb.open(directory).close();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("signalbox.db"));
                var statement = connection.createStatement()) {
            statement.execute("insert into flyway_schema_history (installed_rank, version, description, type, script,"
                    + " checksum, installed_by, execution_time, success) values (99, '999', 'later', 'SQL',"
                    + " 'V999__later.sql', 1, 'x', 1, 1)");
            statement.execute("PRAGMA user_version = 7");
        }
        var ended = signalbox("serve");
        assertThat(ended.exit()).isEqualTo(MISCONFIGURED);
        assertThat(ended.text()).contains("was made by another version of Signalbox", "Nothing was changed");
    }

    @Test
    void itDoesNotStartWithoutItsKey() throws Exception {
        var ended = signalbox("serve");
        assertThat(ended.exit()).isEqualTo(MISCONFIGURED);
        assertThat(ended.text()).contains("is missing; restore it from your recovery kit.");
    }

    @Test
    void itDoesNotStartWithMistakesInItsSettings() throws Exception {
        var builder = command("serve");
        builder.environment().put("SIGNALBOX_HTTP_PORT", "http");
        var ended = end(builder);
        assertThat(ended.exit()).isEqualTo(MISCONFIGURED);
        assertThat(ended.text()).contains("SIGNALBOX_HTTP_PORT is 'http'. Set it to a port, 0 to 65535.");
    }

    private record Ended(int exit, String text) {}

    private Ended signalbox(String... arguments) throws Exception {
        return end(command(arguments));
    }

    private Ended end(ProcessBuilder builder) throws Exception {
        var process = builder.redirectErrorStream(true).start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), text);
    }

    /** Reads the kit where there is one. */
    private ProcessBuilder command(String... arguments) throws Exception {
        var source = Path.of("").toAbsolutePath();
        var command =
                new ArrayList<>(List.of(source.resolve("installer/signalbox").toString()));
        command.addAll(List.of(arguments));
        var kit = directory.resolve("kit");
        if (Files.notExists(kit)) Files.createFile(kit);
        var builder = new ProcessBuilder(command).redirectInput(kit.toFile());
        var environment = builder.environment();
        environment.put("SIGNALBOX_HOME", source.resolve("target").toString());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("SIGNALBOX_DATA", directory.toString());
        environment.put("SIGNALBOX_MASTER_KEY", directory.resolve("master.key").toString());
        environment.put(
                "SIGNALBOX_ADMIN_SOCKET", directory.resolve("admin.sock").toString());
        // Nobody listens on these.
        environment.put("SIGNALBOX_PANEL_PORT", "1");
        environment.put("SIGNALBOX_PROXY_API_PORT", "2");
        return builder;
    }
}
