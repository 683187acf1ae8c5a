package dev.signalbox.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Speaks to the appliance on this machine over its local socket. */
final class AdminClient {
    private static final String VARIABLE = "SIGNALBOX_ADMIN_SOCKET";
    private static final String DEFAULT = "/run/signalbox/admin.sock";

    private static final String ROOT = "root";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path socket;
    private final Host host;

    private AdminClient(Path socket, Host host) {
        this.socket = socket;
        this.host = host;
    }

    static AdminClient of(Map<String, String> environment, Host host) {
        return new AdminClient(Path.of(environment.getOrDefault(VARIABLE, DEFAULT)), host);
    }

    /** Gives a command and returns what came of it. */
    JsonNode ask(String command, Map<String, Object> arguments) {
        var json = new ObjectMapper();
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            closeInTime(channel);
            var line = json.writeValueAsString(Map.of("command", command, "arguments", arguments)) + "\n";
            connect(channel);
            write(channel, line.getBytes(StandardCharsets.UTF_8));
            return result(json.readTree(read(channel)));
        } catch (IOException e) {
            throw unanswered(e.toString());
        }
    }

    private void connect(SocketChannel channel) {
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (AccessDeniedException e) {
            throw notAllowed();
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /** A local socket has no time limit of its own; closing it ends every wait on it. */
    private static void closeInTime(SocketChannel channel) {
        Thread.startVirtualThread(() -> {
            try {
                Thread.sleep(PATIENCE);
                channel.close();
            } catch (InterruptedException | IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private JsonNode result(JsonNode answer) {
        if (answer.isMissingNode()) throw unanswered("it ended the connection");
        var error = answer.path("error");
        if (error.isMissingNode()) return answer.path("result");
        throw new CommandFailed(
                Exit.ofStatus(error.path("status").asInt()),
                error.path("message").asText());
    }

    private CommandFailed notAllowed() {
        return new CommandFailed(
                Exit.NOT_ALLOWED, "Only root may do this. Nothing was done. Give the command again with sudo.");
    }

    private CommandFailed unreachable(IOException e) {
        if (Files.exists(socket) && !Files.isWritable(socket)) return notAllowed();
        return new CommandFailed(
                Exit.FAILED,
                "Signalbox does not answer at " + socket + " (" + e.getMessage() + "). Nothing was done. "
                        + host.howToStart());
    }

    /** After the command was sent, nobody here knows how far it got; only a stranger's was not even read. */
    private CommandFailed unanswered(String reason) {
        if (!isTrusted()) return notAllowed();
        return new CommandFailed(
                Exit.FAILED,
                "Signalbox took the command and did not answer (" + reason + "). It may have been done. "
                        + "See whether it was before giving it again. " + host.howToStart());
    }

    private boolean isTrusted() {
        try {
            var self = Files.getOwner(Path.of("/proc/self"));
            return self.getName().equals(ROOT) || self.equals(Files.getOwner(socket));
        } catch (IOException e) {
            return true; // the socket went with the appliance; it had been open to us
        }
    }

    private static void write(SocketChannel channel, byte[] line) throws IOException {
        var buffer = ByteBuffer.wrap(line);
        while (buffer.hasRemaining()) channel.write(buffer);
    }

    private static byte[] read(SocketChannel channel) throws IOException {
        var answer = new ByteArrayOutputStream();
        var buffer = ByteBuffer.allocate(4096);
        while (channel.read(buffer) >= 0) {
            answer.write(buffer.array(), 0, buffer.position());
            buffer.clear();
        }
        return answer.toByteArray();
    }
}
