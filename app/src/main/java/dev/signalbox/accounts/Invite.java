package dev.signalbox.accounts;

import dev.signalbox.secrets.Secret;

/** What came of inviting somebody. */
public sealed interface Invite {
    /**
     * The invitation was made.
     *
     * @param link what its address ends with, to be shown once
     */
    record Made(Invitation invitation, Secret link) implements Invite {}

    record RoleTooWeak(Role needed) implements Invite {}
}
