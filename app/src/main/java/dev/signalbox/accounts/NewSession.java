package dev.signalbox.accounts;

import dev.signalbox.secrets.Secret;

/**
 * A session that has just begun or goes on under another cookie, with what is shown this once.
 *
 * @param device what tells this browser from those of strangers, for the next time somebody signs in with it
 */
public record NewSession(Secret cookie, Secret device, Session session) {}
