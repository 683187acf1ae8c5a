package dev.signalbox.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListeningSocketsTest {
    private static final String HEAD =
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid";

    @Test
    void readsPortsAndWhatTheyAreBoundTo() {
        var lines = List.of(
                HEAD,
                "   0: 00000000:0FA0 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 1 1",
                "   1: 0100007F:1388 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 2 1",
                "   2: 0B00007F:A0F3 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 3 1",
                "   3: 0203D00A:1F90 0103D00A:C350 01 00000000:00000000 00:00000000 00000000  1000        0 4 1",
                HEAD,
                "   0: 00000000000000000000000000000000:0BB8 00000000000000000000000000000000:0000 0A 0:0",
                "   1: 00000000000000000000000001000000:0BB9 00000000000000000000000000000000:0000 0A 0:0",
                "   2: 0000000000000000FFFF00000100007F:0BBA 00000000000000000000000000000000:0000 0A 0:0",
                "   3: 0000000000000000FFFF00000203D00A:0BBB 00000000000000000000000000000000:0000 0A 0:0");

        assertThat(ListeningSockets.parse(lines))
                .containsExactly(
                        new Listener(3000, false),
                        new Listener(3001, true),
                        new Listener(3002, true),
                        new Listener(3003, false),
                        new Listener(4000, false),
                        new Listener(5000, true));
    }

    @Test
    void isReachableWhenOneOfTwoBindingsIs() {
        var lines = List.of(
                "   0: 0100007F:0BB8 00000000:0000 0A 00000000:00000000",
                "   1: 0203D00A:0BB8 00000000:0000 0A 00000000:00000000");

        assertThat(ListeningSockets.parse(lines)).containsExactly(new Listener(3000, false));
    }

    @Test
    void findsNothingInAProcessThatHasEnded(@TempDir Path process) throws IOException {
        assertThat(ListeningSockets.of(process)).isEmpty();
    }
}
