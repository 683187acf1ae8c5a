package dev.signalbox.db;

import java.util.random.RandomGenerator;

/** Makes ids: a prefix that says of what, and 12 random characters. */
public final class Ids {
    private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";

    private final RandomGenerator random;

    public Ids(RandomGenerator random) {
        this.random = random;
    }

    /** A new id such as {@code app_3k9x0q2m7c1z}. */
    public String next(String prefix) {
        return prefix + "_" + random(12);
    }

    /** Small letters and digits. */
    public String random(int length) {
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        return text.toString();
    }
}
