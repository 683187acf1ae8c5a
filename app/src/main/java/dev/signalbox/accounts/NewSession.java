package dev.signalbox.accounts;

import dev.signalbox.secrets.Secret;

/** A session that has just begun, with the cookie that is shown this once. */
public record NewSession(Secret cookie, Session session) {}
