package dev.signalbox.accounts;

import dev.signalbox.secrets.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Makes texts of 256 random bits that let somebody in; of each we keep the digest and nothing else. */
final class Unguessable {
    private static final int BYTES = 32;

    private final RandomGenerator random;

    Unguessable(RandomGenerator random) {
        this.random = random;
    }

    Secret next() {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    static String digest(Secret text) {
        return digest(text.reveal());
    }

    static String digest(String text) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
