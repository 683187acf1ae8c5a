package dev.signalbox.git;

import static dev.signalbox.git.Refusal.NOTHING;

import java.util.Locale;
import java.util.Objects;

/** What is said when the objects of a push cannot be taken. Each leaves nothing behind. */
final class ReceiveTexts {
    private static final long MIB = 1024 * 1024;

    private ReceiveTexts() {}

    static Refusal packTooLarge(GitLimits limits) {
        var size = megabytes(limits.packBytes());
        return Refusal.of(
                "push larger than " + size,
                NOTHING + "the push is larger than " + size + ".",
                "Push the history in parts (git push signalbox <older commit>:refs/heads/main), or take large files out"
                        + " of it.");
    }

    static Refusal fileTooLarge(GitLimits limits) {
        var size = megabytes(limits.objectBytes());
        return Refusal.of(
                "file larger than " + size,
                NOTHING + "a file in the push is larger than " + size + ", maybe in an earlier commit.",
                "Find it: git rev-list --objects --all | git cat-file --batch-check='%(objectsize) %(rest)' | sort -n |"
                        + " tail -3",
                "Take it out of these commits too (git rebase, or git filter-repo), and push again.");
    }

    static Refusal tooManyObjects(long count, int most) {
        return Refusal.of(
                "too many objects",
                NOTHING
                        + "the push has %,d files, folders and commits, and %,d can be taken at once."
                                .formatted(count, most),
                "Push the history in parts: git push signalbox <older commit>:refs/heads/main");
    }

    static Refusal tooMuchMemory() {
        return Refusal.of(
                "not enough memory",
                NOTHING + "the server does not have the memory to put together what git sent as differences.",
                "Let git send large files whole: git -c core.bigFileThreshold=1m push ...");
    }

    static Refusal shallow() {
        return Refusal.of(
                "shallow clone",
                NOTHING + "this is a shallow clone, and commits are missing from the push.",
                "Fetch them (git fetch --unshallow; in GitHub Actions: fetch-depth: 0), and push again.");
    }

    static Refusal incomplete(Exception problem) {
        return Refusal.of(
                "objects are missing",
                NOTHING + "the push is incomplete: " + problem.getMessage() + ".",
                "Check your repository with git fsck, and push again.");
    }

    static Refusal damaged(Exception problem) {
        return Refusal.of(
                "invalid objects",
                NOTHING + "the push has an invalid object: " + problem.getMessage() + ".",
                "See git fsck --strict, mend it, and push again.");
    }

    static Refusal silent(GitLimits limits) {
        var seconds = limits.idle().toSeconds();
        return Refusal.of(
                "nothing came for " + seconds + " s", NOTHING + "nothing came for " + seconds + " s.", "Push again.");
    }

    static Refusal failed(Exception problem) {
        if (isAboutSpace(problem)) {
            return Refusal.of(
                    "the server's disk is full",
                    NOTHING + "the server's disk is full. What runs keeps running.",
                    "Make room on it, and push again.");
        }
        return Refusal.of(
                "could not be received",
                NOTHING + "the push could not be received. What runs keeps running.",
                "Push again. If it happens again, the server's log says why.");
    }

    private static boolean isAboutSpace(Throwable problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            var message = Objects.requireNonNullElse(cause.getMessage(), "").toLowerCase(Locale.ROOT);
            if (message.contains("no space left") || message.contains("disk is full")) return true;
        }
        return false;
    }

    private static String megabytes(long bytes) {
        return bytes / MIB + " MB";
    }
}
