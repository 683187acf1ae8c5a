package dev.signalbox.git;

import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectChecker;
import org.jspecify.annotations.Nullable;

/**
 * Checks objects as they come in, but only takes note of forbidden names: a folder alone does not know its path, and it is
 * the path that people need to be told. {@link TreeCheck} finds it.
 */
final class NameTolerantChecker extends ObjectChecker {
    private boolean sawForbiddenName;

    NameTolerantChecker() {
        // Old repositories are full of both, and they harm nobody.
        setAllowInvalidPersonIdent(true);
        setAllowLeadingZeroFileMode(true);
    }

    boolean sawForbiddenName() {
        return sawForbiddenName;
    }

    @Override
    public void checkTree(@Nullable AnyObjectId id, byte[] raw) throws CorruptObjectException {
        try {
            super.checkTree(id, raw);
        } catch (CorruptObjectException e) {
            if (!isAboutNames(e)) throw e;
            sawForbiddenName = true;
        }
    }

    private static boolean isAboutNames(CorruptObjectException problem) {
        var type = problem.getErrorType();
        return type == ErrorType.HAS_DOT
                || type == ErrorType.HAS_DOTDOT
                || type == ErrorType.HAS_DOTGIT
                || type == ErrorType.FULL_PATHNAME
                || type == ErrorType.EMPTY_NAME;
    }
}
