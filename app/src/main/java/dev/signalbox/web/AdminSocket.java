package dev.signalbox.web;

import dev.signalbox.accounts.Accounts;
import dev.signalbox.accounts.Audit;
import dev.signalbox.accounts.People;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes commands from root and from our own user over a local socket: one line of JSON in, one line out. Who is at the
 * other end is asked of the kernel, not of them.
 */
public final class AdminSocket implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AdminSocket.class);
    private static final String ROOT = "root";
    private static final int LONGEST_LINE = 64 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path file;
    private final String ownUser;
    private final Map<String, AdminCommand<?>> commands;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ServerSocketChannel server;

    private AdminSocket(Path file, Map<String, AdminCommand<?>> commands) throws IOException {
        this.file = file;
        this.ownUser = Files.getOwner(Path.of("/proc/self")).getName();
        this.commands = commands;
        this.server = listen(file);
    }

    /**
     * Listens at this path, in place of a socket that an earlier process left there.
     *
     * @param panel where the panel answers, as an address without a path
     * @param status what {@code signalbox status} shows
     */
    public static AdminSocket open(
            Path file,
            Accounts accounts,
            People people,
            Audit audit,
            String panel,
            Supplier<HostStatus> status,
            Clock clock) {
        try {
            var commands = new AdminCommands(accounts, people, audit, panel, status, clock);
            var socket = new AdminSocket(file, commands.byName());
            socket.threads.execute(socket::accept);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException("The local socket " + file + " cannot be opened.", e);
        }
    }

    private static ServerSocketChannel listen(Path file) throws IOException {
        Files.deleteIfExists(file);
        var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(file));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            return server;
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                var peer = server.accept();
                threads.execute(() -> serve(peer));
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                LOG.warn("A command over {} could not be taken", file, e);
            }
        }
    }

    private void serve(SocketChannel peer) {
        // A read from a local socket has no time limit of its own; closing the channel ends it.
        var limit = threads.submit(() -> {
            Thread.sleep(PATIENCE);
            peer.close();
            return peer;
        });
        try (peer) {
            var user = peer.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
            if (isTrusted(user)) write(peer, answer(read(peer)));
        } catch (IOException e) {
            LOG.debug("A command over {} was broken off", file, e);
        } finally {
            limit.cancel(true);
        }
    }

    private boolean isTrusted(String user) {
        if (user.equals(ROOT) || user.equals(ownUser)) return true;
        LOG.warn("{} tried to give a command over {} and was refused", user, file);
        return false;
    }

    private Map<String, Object> answer(byte[] line) {
        try {
            var request = Bodies.parse(line, Request.class);
            var command = commands.get(request.command());
            if (command == null) return refused(Problem.of(400, "command_unknown", "There is no such command."));
            return Map.of("result", command.run(Json.write(request.arguments()).getBytes(StandardCharsets.UTF_8)));
        } catch (Refusal e) {
            return refused(e.problem());
        } catch (RuntimeException e) {
            LOG.error("A command over {} failed", file, e);
            return refused(Problem.INTERNAL);
        }
    }

    private record Request(String command, Map<String, Object> arguments) {}

    private static Map<String, Object> refused(Problem problem) {
        var error = problem.fields();
        error.put("status", problem.status());
        return Map.of("error", error);
    }

    private static byte[] read(SocketChannel peer) throws IOException {
        var line = new ByteArrayOutputStream();
        var buffer = ByteBuffer.allocate(4096);
        while (line.size() < LONGEST_LINE && peer.read(buffer) >= 0) {
            line.write(buffer.array(), 0, buffer.position());
            if (buffer.position() > 0 && buffer.get(buffer.position() - 1) == '\n') break;
            buffer.clear();
        }
        return line.toByteArray();
    }

    private static void write(SocketChannel peer, Map<String, Object> answer) throws IOException {
        var line = ByteBuffer.wrap((Json.write(answer) + "\n").getBytes(StandardCharsets.UTF_8));
        while (line.hasRemaining()) peer.write(line);
    }

    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("The local socket {} could not be closed", file, e);
        }
        threads.shutdownNow();
    }
}
