package dev.signalbox.secrets;

/** Words that somebody typed stand for no key; the message says which is wrong, as far as that can be told. */
public final class WordsWrong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WordsWrong(String message) {
        super(message);
    }
}
