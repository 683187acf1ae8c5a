package dev.signalbox.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A build's files, given by path and text. */
public final class TarFiles {
    private TarFiles() {}

    public static BuildContext of(Map<String, String> files) {
        return out -> write(files, out);
    }

    private static void write(Map<String, String> files, OutputStream out) throws IOException {
        var tar = new TarArchiveOutputStream(out);
        for (var name : files.keySet().stream().sorted().toList()) {
            var content = files.get(name).getBytes(StandardCharsets.UTF_8);
            var entry = new TarArchiveEntry(name);
            entry.setSize(content.length);
            entry.setModTime(0L);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        }
        tar.finish();
    }
}
