package dev.signalbox.builds;

import dev.signalbox.builds.SourceTree.Entry;
import dev.signalbox.engine.BuildContext;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * The files of a build as a tar archive that is the same whenever the files are: sorted, without times and owners. Nothing
 * is held in memory or on disk; each file flows from where it is stored.
 */
final class ContextArchive implements BuildContext {
    private static final int LARGEST = 200_000;
    private static final Pattern ENVIRONMENT_FILE =
            Pattern.compile("(?:.*/)?\\.env(?!.*\\.(?:example|sample|template|dist)$)[^/]*");

    private final SourceFiles files;
    private final BuildPlan plan;
    private final List<Entry> sent = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    ContextArchive(SourceFiles files, BuildPlan plan) {
        this.files = files;
        this.plan = plan;
        var ignored = ignoreFile(files, plan);
        var rules = IgnoreRules.of(plan.excluded(), ignored.orElse(""), ignored.flatMap(files::text));
        var secretive = new ArrayList<String>();
        for (var entry : files.entries()) {
            requireSane(entry.path());
            if (rules.excludes(entry.path())) {
                if (ENVIRONMENT_FILE.matcher(entry.path()).matches()) secretive.add(entry.path());
            } else if (entry.kind() == Entry.Kind.SUBMODULE) {
                notes.add(PlainText.of(entry.path()) + " is a submodule; its files are not part of what was pushed");
            } else if (!entry.path().equals(plan.dockerfilePath())) {
                if (entry.kind() == Entry.Kind.LINK) requireLinkInside(entry.path());
                sent.add(entry);
            }
        }
        if (sent.size() > LARGEST) {
            throw new BuildRefused(
                    "There are %,d files in this repository, more than the %,d that a build takes. Exclude some in .dockerignore."
                            .formatted(sent.size(), LARGEST));
        }
        if (!secretive.isEmpty()) notes.add(leftOut(secretive));
    }

    /** What should be known of the files that are not sent. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    private static Optional<String> ignoreFile(SourceFiles files, BuildPlan plan) {
        return files.first(plan.dockerfilePath() + ".dockerignore", ".dockerignore");
    }

    private static String leftOut(List<String> paths) {
        var first = PlainText.of(paths.getFirst());
        var names = paths.size() == 1 ? first + " is" : first + " and " + (paths.size() - 1) + " more are";
        return names + " left out of the image: set variables on the service. To send it all the same, write '!" + first
                + "' into .dockerignore";
    }

    /** Git's own tools make no such names; whoever does means to write elsewhere. */
    private static void requireSane(String path) {
        boolean odd = Stream.of(path.split("/", -1))
                .anyMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
        if (odd || path.indexOf('\0') >= 0) {
            throw new BuildRefused(
                    "The path '" + PlainText.of(path) + "' is not one that a build takes. Rename the file.");
        }
    }

    private void requireLinkInside(String path) {
        var target = files.head(path, 4096);
        if (target.startsWith("/") || climbsOut(path, target)) {
            throw new BuildRefused(
                    "%s is a link to %s, which is outside of the repository. Remove it, or put the file in its place."
                            .formatted(PlainText.of(path), PlainText.of(target)));
        }
    }

    private static boolean climbsOut(String path, String target) {
        int depth = path.split("/", -1).length - 1;
        for (var part : target.split("/", -1)) {
            if (part.equals("..")) depth--;
            else if (!part.isEmpty() && !part.equals(".")) depth++;
            if (depth < 0) return true;
        }
        return false;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        var tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
        Set<String> directories = new HashSet<>();
        var dockerfile = plan.dockerfile().getBytes(StandardCharsets.UTF_8);
        addDirectories(tar, plan.dockerfilePath(), directories);
        begin(tar, plan.dockerfilePath(), TarConstants.LF_NORMAL, 0644, dockerfile.length);
        tar.write(dockerfile);
        tar.closeArchiveEntry();
        for (var entry : sent) {
            addDirectories(tar, entry.path(), directories);
            add(tar, entry);
        }
        tar.finish();
    }

    private void add(TarArchiveOutputStream tar, Entry entry) throws IOException {
        if (entry.kind() == Entry.Kind.LINK) {
            var link = new TarArchiveEntry(entry.path(), TarConstants.LF_SYMLINK);
            link.setLinkName(files.head(entry.path(), 4096));
            link.setModTime(0);
            tar.putArchiveEntry(link);
        } else {
            int mode = entry.kind() == Entry.Kind.EXECUTABLE ? 0755 : 0644;
            begin(tar, entry.path(), TarConstants.LF_NORMAL, mode, entry.size());
            try (var in = files.open(entry.path())) {
                in.transferTo(tar);
            }
        }
        tar.closeArchiveEntry();
    }

    /** Said, not implied: the engine would make them readable for root alone. */
    private static void addDirectories(TarArchiveOutputStream tar, String path, Set<String> known) throws IOException {
        for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
            var directory = path.substring(0, end + 1);
            if (!known.add(directory)) continue;
            begin(tar, directory, TarConstants.LF_DIR, 0755, 0);
            tar.closeArchiveEntry();
        }
    }

    private static void begin(TarArchiveOutputStream tar, String path, byte type, int mode, long size)
            throws IOException {
        var entry = new TarArchiveEntry(path, type);
        entry.setMode(mode);
        entry.setSize(size);
        entry.setModTime(0);
        entry.setIds(0, 0);
        tar.putArchiveEntry(entry);
    }
}
