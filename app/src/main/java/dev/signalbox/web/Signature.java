package dev.signalbox.web;

import dev.signalbox.secrets.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Proves that a text which comes back from a browser is one that we gave to the same session; its cookie is the key. */
final class Signature {
    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    static String of(Secret cookie, String text) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(cookie.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static boolean isOf(Secret cookie, String text, String sent) {
        return MessageDigest.isEqual(
                sent.getBytes(StandardCharsets.UTF_8), of(cookie, text).getBytes(StandardCharsets.UTF_8));
    }
}
