package dev.signalbox.accounts;

/**
 * Why something typed cannot be taken.
 *
 * @param field {@code name}, {@code email}, {@code password} or {@code team}; where a password is changed also
 *     {@code current}, the one until now
 * @param message for the person who typed it: what is wrong and what to do
 */
public record Flaw(String field, String message) {}
