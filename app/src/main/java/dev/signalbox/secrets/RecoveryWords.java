package dev.signalbox.secrets;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * A key as 24 English words, as BIP-39 has them: 11 bits a word, the last 8 of all a checksum. The list is chosen so that
 * four letters tell the words apart.
 */
final class RecoveryWords {
    static final int COUNT = 24;

    private static final String LIST = "/secrets/bip39-english.txt";
    private static final String DIGEST = "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda";
    private static final int BITS_OF_A_WORD = 11;
    private static final int KEY_BYTES = 32;

    private RecoveryWords() {}

    static List<String> of(byte[] key) {
        var bits = BitSet.valueOf(reversed(withChecksum(key)));
        var list = list();
        var words = new ArrayList<String>();
        for (int word = 0; word < COUNT; word++) words.add(list.get(number(bits, word)));
        return words;
    }

    /**
     * The key that these words stand for, in whatever case they are written.
     *
     * @throws WordsWrong when they stand for none
     */
    static byte[] read(List<String> words) {
        if (words.size() != COUNT) {
            throw new WordsWrong("These are " + words.size() + " words; the kit has " + COUNT + ".");
        }
        var list = list();
        var bits = new BitSet(COUNT * BITS_OF_A_WORD);
        for (int word = 0; word < COUNT; word++) {
            int number = list.indexOf(words.get(word).toLowerCase(Locale.ROOT));
            if (number < 0)
                throw new WordsWrong("Word " + (word + 1) + " is not one of the words that kits are made of.");
            for (int bit = 0; bit < BITS_OF_A_WORD; bit++) {
                if ((number >> bit & 1) == 1) bits.set(position(word, bit));
            }
        }
        var bytes = new byte[KEY_BYTES + 1];
        var lowestFirst = bits.toByteArray();
        System.arraycopy(lowestFirst, 0, bytes, 0, lowestFirst.length);
        return checked(reversed(bytes));
    }

    private static byte[] checked(byte[] withChecksum) {
        var key = Arrays.copyOf(withChecksum, KEY_BYTES);
        if (sha256(key)[0] != withChecksum[KEY_BYTES]) {
            throw new WordsWrong("Every word is a good one, but not all of them are right, or not in their order.");
        }
        return key;
    }

    private static byte[] withChecksum(byte[] key) {
        if (key.length != KEY_BYTES) throw new IllegalArgumentException("not a key of " + KEY_BYTES + " bytes");
        var bytes = Arrays.copyOf(key, KEY_BYTES + 1);
        bytes[KEY_BYTES] = sha256(key)[0];
        return bytes;
    }

    private static int number(BitSet bits, int word) {
        int number = 0;
        for (int bit = 0; bit < BITS_OF_A_WORD; bit++) {
            if (bits.get(position(word, bit))) number |= 1 << bit;
        }
        return number;
    }

    /** The first word has the highest bits. */
    private static int position(int word, int bit) {
        return (COUNT - 1 - word) * BITS_OF_A_WORD + bit;
    }

    private static byte[] reversed(byte[] bytes) {
        var reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) reversed[i] = bytes[bytes.length - 1 - i];
        return reversed;
    }

    /** Another list would make words that no other program can read. */
    private static List<String> list() {
        try (InputStream in = RecoveryWords.class.getResourceAsStream(LIST)) {
            if (in == null) throw new IllegalStateException("the program was packed without " + LIST);
            var bytes = in.readAllBytes();
            if (!HexFormat.of().formatHex(sha256(bytes)).contentEquals(DIGEST)) {
                throw new IllegalStateException(LIST + " is not the list of BIP-39");
            }
            return new String(bytes, StandardCharsets.US_ASCII).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
