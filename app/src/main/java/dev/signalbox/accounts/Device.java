package dev.signalbox.accounts;

import dev.signalbox.accounts.PersonStore.Known;
import dev.signalbox.secrets.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Tells a browser in which somebody has signed in from those of strangers. It keeps a text that only we can make: the key is the
 * hash of the person's password, with a salt that nobody knows, so that another password ends it everywhere. It opens nothing;
 * wrong passwords that come with it are counted apart from those of strangers.
 */
final class Device {
    private static final String ALGORITHM = "HmacSHA256";

    private Device() {}

    /** A text for a browser of this person; empty when they have no password. */
    static Optional<Secret> text(Known known, Secret unguessable) {
        var name = unguessable.reveal();
        return signature(known, name).map(signature -> new Secret(name + "." + signature));
    }

    /** The name of the browser that sends this; empty when we made it for nobody, for somebody else or before the password. */
    static Optional<String> name(Known known, @Nullable Secret sent) {
        if (sent == null) return Optional.empty();
        var text = sent.reveal();
        int end = text.indexOf('.');
        if (end < 0) return Optional.empty();
        var name = text.substring(0, end);
        return signature(known, name)
                .filter(made -> isEqual(made, text.substring(end + 1)))
                .map(_ -> name);
    }

    private static Optional<String> signature(Known known, String name) {
        if (known.password() == null) return Optional.empty();
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(known.password().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            var text = "device " + known.person().id() + " " + name;
            return Optional.of(HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isEqual(String made, String sent) {
        return MessageDigest.isEqual(made.getBytes(StandardCharsets.UTF_8), sent.getBytes(StandardCharsets.UTF_8));
    }
}
