package dev.signalbox.web;

/** What is sent to give something another name. */
record RenameForm(String name) {}
