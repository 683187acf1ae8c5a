package dev.signalbox.web;

import dev.signalbox.accounts.Session;
import dev.signalbox.secrets.Secret;

/** A session and the cookie that it came with. */
record SignedIn(Session session, Secret cookie) {}
