/**
 * Teams, the people in them, API tokens, roles and what they may do, and the audit log.
 *
 * <p>{@link dev.signalbox.accounts.TeamScope} is made here and nowhere else: whoever holds one has been let in.
 */
@NullMarked
package dev.signalbox.accounts;

import org.jspecify.annotations.NullMarked;
