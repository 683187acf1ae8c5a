package dev.signalbox.git;

import static dev.signalbox.git.Refusal.NOTHING;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Looks at every path of a commit before anything is done with it. */
final class TreeCheck {
    private static final int NAMED = 5;
    private static final int LINK_BYTES = 4096;
    private static final int ATTRIBUTES_BYTES = 1024 * 1024;
    private static final int POINTER_BYTES = 1024;
    private static final String POINTER_START = "version https://git-lfs.github.com/spec/";

    private final Repository repository;
    private final GitLimits limits;

    private final Finds forbidden = new Finds();
    private final Finds links = new Finds();
    private final Finds submodules = new Finds();
    private boolean usesLfs;
    private int entries;
    private long pathBytes;
    /** The listings that the walk has open: the folder it is in, and those above. */
    private final List<Long> listings = new ArrayList<>();

    TreeCheck(Repository repository, GitLimits limits) {
        this.repository = repository;
        this.limits = limits;
    }

    Optional<Refusal> refusal(ObjectId tree) throws IOException {
        try (var reader = repository.newObjectReader();
                var walk = new TreeWalk(repository, reader)) {
            if (!mayOpen(tree, 0, reader)) return Optional.of(tooLongPaths());
            walk.addTree(tree);
            while (walk.next()) {
                // A few objects can stand for any number of paths: a folder may be in many places.
                if (++entries > limits.treeEntries()) return Optional.of(tooManyEntries());
                pathBytes += walk.getPathLength();
                if (pathBytes > limits.pathBytes()) return Optional.of(tooLongPaths());
                // What is below a forbidden path is not looked at: it may be as deep as it likes.
                if (!isAllowed(walk, reader) || !walk.isSubtree()) continue;
                if (!mayOpen(walk.getObjectId(0), walk.getDepth() + 1, reader)) return Optional.of(tooLongPaths());
                walk.enterSubtree();
            }
        }
        if (!forbidden.isEmpty()) return Optional.of(forbiddenPaths());
        if (!links.isEmpty()) return Optional.of(linksOutside());
        if (!submodules.isEmpty()) return Optional.of(hasSubmodules());
        return usesLfs ? pointers(tree) : Optional.empty();
    }

    private boolean mayOpen(ObjectId folder, int depth, ObjectReader reader) throws IOException {
        listings.subList(depth, listings.size()).clear();
        listings.add(reader.getObjectSize(folder, Constants.OBJ_TREE));
        return listings.stream().mapToLong(Long::longValue).sum() <= limits.pathBytes();
    }

    private boolean isAllowed(TreeWalk walk, ObjectReader reader) throws IOException {
        var path = walk.getPathString();
        var mode = walk.getFileMode();
        if (PathRules.isForbidden(path)) {
            forbidden.add(path);
            return false;
        }
        if (mode.equals(FileMode.SYMLINK)) {
            var target = text(reader, walk.getObjectId(0), LINK_BYTES);
            if (target.isEmpty() || !PathRules.staysInside(path, target.get())) {
                links.add(path + " -> " + target.orElse("..."));
            }
        } else if (mode.equals(FileMode.GITLINK)) {
            submodules.add(path);
        } else if (walk.getNameString().equals(Constants.DOT_GIT_ATTRIBUTES) && !mode.equals(FileMode.TREE)) {
            usesLfs |= text(reader, walk.getObjectId(0), ATTRIBUTES_BYTES)
                    .filter(text -> text.contains("filter=lfs"))
                    .isPresent();
        }
        return true;
    }

    /** Empty when it is longer than that. */
    private static Optional<String> text(ObjectReader reader, ObjectId blob, int longest) throws IOException {
        var loader = reader.open(blob, Constants.OBJ_BLOB);
        if (loader.getSize() > longest) return Optional.empty();
        try {
            return Optional.of(new String(loader.getCachedBytes(longest), StandardCharsets.UTF_8));
        } catch (LargeObjectException e) {
            return Optional.empty();
        }
    }

    private Optional<Refusal> pointers(ObjectId tree) throws IOException {
        var pointers = new Finds();
        try (var reader = repository.newObjectReader();
                var walk = new TreeWalk(repository, reader)) {
            walk.addTree(tree);
            walk.setRecursive(true);
            while (walk.next()) {
                boolean isPointer = text(reader, walk.getObjectId(0), POINTER_BYTES)
                        .filter(text -> text.startsWith(POINTER_START))
                        .isPresent();
                if (isPointer) pointers.add(walk.getPathString());
            }
        }
        if (pointers.isEmpty()) return Optional.empty();
        return Optional.of(listing(
                "files are in Git LFS",
                NOTHING + "files are kept in Git LFS, which this remote does not have. The build would get pointers in"
                        + " their place:",
                pointers,
                "Put them into git itself (git lfs migrate export --include=\"*\" --everything), and push again."));
    }

    private Refusal tooManyEntries() {
        return Refusal.of(
                "too many files",
                NOTHING + "the commit has more than " + "%,d".formatted(limits.treeEntries()) + " files and folders.",
                "Take out what is made by a build or an install, such as node_modules, and push again.");
    }

    private Refusal tooLongPaths() {
        return Refusal.of(
                "paths too long",
                NOTHING + "the paths of the commit's files and folders take more than " + limits.pathBytes() / 1024
                        + " KB together.",
                "Take out what is made by a build or an install, such as node_modules, and push again.");
    }

    private Refusal forbiddenPaths() {
        return listing(
                "path not allowed",
                NOTHING + "these paths are not allowed, they could be taken for git's own or for others:",
                forbidden,
                "Rename or remove them, and push again.");
    }

    private Refusal linksOutside() {
        return listing(
                "link out of the repository",
                NOTHING + "symbolic links lead out of the repository:",
                links,
                "Let them point to files of the repository, by relative paths, and push again.");
    }

    private Refusal hasSubmodules() {
        return listing(
                "submodules are not fetched",
                NOTHING + "submodules are not fetched, so these folders would be empty in the build:",
                submodules,
                "Put their files into the repository (git rm --cached <folder>, remove its .git, git add), and push"
                        + " again.");
    }

    private static Refusal listing(String reason, String problem, Finds finds, String remedy) {
        var lines = new ArrayList<String>();
        lines.add(problem);
        for (var path : finds.first) lines.add("  " + path);
        if (finds.count > finds.first.size()) lines.add("  and " + (finds.count - finds.first.size()) + " more");
        lines.add(remedy);
        return new Refusal(reason, lines);
    }

    /** The first paths of a kind, and how many there are: a repository may be full of them. */
    private static final class Finds {
        final List<String> first = new ArrayList<>();
        int count;

        void add(String path) {
            if (count++ < NAMED) first.add(Terminal.path(path));
        }

        boolean isEmpty() {
            return count == 0;
        }
    }
}
