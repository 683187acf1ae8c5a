package dev.signalbox.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessLogTest {
    @TempDir
    Path proxy;

    @Test
    void theLogIsMadeForAGroupToWrite() throws IOException {
        var log = new AccessLog(proxy);
        log.create();
        log.create();
        var mode = Files.getPosixFilePermissions(log.directory().resolve("access.log"));
        assertThat(PosixFilePermissions.toString(mode)).isEqualTo("rw-rw----");
    }

    @Test
    void aFullLogBecomesTheOlderOneAndTheWriterGoesOn() throws IOException {
        var log = new AccessLog(proxy, 10);
        log.create();
        var file = log.directory().resolve("access.log");
        try (var writer = Files.newBufferedWriter(file, StandardOpenOption.APPEND)) {
            writer.append("1234567890").flush();
            log.keepBounded();
            assertThat(file).hasContent("1234567890");
            writer.append("1").flush();
            log.keepBounded();
            writer.append("next").flush();
        }
        assertThat(file).hasContent("next");
        assertThat(log.directory().resolve("access.log.1")).hasContent("12345678901");
    }
}
