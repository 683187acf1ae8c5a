package dev.signalbox.accounts;

import java.time.Instant;

/**
 * A way into the team that nobody has used yet.
 *
 * @param by who made it, as the audit log calls them
 */
public record Invitation(String id, Role role, String by, Instant createdAt, Instant expiresAt) {}
