package dev.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said when an appliance ends in the middle of a command. */
class AdminClientTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"result\":", "nonsense"})
    void aCommandThatWasSentMayHaveBeenDone(String answer) throws Exception {
        try (var server = listen()) {
            var thread = Thread.ofVirtual().start(() -> answer(server, answer));
            assertThatThrownBy(() -> ask("token.create"))
                    .isInstanceOfSatisfying(
                            CommandFailed.class,
                            failed -> assertThat(failed.exit()).isEqualTo(Exit.FAILED))
                    .hasMessageContaining("It may have been done.")
                    .hasMessageNotContainingAny("Only root", "Nothing was done");
            thread.join();
        }
    }

    @Test
    void aCommandThatWasNotSentWasNotDone() {
        assertThatThrownBy(() -> ask("token.create")).hasMessageContaining("Nothing was done.");
    }

    private void ask(String command) {
        AdminClient.of(Map.of("SIGNALBOX_ADMIN_SOCKET", socket().toString()), new RecordingHost())
                .ask(command, Map.of());
    }

    private ServerSocketChannel listen() throws IOException {
        var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        return server.bind(UnixDomainSocketAddress.of(socket()));
    }

    private Path socket() {
        return directory.resolve("admin.sock");
    }

    private static void answer(ServerSocketChannel server, String text) {
        try (var peer = server.accept()) {
            peer.read(ByteBuffer.allocate(4096));
            peer.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
