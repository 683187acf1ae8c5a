package dev.signalbox.accounts;

import dev.signalbox.secrets.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Base64;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * An Argon2id hash with how it was made, as the text {@code $argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>} that other
 * programs read too.
 */
final class PasswordHash {
    private static final int MEMORY_KIB = 19_456;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Pattern FORMAT =
            Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})\\$([^$]+)\\$([^$]+)");

    private final int memoryKib;
    private final int passes;
    private final int lanes;
    private final byte[] salt;
    private final byte[] hash;

    private PasswordHash(int memoryKib, int passes, int lanes, byte[] salt, byte[] hash) {
        this.memoryKib = memoryKib;
        this.passes = passes;
        this.lanes = lanes;
        this.salt = salt;
        this.hash = hash;
    }

    static PasswordHash of(Secret password, RandomGenerator random) {
        var salt = bytes(SALT_BYTES, random);
        return new PasswordHash(
                MEMORY_KIB, PASSES, LANES, salt, compute(password, MEMORY_KIB, PASSES, LANES, salt, HASH_BYTES));
    }

    /** What no password gives, for the sake of the same work where there is nothing to compare with. */
    static PasswordHash ofNothing(RandomGenerator random) {
        return new PasswordHash(MEMORY_KIB, PASSES, LANES, bytes(SALT_BYTES, random), bytes(HASH_BYTES, random));
    }

    static PasswordHash parse(String text) {
        var parts = FORMAT.matcher(text);
        if (!parts.matches()) throw new IllegalArgumentException("not an Argon2id hash");
        return new PasswordHash(
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)),
                Base64.getDecoder().decode(parts.group(4)),
                Base64.getDecoder().decode(parts.group(5)));
    }

    boolean matches(Secret password) {
        return MessageDigest.isEqual(hash, compute(password, memoryKib, passes, lanes, salt, hash.length));
    }

    /** Whether it would be made otherwise today. */
    boolean isOutdated() {
        return memoryKib != MEMORY_KIB || passes != PASSES || lanes != LANES || hash.length != HASH_BYTES;
    }

    /** The same text typed on another keyboard gives the same bytes. */
    private static byte[] compute(Secret password, int memoryKib, int passes, int lanes, byte[] salt, int length) {
        var generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memoryKib)
                .withIterations(passes)
                .withParallelism(lanes)
                .withSalt(salt)
                .build());
        var text = Normalizer.normalize(password.reveal(), Normalizer.Form.NFC);
        var computed = new byte[length];
        generator.generateBytes(text.getBytes(StandardCharsets.UTF_8), computed);
        return computed;
    }

    private static byte[] bytes(int count, RandomGenerator random) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    @Override
    public String toString() {
        var base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + memoryKib + ",t=" + passes + ",p=" + lanes + "$" + base64.encodeToString(salt)
                + "$" + base64.encodeToString(hash);
    }
}
