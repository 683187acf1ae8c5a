package dev.signalbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.accounts.Role;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms that are none of ours are refused before any of them is read: a server writes their files to the disk. */
class ForeignFormsTest {
    @TempDir
    Path directory;

    private World world;

    @BeforeEach
    void start() {
        world = new World(directory).start();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    /** The body is held back until somebody wants to read it, who would be told to go on first. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/sign-in",
                "/sign-out",
                "/confirm",
                "/theme",
                "/keys",
                "/setup",
                "/join/x",
                "/account/name",
                "/projects/new",
                "/nowhere"
            })
    void whatOthersSendIsNotRead(String path) {
        assertThat(post(path, "multipart/form-data; boundary=x", "Content-Length: 60000"))
                .startsWith("HTTP/1.1 415");
        assertThat(post(path, "multipart/form-data; boundary=x", "Transfer-Encoding: chunked"))
                .startsWith("HTTP/1.1 415");
        assertThat(post(path, "MULTIPART/Mixed; boundary=x", "Content-Length: 60000"))
                .startsWith("HTTP/1.1 415");
        assertThat(post(path, "application/x-www-form-urlencoded", "Content-Length: 99999999"))
                .startsWith("HTTP/1.1 413");
    }

    @Test
    void neitherOfWhoIsSignedIn() {
        var cookie = "Cookie: signalbox="
                + world.signIn(Role.OWNER).started().cookie().reveal();
        assertThat(post("/account/name", "multipart/form-data; boundary=x", "Content-Length: 60000\r\n" + cookie))
                .startsWith("HTTP/1.1 415");
    }

    private String post(String path, String type, String header) {
        return world.http()
                .raw("POST " + path
                        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Type: "
                        + type + "\r\n" + header + "\r\n\r\n");
    }
}
