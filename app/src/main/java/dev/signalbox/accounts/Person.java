package dev.signalbox.accounts;

/**
 * Somebody who signs in.
 *
 * @param name as the audit log and deployments call them; nobody else can ever have it
 */
public record Person(String id, String name, String email) {}
