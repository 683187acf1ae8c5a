package dev.signalbox.web;

/** One of the values that a field of a form offers. */
record Choice(String value, String text, boolean chosen) {}
