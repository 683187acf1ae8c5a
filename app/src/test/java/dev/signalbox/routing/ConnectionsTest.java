package dev.signalbox.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
    @Test
    void openConnectionsAreCountedUntilTheyAreClosed() throws IOException {
        var local = InetAddress.getByName("127.0.0.3");
        try (var server = new ServerSocket(0, 50, local)) {
            var backend = new Backend("127.0.0.3", server.getLocalPort());
            assertThat(Connections.to(backend)).isZero();
            assertThat(Connections.listenersOn(server.getLocalPort())).isOne();
            try (var first = new Socket(local, server.getLocalPort());
                    var second = new Socket(local, server.getLocalPort())) {
                assertThat(first.isConnected() && second.isConnected()).isTrue();
                assertThat(Connections.to(backend)).isEqualTo(2);
                assertThat(Connections.to(new Backend("127.0.0.1", server.getLocalPort())))
                        .isZero();
            }
            assertThat(Connections.to(backend)).isZero();
        }
    }
}
