package dev.signalbox.git;

import java.util.List;

/**
 * Why a push was not accepted, as git shows it.
 *
 * @param reason a few words, behind the branch: {@code ! [remote rejected] main -> main (reason)}
 * @param lines what happened, how things stand, what to do; each becomes a {@code remote:} line
 */
record Refusal(String reason, List<String> lines) {
    /** How most first lines begin: what people want to know before they read on. */
    static final String NOTHING = "Nothing was deployed: ";

    Refusal {
        lines = List.copyOf(lines);
    }

    static Refusal of(String reason, String... lines) {
        return new Refusal(reason, List.of(lines));
    }
}
