package dev.signalbox.accounts;

/** What came of making the first owner on the machine itself. */
public sealed interface FirstOwner {
    record Made(String email) implements FirstOwner {}

    record AlreadySetUp() implements FirstOwner {}

    record Flawed(Flaw flaw) implements FirstOwner {}
}
