package dev.signalbox.secrets;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals values for one place in the database: AES-256-GCM, with a key of its own per column (HKDF of the master key) and
 * the row's id as associated data, so that a sealed value moved to another row does not open.
 *
 * <p>Format: {@code v1:<key id>:<nonce>:<ciphertext>}, the last two in Base64.
 */
public final class Sealer {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final String column;
    private final String keyId;
    private final SecretKey key;
    private final SecureRandom random;

    /**
     * A sealer for one column.
     *
     * @param column table and column that this seals for, such as {@code variables.sealed_value}
     */
    public Sealer(MasterKey master, String column, SecureRandom random) {
        this.column = column;
        this.random = random;
        this.key = derive(master, column);
        this.keyId = HexFormat.of().formatHex(derive(master, "key id").getEncoded(), 0, 4);
    }

    public String seal(String row, Secret secret) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var cipher = cipher(Cipher.ENCRYPT_MODE, row, nonce);
            var sealed = cipher.doFinal(secret.reveal().getBytes(StandardCharsets.UTF_8));
            var base64 = Base64.getEncoder();
            return String.join(":", "v1", keyId, base64.encodeToString(nonce), base64.encodeToString(sealed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM is not available", e);
        }
    }

    /**
     * Opens what {@link #seal} made for the same row.
     *
     * @throws SealBroken when it was sealed with another key or for another row, or was altered
     */
    public Secret open(String row, String sealed) {
        var parts = sealed.split(":", -1);
        if (parts.length != 4 || !parts[0].equals("v1")) throw new SealBroken(column, row, "is not a sealed value");
        if (!parts[1].equals(keyId)) throw new SealBroken(column, row, "was sealed with another master key");
        try {
            var base64 = Base64.getDecoder();
            var cipher = cipher(Cipher.DECRYPT_MODE, row, base64.decode(parts[2]));
            return new Secret(new String(cipher.doFinal(base64.decode(parts[3])), StandardCharsets.UTF_8));
        } catch (AEADBadTagException | IllegalArgumentException e) {
            throw new SealBroken(column, row, "was altered or belongs to another row");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM is not available", e);
        }
    }

    private Cipher cipher(int mode, String row, byte[] nonce) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(associated(row));
        return cipher;
    }

    /** Length before text, so that no two pairs of column and row give the same bytes. */
    private byte[] associated(String row) {
        var first = column.getBytes(StandardCharsets.UTF_8);
        var second = row.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Integer.BYTES + first.length + second.length)
                .putInt(first.length)
                .put(first)
                .put(second)
                .array();
    }

    private static SecretKey derive(MasterKey master, String purpose) {
        try {
            var parameters = HKDFParameterSpec.ofExtract()
                    .addIKM(new SecretKeySpec(master.bytes(), "AES"))
                    .thenExpand(("signalbox " + purpose).getBytes(StandardCharsets.UTF_8), 32);
            return KDF.getInstance("HKDF-SHA256").deriveKey("AES", parameters);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HKDF is not available", e);
        }
    }
}
