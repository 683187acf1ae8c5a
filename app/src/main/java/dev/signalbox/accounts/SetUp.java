package dev.signalbox.accounts;

/** What came of setting the appliance up. */
public sealed interface SetUp {
    record Done(NewSession session) implements SetUp {}

    /** Not the set-up token of this appliance, or an earlier one. */
    record TokenInvalid() implements SetUp {}

    record TokenExpired() implements SetUp {}

    record AlreadySetUp() implements SetUp {}

    record Flawed(Flaw flaw) implements SetUp {}
}
