package dev.signalbox.accounts;

import dev.signalbox.secrets.Secret;

/** A password that was made for somebody, to be shown once. */
public record NewPassword(String email, Secret password) {}
