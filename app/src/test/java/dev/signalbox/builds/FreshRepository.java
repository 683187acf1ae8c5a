package dev.signalbox.builds;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.signalbox.engine.BuildContext;
import dev.signalbox.engine.BuildEvent;
import dev.signalbox.engine.BuildRequest;
import dev.signalbox.engine.Engine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A repository as a tool's own {@code init} makes it. The tool runs in its base image, as a step of a build whose output
 * is the files.
 */
final class FreshRepository {
    private FreshRepository() {}

    static MapTree make(Engine engine, String name, String image, String script) throws InterruptedException {
        var lines = new ArrayList<String>();
        var request = new BuildRequest(name, "Dockerfile", null, Map.of(), Map.of(), true);
        var dockerfile = """
                FROM %s
                WORKDIR /demo
                COPY init /init
                RUN bash -eu /init >/dev/null
                RUN echo BEGIN && tar --create --gzip --exclude-vcs --exclude=node_modules . | base64 && echo END
                """.formatted(image);
        var files = Map.of("Dockerfile", dockerfile, "init", script);
        engine.build(request, tar(files), event -> {
            if (event instanceof BuildEvent.StepOutput(int step, var text)) lines.add(text);
        });
        var begin = lines.indexOf("BEGIN");
        return unpack(Base64.getDecoder().decode(String.join("", lines.subList(begin + 1, lines.indexOf("END")))));
    }

    private static BuildContext tar(Map<String, String> files) {
        return out -> write(files, out);
    }

    private static void write(Map<String, String> files, OutputStream out) throws IOException {
        var tar = new TarArchiveOutputStream(out);
        for (var name : List.of("Dockerfile", "init")) {
            var content = files.get(name).getBytes(UTF_8);
            var entry = new TarArchiveEntry(name);
            entry.setSize(content.length);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        }
        tar.finish();
    }

    private static MapTree unpack(byte[] archive) {
        var tree = new MapTree();
        try (var tar =
                new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(archive)), UTF_8.name())) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isFile())
                    tree.with(entry.getName().substring("./".length()), new String(tar.readAllBytes(), UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tree;
    }
}
