package dev.signalbox.accounts;

import dev.signalbox.secrets.Secret;

/** What somebody typed who wants to be known here. */
public record NewPerson(String name, String email, Secret password) {}
