package dev.signalbox.accounts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person in a team.
 *
 * @param seenAt when they last did something here, to the minute; null when never
 */
public record Member(Person person, Role role, @Nullable Instant seenAt) {}
