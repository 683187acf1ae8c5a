package dev.signalbox.accounts;

/** What came of changing one's own password. */
public sealed interface PasswordChange {
    /** It is changed; the person is signed in with this session alone, which goes on under another cookie. */
    record Done(NewSession session) implements PasswordChange {}

    /** Nothing was changed. */
    record Flawed(Flaw flaw) implements PasswordChange {}
}
