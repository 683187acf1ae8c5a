package dev.signalbox.secrets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;

/** The key that everything secret is sealed with. It lives in a file outside the data and is never made twice. */
public final class MasterKey {
    private static final int BYTES = 32;
    private static final int FINGERPRINT = 16;
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_EXECUTE);

    private final byte[] bytes;

    private MasterKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Reads the key.
     *
     * @throws KeyUnusable when the file is missing, readable by everybody, or not a key
     */
    public static MasterKey load(Path file) {
        try {
            if (!Files.isRegularFile(file)) throw new KeyUnusable(file, "missing");
            for (var permission : Files.getPosixFilePermissions(file)) {
                if (OTHERS.contains(permission)) throw new KeyUnusable(file, "readable by every user of this machine");
            }
            var bytes = HexFormat.of().parseHex(Files.readString(file).strip());
            if (bytes.length != BYTES) throw new KeyUnusable(file, "cut short");
            return new MasterKey(bytes);
        } catch (IllegalArgumentException e) {
            throw new KeyUnusable(file, "not a key");
        } catch (IOException e) {
            throw new KeyUnusable(file, "unreadable");
        }
    }

    /** Makes a new key where there is none; false when a file of this name is there already, which is left alone. */
    public static boolean create(Path file, SecureRandom random) throws IOException {
        if (Files.exists(file)) return false;
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        var directory = file.toAbsolutePath().getParent();
        if (directory != null) Files.createDirectories(directory);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        write(file, bytes);
        return true;
    }

    static void write(Path file, byte[] bytes) throws IOException {
        Files.writeString(file, HexFormat.of().formatHex(bytes) + "\n");
    }

    /** Tells this key from others and nothing else about it. */
    String fingerprint() {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update("fingerprint of a master key ".getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(sha256.digest(bytes)).substring(0, FINGERPRINT);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    byte[] bytes() {
        return bytes;
    }
}
