package dev.signalbox.deploys;

import dev.signalbox.builds.SourceTree;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Files given by a test, as if they were a commit. */
record FileTree(Map<String, String> files) implements SourceTree {
    @Override
    public String id() {
        return String.format("%040x", new TreeMap<>(files).toString().hashCode() & 0xffffffffL);
    }

    @Override
    public List<Entry> entries() {
        return new TreeMap<>(files)
                .entrySet().stream()
                        .map(file -> new Entry(file.getKey(), Entry.Kind.FILE, bytes(file.getKey()).length))
                        .toList();
    }

    @Override
    public Optional<String> readText(String path) {
        return Optional.ofNullable(files.get(path));
    }

    @Override
    public InputStream open(String path) {
        return new ByteArrayInputStream(bytes(path));
    }

    private byte[] bytes(String path) {
        return Objects.requireNonNull(files.get(path)).getBytes(StandardCharsets.UTF_8);
    }
}
