package dev.signalbox.accounts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A token as we keep it: whom it speaks for, and the digest that its text must have. */
record KnownToken(
        String id,
        Caller caller,
        String digest,
        @Nullable Instant usedAt,
        @Nullable Instant revokedAt) {
    boolean accepts(TokenMint.Minted presented, Instant now) {
        return MessageDigest.isEqual(
                        digest.getBytes(StandardCharsets.US_ASCII),
                        presented.digest().getBytes(StandardCharsets.US_ASCII))
                && revokedAt == null
                && (caller.expiresAt() == null || now.isBefore(caller.expiresAt()));
    }

    boolean isNotedSince(Instant moment) {
        return usedAt != null && usedAt.isAfter(moment);
    }
}
