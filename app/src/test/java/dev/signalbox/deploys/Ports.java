package dev.signalbox.deploys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;

/** Where the parts of a rig listen; a second process on the same directory gets the same. */
record Ports(int http, int https, int api, int panel) {
    static Ports free() {
        return new Ports(freePort(), freePort(), freePort(), freePort());
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
