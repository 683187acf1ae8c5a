package dev.signalbox.builds;

import dev.signalbox.builds.SourceTree.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of a tree, found by path. Links and submodules are no files here. */
final class SourceFiles {
    private static final long LARGEST_TEXT = 256 << 10;
    private static final long LARGEST_LOCK = 4 << 20;
    private static final Pattern LOCK =
            Pattern.compile("(?:.*/)?(?:[^/]+[.-]lock(?:\\.json|\\.yaml)?|npm-shrinkwrap\\.json|go\\.sum)");
    /** Nobody writes longer ones by hand; patterns that look for something in a line may take their time with these. */
    private static final int LONGEST_LINE = 1_000;

    private final SourceTree tree;
    private final Map<String, Entry> files = new HashMap<>();
    private final List<Entry> entries;

    SourceFiles(SourceTree tree) {
        this.tree = tree;
        try {
            this.entries = tree.entries();
        } catch (IOException e) {
            throw unreadable(e);
        }
        for (var entry : entries) if (isFile(entry)) files.put(entry.path(), entry);
    }

    private static boolean isFile(Entry entry) {
        return entry.kind() == Entry.Kind.FILE || entry.kind() == Entry.Kind.EXECUTABLE;
    }

    String treeId() {
        return tree.id();
    }

    List<Entry> entries() {
        return entries;
    }

    boolean has(String path) {
        return files.containsKey(path);
    }

    /** The first of these paths that is a file. */
    Optional<String> first(String... paths) {
        return Stream.of(paths).filter(this::has).findFirst();
    }

    /** Paths of files that match as a whole, sorted. */
    List<String> matching(Pattern pattern) {
        return entries.stream()
                .filter(SourceFiles::isFile)
                .map(Entry::path)
                .filter(path -> pattern.matcher(path).matches())
                .toList();
    }

    boolean hasDirectory(String path) {
        return entries.stream().anyMatch(entry -> entry.path().startsWith(path + "/"));
    }

    /** Whether there is anything of this name: a file, a directory, a link. */
    boolean isTaken(String path) {
        return hasDirectory(path) || entries.stream().map(Entry::path).anyMatch(path::equals);
    }

    /** The text of a file without a byte order mark; empty when there is none at this path. */
    Optional<String> text(String path) {
        var entry = files.get(path);
        if (entry == null) return Optional.empty();
        boolean lock = LOCK.matcher(path).matches();
        if (entry.size() > (lock ? LARGEST_LOCK : LARGEST_TEXT)) {
            throw new BuildRefused(PlainText.of(path) + " is larger than " + (lock ? "4 MB" : "256 KB")
                    + ", which is more than is read of such a file.");
        }
        try {
            return tree.readText(path).map(text -> text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** The text of a file that people write, without lines that no person has written. */
    Optional<String> code(String path) {
        return text(path)
                .map(text -> text.lines()
                        .filter(line -> line.length() <= LONGEST_LINE)
                        .collect(Collectors.joining("\n")));
    }

    /** The beginning of a file that may be large. */
    String head(String path, int bytes) {
        try (var in = tree.open(path)) {
            return new String(in.readNBytes(bytes), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    InputStream open(String path) throws IOException {
        return tree.open(path);
    }

    private static UncheckedIOException unreadable(IOException e) {
        return new UncheckedIOException("the source tree cannot be read", e);
    }
}
