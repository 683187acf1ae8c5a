package dev.signalbox.secrets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * The master key away from its machine: as words for paper. Whether somebody said to have them is in a file beside the key,
 * with the key's fingerprint, so that it is not said of another key.
 */
public final class RecoveryKit {
    private static final String CONFIRMED = ".confirmed";

    private RecoveryKit() {}

    /**
     * The key in this file as words.
     *
     * @throws KeyUnusable when there is no key in it
     */
    public static List<String> words(Path key) {
        return RecoveryWords.of(MasterKey.load(key).bytes());
    }

    /**
     * Somebody says that they have the kit.
     *
     * @throws KeyUnusable when there is no key that it could be of
     */
    public static void confirm(Path key) throws IOException {
        Files.writeString(marker(key), MasterKey.load(key).fingerprint() + "\n");
    }

    public static boolean isConfirmed(Path key) throws IOException {
        return Files.isReadable(marker(key))
                && Files.readString(marker(key))
                        .strip()
                        .contentEquals(MasterKey.load(key).fingerprint());
    }

    /**
     * Writes the key that these words stand for; false when there is another file of this name, which is left alone. It
     * can be read by its owner and by the group of its directory, as one that the installer has put there.
     *
     * @throws WordsWrong when they stand for no key
     */
    public static boolean restore(Path key, List<String> words) throws IOException {
        var bytes = RecoveryWords.read(words);
        if (Files.exists(key)) return false;
        var directory = Files.createDirectories(key.toAbsolutePath().resolveSibling(""));
        var unfinished = key.resolveSibling(key.getFileName() + ".unfinished");
        Files.deleteIfExists(unfinished);
        Files.createFile(
                unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        MasterKey.write(unfinished, bytes);
        var group = Files.readAttributes(directory, PosixFileAttributes.class).group();
        Files.getFileAttributeView(unfinished, PosixFileAttributeView.class).setGroup(group);
        Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("r--r-----"));
        Files.move(unfinished, key, StandardCopyOption.ATOMIC_MOVE);
        return true;
    }

    private static Path marker(Path key) {
        return key.resolveSibling(key.getFileName() + CONFIRMED);
    }
}
