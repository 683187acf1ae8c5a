package dev.signalbox.web;

import java.util.Locale;

/** How a word stands in a sentence. */
final class Words {
    private Words() {}

    /** With a capital, as a sentence begins. */
    static String capital(String text) {
        return text.isEmpty() ? "" : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
