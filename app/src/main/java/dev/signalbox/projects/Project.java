package dev.signalbox.projects;

import java.time.Instant;

/** What belongs together: an app, its worker, its database. */
public record Project(String id, String teamId, Name name, Instant createdAt) {}
