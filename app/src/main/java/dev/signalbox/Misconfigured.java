package dev.signalbox;

import java.util.List;

/** Settings that nothing can start with; each sentence says what is wrong with one and what to set it to. */
final class Misconfigured extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Misconfigured(List<String> sentences) {
        super(String.join("\n", sentences));
    }
}
