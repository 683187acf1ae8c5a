package dev.signalbox.accounts;

import java.time.Instant;

/**
 * A person who is signed in with one browser.
 *
 * @param caller what they may, as it is now: the role is read again for each request
 * @param agent what the browser called itself when it signed in
 * @param address where it signed in from
 * @param confirmedAt when the password was last typed; what is dangerous asks for it again after a while
 */
public record Session(
        String id,
        Person person,
        Caller caller,
        String agent,
        String address,
        Instant startedAt,
        Instant seenAt,
        Instant confirmedAt) {}
