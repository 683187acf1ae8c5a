package dev.signalbox.accounts;

import dev.signalbox.db.Ids;
import dev.signalbox.secrets.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Makes and reads the text of tokens: {@code signalbox_<id>_<40 random characters>}. The prefix lets scanners find a leaked
 * one. What is random carries 206 bits, so a plain SHA-256 of the text is all that has to be kept.
 */
final class TokenMint {
    private static final Pattern FORMAT = Pattern.compile("signalbox_([0-9a-z]{12})_[0-9a-z]{40}");

    private final Ids ids;

    TokenMint(Ids ids) {
        this.ids = ids;
    }

    Minted mint() {
        var id = ids.random(12);
        return minted(id, "signalbox_" + id + "_" + ids.random(40));
    }

    /** Empty when the text is no token of ours; whether it is a good one is another question. */
    static Optional<Minted> read(Secret text) {
        var match = FORMAT.matcher(text.reveal());
        return match.matches() ? Optional.of(minted(match.group(1), text.reveal())) : Optional.empty();
    }

    private static Minted minted(String id, String text) {
        return new Minted("tok_" + id, new Secret(text), digest(text));
    }

    private static String digest(String text) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    record Minted(String id, Secret text, String digest) {}
}
