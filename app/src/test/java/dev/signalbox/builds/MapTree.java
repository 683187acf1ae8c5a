package dev.signalbox.builds;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A source tree that a test writes down. */
public final class MapTree implements SourceTree {
    private static final class Node {
        private final Entry.Kind kind;
        private final byte[] content;

        Node(Entry.Kind kind, byte[] content) {
            this.kind = kind;
            this.content = content;
        }
    }

    private final TreeMap<String, Node> nodes = new TreeMap<>();

    /** Paths and texts by turns. */
    public static MapTree of(String... pathsAndTexts) {
        var tree = new MapTree();
        for (int i = 0; i < pathsAndTexts.length; i += 2) tree.with(pathsAndTexts[i], pathsAndTexts[i + 1]);
        return tree;
    }

    /** The files below a directory of this machine; links in it stay links. */
    public static MapTree in(Path directory) {
        var tree = new MapTree();
        try (var paths = Files.walk(directory)) {
            for (var path : paths.filter(path -> !Files.isDirectory(path)).toList()) {
                var name = directory.relativize(path).toString();
                if (Files.isSymbolicLink(path))
                    tree.withLink(name, Files.readSymbolicLink(path).toString());
                else tree.put(name, kind(path), Files.readAllBytes(path));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tree;
    }

    private static Entry.Kind kind(Path path) {
        return Files.isExecutable(path) ? Entry.Kind.EXECUTABLE : Entry.Kind.FILE;
    }

    public MapTree with(String path, String text) {
        return put(path, Entry.Kind.FILE, text.getBytes(UTF_8));
    }

    public MapTree withExecutable(String path, String text) {
        return put(path, Entry.Kind.EXECUTABLE, text.getBytes(UTF_8));
    }

    public MapTree withLink(String path, String target) {
        return put(path, Entry.Kind.LINK, target.getBytes(UTF_8));
    }

    public MapTree withSubmodule(String path) {
        return put(path, Entry.Kind.SUBMODULE, new byte[0]);
    }

    private MapTree put(String path, Entry.Kind kind, byte[] content) {
        nodes.put(path, new Node(kind, content));
        return this;
    }

    @Override
    public String id() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var node : nodes.entrySet()) {
                digest.update((node.getKey() + node.getValue().kind).getBytes(UTF_8));
                digest.update(node.getValue().content);
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, 40);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public List<Entry> entries() {
        return nodes.entrySet().stream().map(MapTree::entry).toList();
    }

    private static Entry entry(Map.Entry<String, Node> node) {
        return new Entry(node.getKey(), node.getValue().kind, node.getValue().content.length);
    }

    @Override
    public Optional<String> readText(String path) {
        return Optional.ofNullable(nodes.get(path)).map(node -> new String(node.content, UTF_8));
    }

    @Override
    public InputStream open(String path) throws IOException {
        var node = nodes.get(path);
        if (node == null) throw new IOException("no such file: " + path);
        return new ByteArrayInputStream(node.content);
    }
}
