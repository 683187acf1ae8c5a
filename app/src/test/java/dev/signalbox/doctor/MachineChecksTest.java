package dev.signalbox.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.db.TestDb;
import dev.signalbox.doctor.Finding.Verdict;
import dev.signalbox.engine.FakeEngine;
import dev.signalbox.secrets.MasterKey;
import dev.signalbox.secrets.RecoveryKit;
import dev.signalbox.space.Level;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read from files, the kernel's among them: real ones where the test has them, else laid out as it would. */
class MachineChecksTest {
    private static final Path MACHINE = Path.of("/");

    @TempDir
    Path root;

    @Test
    void whoTakesAPortIsNamed() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var found = new PortCheck(socket.getLocalPort(), new Processes(MACHINE), new InitSystem(MACHINE)).examine();
            assertThat(found.verdict()).isEqualTo(Verdict.FAIL);
            assertThat(found.sentence())
                    .startsWith("java (process " + ProcessHandle.current().pid() + ") listens on it");
        }
    }

    @Test
    void aPortThatNobodyListensOnIsSaid() throws Exception {
        int free;
        try (var socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertThat(new PortCheck(free, new Processes(MACHINE), new InitSystem(MACHINE))
                        .examine()
                        .sentence())
                .startsWith("Nobody listens");
    }

    @Test
    void theRouterMayListen() throws Exception {
        process("traefik", "traefik");
        write("proc/net/tcp", "  sl\n   0: 00000000:0050 00000000:0000 0A 0:0 0:0 0 0 0 4711 1 0");
        Files.createDirectories(root.resolve("proc/17/fd"));
        Files.createSymbolicLink(root.resolve("proc/17/fd/3"), Path.of("socket:[4711]"));
        assertThat(new PortCheck(80, processes(), new InitSystem(root))
                        .examine()
                        .verdict())
                .isEqualTo(Verdict.OK);
    }

    @ParameterizedTest
    @CsvSource({
        "'dockerd -H fd://', '', OK",
        "'dockerd -H tcp://0.0.0.0:2375', '', FAIL",
        "'dockerd -H 0.0.0.0:2375', '', FAIL",
        "'dockerd -H=:2375', '', FAIL",
        "'dockerd -Hunix:///run/docker.sock --containerd=/run/containerd.sock', '', OK",
        "'dockerd --host=tcp://0.0.0.0:2375', '', FAIL",
        "'dockerd -H tcp://0.0.0.0:2376 --tlsverify', '', OK",
        "dockerd, '{\"hosts\": [\"unix:///run/docker.sock\", \"tcp://10.0.0.1:2375\"]}', FAIL",
        "dockerd, '{\"hosts\": [\"10.0.0.1:2375\"]}', FAIL",
        "dockerd, '{\"hosts\": [\"tcp://10.0.0.1:2376\"], \"tlsverify\": true}', OK",
        "dockerd, '{\"live-restore\": true}', OK"
    })
    void dockerTakesNoOrdersFromTheNetwork(String command, String settings, Verdict verdict) throws Exception {
        engine(command);
        write("etc/docker/daemon.json", settings);
        assertThat(new DockerAddressCheck(root, processes()).examine().verdict())
                .isEqualTo(verdict);
    }

    /** Its numbers are those that it has on the machine and in the container. */
    @Test
    void aProgramInAContainerIsNoEngine() throws Exception {
        engine("dockerd -H tcp://203.0.113.7:2375");
        write("proc/17/status", "Name:\tdockerd\nNSpid:\t17\t1\n");
        assertThat(new DockerAddressCheck(root, processes()).examine().verdict())
                .isEqualTo(Verdict.OK);
        assertThat(processes().engine()).isEmpty();
    }

    @Test
    void anEngineThatEndedOrIsAnotherProgramIsNone() throws Exception {
        assertThat(processes().engine()).isEmpty();
        write("run/docker.pid", "17\n");
        assertThat(processes().engine()).isEmpty();
        process("bash", "bash");
        assertThat(processes().engine()).isEmpty();
    }

    @Test
    void whatWasNamedByAnybodyDoesNotSteerTheTerminal() throws Exception {
        engine("dockerd -H tcp://\u001b[2J\u202eopen");
        assertThat(new DockerAddressCheck(root, processes()).examine().sentence())
                .startsWith("Docker listens on tcp://?[2J?open without TLS");
    }

    @Test
    void buildsAreLimitedBySystemdsSlice() throws Exception {
        engine("dockerd");
        Files.createDirectories(root.resolve("run/systemd/system"));
        write("proc/17/cgroup", "0::/system.slice/docker.service");
        assertThat(buildLimits().sentence()).startsWith("A build may take all");
        write("etc/systemd/system/signalbox-build.slice", "[Slice]");
        assertThat(buildLimits().sentence()).startsWith("Docker was started before");
        write("proc/17/cgroup", "0::/signalbox.slice/signalbox-build.slice/docker.service");
        write("sys/fs/cgroup/signalbox.slice/signalbox-build.slice/memory.max", "1073741824");
        assertThat(buildLimits()).isEqualTo(Finding.ok("All builds together have 1024 MB of memory."));
    }

    @ParameterizedTest
    @CsvSource({
        "memory/docker/buildkit/memory.limit_in_bytes, 536870912, OK",
        "memory/docker/buildkit/memory.limit_in_bytes, 9223372036854771712, WARN",
        "docker/buildkit/memory.max, 536870912, OK",
        "docker/buildkit/memory.max, max, WARN",
        "other, 1, WARN"
    })
    void buildsAreLimitedByTheirOwnGroupElsewhere(String file, String limit, Verdict verdict) throws Exception {
        write("sys/fs/cgroup/" + file, limit);
        assertThat(buildLimits().verdict()).isEqualTo(verdict);
    }

    @Test
    void dataIsItsOwnersAlone() throws Exception {
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
        assertThat(new DataDirectoryCheck(root).examine().verdict()).isEqualTo(Verdict.OK);
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-x---"));
        assertThat(new DataDirectoryCheck(root).examine().verdict()).isEqualTo(Verdict.FAIL);
        assertThat(new DataDirectoryCheck(root.resolve("gone")).examine().verdict())
                .isEqualTo(Verdict.FAIL);
    }

    @Test
    void theKeyIsAKeyAndItsKitIsAskedFor() throws Exception {
        var key = root.resolve("master.key");
        assertThat(new MasterKeyCheck(key).examine().verdict()).isEqualTo(Verdict.FAIL);
        MasterKey.create(key, new SecureRandom());
        assertThat(new MasterKeyCheck(key).examine().verdict()).isEqualTo(Verdict.OK);
        assertThat(new RecoveryKitCheck(key).examine().verdict()).isEqualTo(Verdict.WARN);
        RecoveryKit.confirm(key);
        assertThat(new RecoveryKitCheck(key).examine().verdict()).isEqualTo(Verdict.OK);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(new MasterKeyCheck(key).examine().verdict()).isEqualTo(Verdict.FAIL);
        assertThat(new RecoveryKitCheck(key).examine().verdict()).isEqualTo(Verdict.WARN);
    }

    @Test
    void theDatabaseIsReadThroughWhileItIsInUse() throws Exception {
        try (var db = TestDb.open(root)) {
            assertThat(db).isNotNull();
            var found = new DatabaseCheck(root.resolve("signalbox.db")).examine();
            assertThat(found.verdict()).isEqualTo(Verdict.OK);
            assertThat(found.sentence()).matches("SQLite 3\\.[0-9.]+; all of it can be read\\.");
        }
        write("broken.db", "no database at all, but somebody's only copy of something");
        assertThat(new DatabaseCheck(root.resolve("broken.db")).examine().verdict())
                .isEqualTo(Verdict.FAIL);
        assertThat(new DatabaseCheck(root.resolve("gone.db")).examine().verdict())
                .isEqualTo(Verdict.FAIL);
        assertThat(root.resolve("gone.db")).doesNotExist();
    }

    @Test
    void theDiskIsMeasured() throws Exception {
        assertThat(disk(new Level.Bounds(101, 101, 101)).sentence())
                .matches("The disk of /\\S+ is [0-9]+ % full: [0-9.]+ [GM]B of [0-9.]+ [GM]B are free\\.");
        assertThat(disk(new Level.Bounds(0, 101, 101)).verdict()).isEqualTo(Verdict.WARN);
        assertThat(disk(new Level.Bounds(0, 0, 101)).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(disk(new Level.Bounds(0, 0, 0)).sentence()).endsWith("soon nothing can be saved.");
    }

    private Finding disk(Level.Bounds bounds) throws IOException {
        return new DiskCheck(root, new FakeEngine(Clock.systemUTC()), bounds).examine();
    }

    @ParameterizedTest
    @CsvSource({"0, OK", "1, OK", "5, WARN", "-1, WARN"})
    void aClockThatNothingKeepsRightIsSaid(int state, Verdict verdict) {
        assertThat(new ClockCheck(new InitSystem(MACHINE), state).examine().verdict())
                .isEqualTo(verdict);
    }

    @Test
    void theKernelTellsAboutItsClock() {
        assertThat(Libc.clockState()).isBetween(0, 5);
    }

    private Finding buildLimits() throws IOException {
        return new BuildLimitsCheck(root, processes(), new InitSystem(root)).examine();
    }

    private Processes processes() {
        return new Processes(root);
    }

    private void engine(String command) throws IOException {
        process("dockerd", command);
        write("proc/17/status", "Name:\tdockerd\nNSpid:\t17\n");
        write("run/docker.pid", "17");
    }

    private void process(String name, String command) throws IOException {
        write("proc/17/comm", name + "\n");
        write("proc/17/cmdline", command.replace(' ', '\0') + "\0");
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), text);
    }
}
