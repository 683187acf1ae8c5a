package dev.signalbox.accounts;

/** What came of using an invitation. */
public sealed interface Join {
    record Done(NewSession session) implements Join {}

    /** Used, revoked, expired or never made: which of them is not told. */
    record Gone() implements Join {}

    record Flawed(Flaw flaw) implements Join {}
}
