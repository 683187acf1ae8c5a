package dev.signalbox.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HoldTest {
    private static final Duration AT_MOST = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int BIG = 8 << 20;

    private final Hold hold = Hold.open(LONG);
    private final TestBackend blue = new TestBackend("blue");
    private final TestBackend green = new TestBackend("green");
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        hold.close();
        blue.close();
        green.close();
        threads.shutdownNow();
    }

    @Test
    void aRequestWaitsAndIsAnsweredByWhomItIsReleasedTo() throws Exception {
        var answer = asking(hold, "/first");
        awaitWaiting(hold, 1);
        assertThat(answer.isDone()).isFalse();

        hold.release(List.of(blue.address()));

        assertThat(await(answer).from()).isEqualTo("blue");
        assertThat(await(answer).body()).contains("GET /first");
        assertThat(hold.waiting()).isZero();
    }

    @Test
    void aConnectionThatIsKeptStaysWithItsTarget() throws Exception {
        hold.release(List.of(blue.address()));
        try (var client = new TestClient(hold.address().port())) {
            assertThat(client.send("GET", "x", "/1", new byte[0]).from()).isEqualTo("blue");
            hold.release(List.of(green.address()));
            assertThat(client.send("POST", "x", "/2", new byte[1000]).from()).isEqualTo("blue");
        }
        assertThat(await(asking(hold, "/3")).from()).isEqualTo("green");
    }

    @Test
    void connectionsGoToAllOfSeveralInTurn() throws Exception {
        hold.release(List.of(blue.address(), green.address()));
        var names = new ArrayList<String>();
        for (int i = 0; i < 4; i++) names.add(await(asking(hold, "/" + i)).from());
        assertThat(names).containsExactlyInAnyOrder("blue", "green", "blue", "green");
    }

    @Test
    void manyWaitAndEachGetsItsOwnAnswer() throws Exception {
        var answers = new ArrayList<Future<TestClient.Answer>>();
        for (int i = 0; i < 500; i++) answers.add(asking(hold, "/number/" + i));
        awaitWaiting(hold, 500);

        hold.release(List.of(blue.address()));

        for (int i = 0; i < 500; i++) {
            assertThat(await(answers.get(i)).body()).contains("GET /number/" + i + "\n");
        }
        assertThat(Wait.until(() -> hold.connections() == 0, AT_MOST)).isTrue();
    }

    @Test
    void aBigBodyArrivesByteForByteAndSoDoesWhatComesBack() throws Exception {
        var there = random(BIG, 1);
        var back = random(BIG, 2);
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var client = connect(hold)) {
            var sent = threads.submit(() -> {
                client.getOutputStream().write(there);
                client.shutdownOutput();
                return client.getInputStream().readAllBytes();
            });
            awaitWaiting(hold, 1);
            var received = threads.submit(() -> {
                try (var accepted = server.accept()) {
                    var bytes = accepted.getInputStream().readAllBytes();
                    // Its writer has said all, and still listens.
                    accepted.getOutputStream().write(back);
                    return bytes;
                }
            });

            hold.release(List.of(address(server)));

            assertThat(await(received)).isEqualTo(there);
            assertThat(await(sent)).isEqualTo(back);
        }
    }

    @Test
    void nothingIsReadBeforeItIsReleased() throws Exception {
        try (var client = connect(hold)) {
            var sent = threads.submit(() -> {
                client.getOutputStream().write(new byte[64 << 20]);
                return true;
            });
            awaitWaiting(hold, 1);
            assertThatThrownBy(() -> sent.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void whatBreaksOffOnOneSideEndsOnTheOther() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var client = connect(hold)) {
            hold.release(List.of(address(server)));
            try (var accepted = server.accept()) {
                accepted.setSoLinger(true, 0);
            }
            assertThat(threads.submit(() -> end(client.getInputStream())).get(10, TimeUnit.SECONDS))
                    .isTrue();
        }
        assertThat(Wait.until(() -> hold.connections() == 0, AT_MOST)).isTrue();
    }

    private static boolean end(InputStream in) {
        try {
            return in.read() < 0;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void whoHasWaitedTooLongIsToldSo() throws Exception {
        try (var hasty = Hold.open(Duration.ofMillis(50))) {
            var answer = await(asking(hasty, "/"));
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.headers()).contains("Connection: close", "Retry-After: 5", "Cache-Control: no-store");
            assertThat(answer.body()).contains("Try again in a moment.", "</html>");
            assertThat(Wait.until(() -> hasty.connections() == 0, AT_MOST)).isTrue();

            hasty.release(List.of(blue.address()));
            assertThat(await(asking(hasty, "/")).from()).isEqualTo("blue");
        }
    }

    @Test
    void theAnswerReachesWhoIsStillSending() throws Exception {
        try (var hasty = Hold.open(Duration.ofMillis(50));
                var client = connect(hasty)) {
            var body = threads.submit(() -> {
                client.getOutputStream()
                        .write("POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                client.getOutputStream().write(new byte[BIG]);
                return true;
            });
            assertThat(new String(client.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 503");
            assertThat(await(body)).isTrue();
        }
    }

    @Test
    void aTargetThatRefusesIsPassedOver() throws Exception {
        var nobody = refusing();
        hold.release(List.of(nobody, green.address()));
        for (int i = 0; i < 4; i++)
            assertThat(await(asking(hold, "/" + i)).from()).isEqualTo("green");

        hold.release(List.of(nobody));
        assertThat(await(asking(hold, "/")).status()).isEqualTo(503);
    }

    @Test
    void nobodyIsReleasedToNobody() {
        assertThatThrownBy(() -> hold.release(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void closingItTellsThoseWhoWaitAndLeavesNothing() throws Exception {
        var answer = asking(hold, "/");
        awaitWaiting(hold, 1);

        hold.close();

        assertThat(await(answer).status()).isEqualTo(503);
        assertThat(Wait.until(hold::isGone, AT_MOST)).isTrue();
        assertThatThrownBy(() -> connect(hold)).isInstanceOf(ConnectException.class);
        hold.close();
    }

    @Test
    void closingItCutsOffWhatWasPassedOn() throws Exception {
        hold.release(List.of(blue.address()));
        try (var client = new TestClient(hold.address().port())) {
            client.send("GET", "x", "/", new byte[0]);
            hold.close();
            assertThatThrownBy(client::line).isInstanceOf(IOException.class);
        }
        assertThat(Wait.until(hold::isGone, AT_MOST)).isTrue();
    }

    @Test
    void itClosesByItselfBehindTheLastThatWasPassedOn() throws Exception {
        hold.release(List.of(blue.address()));
        try (var client = new TestClient(hold.address().port())) {
            assertThat(client.send("GET", "x", "/", new byte[0]).from()).isEqualTo("blue");
            hold.closeWhenUnused();
            assertThat(await(asking(hold, "/")).from())
                    .as("what was on its way")
                    .isEqualTo("blue");
            assertThat(Wait.until(() -> Connections.listenersOn(hold.address().port()) == 0, AT_MOST))
                    .isTrue();
            assertThat(client.send("GET", "x", "/", new byte[0]).from()).isEqualTo("blue");
            assertThat(hold.isGone()).isFalse();
        }
        assertThat(Wait.until(hold::isGone, AT_MOST)).isTrue();
    }

    private Future<TestClient.Answer> asking(Hold at, String path) {
        return threads.submit(() -> TestClient.ask(at.address().port(), "app.localhost", path));
    }

    private static void awaitWaiting(Hold at, int connections) throws InterruptedException {
        assertThat(Wait.until(() -> at.waiting() == connections, AT_MOST)).isTrue();
    }

    private static <T> T await(Future<T> result) throws Exception {
        return result.get(AT_MOST.toSeconds(), TimeUnit.SECONDS);
    }

    private static Socket connect(Hold to) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), to.address().port());
    }

    private static Backend address(ServerSocket server) {
        return new Backend("127.0.0.1", server.getLocalPort());
    }

    private static Backend refusing() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return address(server);
        }
    }

    private static byte[] random(int length, long seed) {
        var bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
