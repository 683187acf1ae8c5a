package dev.signalbox.git;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/** The files of one commit, read where they are stored and never checked out. Paths use {@code /} and are relative. */
public final class GitTree implements AutoCloseable {
    private static final int LONGEST_TEXT = 16 * 1024 * 1024;

    private final OpenRepository repository;
    private final RevTree tree;

    private GitTree(OpenRepository repository, RevTree tree) {
        this.repository = repository;
        this.tree = tree;
    }

    static GitTree open(RepositoryStore store, String serviceId, String commit) {
        try {
            var repository = store.open(serviceId).orElseThrow(() -> missing(commit, null));
            try (var walk = new RevWalk(repository.files())) {
                return new GitTree(
                        repository,
                        walk.parseCommit(ObjectId.fromString(commit)).getTree());
            } catch (IOException | RuntimeException e) {
                repository.close();
                throw e;
            }
        } catch (MissingObjectException e) {
            throw missing(commit, e);
        } catch (IOException e) {
            throw new GitException("The commit " + commit + " could not be read.", e);
        }
    }

    private static GitException missing(String commit, @Nullable Exception cause) {
        return new GitException("The commit " + commit + " is not in the repository. Push it again.", cause);
    }

    /** The hash of the whole tree: equal trees have equal files. */
    public String id() {
        return tree.name();
    }

    /** Every file, sorted by path. Directories are implied; symbolic links are listed as such and not followed. */
    public List<Entry> entries() throws IOException {
        var entries = new ArrayList<Entry>();
        try (var reader = repository.files().newObjectReader();
                var walk = new TreeWalk(repository.files(), reader)) {
            walk.addTree(tree);
            walk.setRecursive(true);
            while (walk.next()) entries.add(entry(walk, reader));
        }
        entries.sort(Comparator.comparing(Entry::path));
        return entries;
    }

    /** A file's text, or where a link points to; empty when there is no such file. */
    public Optional<String> readText(String path) throws IOException {
        var blob = find(path);
        if (blob.isEmpty()) return Optional.empty();
        try (var reader = repository.files().newObjectReader()) {
            var loader = reader.open(blob.get(), Constants.OBJ_BLOB);
            if (loader.getSize() > LONGEST_TEXT) throw new IOException(path + " is too large to be read as text");
            return Optional.of(new String(loader.getBytes(LONGEST_TEXT), StandardCharsets.UTF_8));
        }
    }

    /** A file's bytes, or where a link points to. */
    public InputStream open(String path) throws IOException {
        var blob = find(path).orElseThrow(() -> new NoSuchFileException(path));
        var reader = repository.files().newObjectReader();
        try {
            return new OwnedStream(reader.open(blob, Constants.OBJ_BLOB).openStream(), reader);
        } catch (IOException | RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    private Optional<ObjectId> find(String path) throws IOException {
        try (var walk = TreeWalk.forPath(repository.files(), path, tree)) {
            if (walk == null || kind(walk.getFileMode()) == Entry.Kind.SUBMODULE || walk.isSubtree()) {
                return Optional.empty();
            }
            return Optional.of(walk.getObjectId(0));
        }
    }

    private static Entry entry(TreeWalk walk, ObjectReader reader) throws IOException {
        var kind = kind(walk.getFileMode());
        long size = kind == Entry.Kind.SUBMODULE ? 0 : reader.getObjectSize(walk.getObjectId(0), Constants.OBJ_BLOB);
        return new Entry(walk.getPathString(), kind, size);
    }

    private static Entry.Kind kind(FileMode mode) {
        if (mode.equals(FileMode.SYMLINK)) return Entry.Kind.LINK;
        if (mode.equals(FileMode.GITLINK)) return Entry.Kind.SUBMODULE;
        return mode.equals(FileMode.EXECUTABLE_FILE) ? Entry.Kind.EXECUTABLE : Entry.Kind.FILE;
    }

    @Override
    public void close() {
        repository.close();
    }

    /** One file of the tree; {@code size} is in bytes. */
    public record Entry(String path, Kind kind, long size) {
        public enum Kind {
            FILE,
            EXECUTABLE,
            LINK,
            SUBMODULE
        }
    }

    /** Closes the reader that it reads through. */
    private static final class OwnedStream extends FilterInputStream {
        private final ObjectReader reader;

        OwnedStream(InputStream in, ObjectReader reader) {
            super(in);
            this.reader = reader;
        }

        @Override
        public void close() throws IOException {
            try {
                super.close();
            } finally {
                reader.close();
            }
        }
    }
}
