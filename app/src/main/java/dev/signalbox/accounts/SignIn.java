package dev.signalbox.accounts;

import java.time.Duration;

/** What came of a password. */
public sealed interface SignIn {
    record Done(NewSession session) implements SignIn {}

    /** Nobody has this address, or not with this password: which of them is not told. */
    record Wrong() implements SignIn {}

    /** There were wrong passwords before; until then even the right one is not looked at. */
    record Wait(Duration remaining) implements SignIn {}

    /** Too many people sign in at this moment; nothing was counted. */
    record Busy(Duration retryAfter) implements SignIn {}
}
