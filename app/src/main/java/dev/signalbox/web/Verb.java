package dev.signalbox.web;

/** The methods that the API uses. */
enum Verb {
    GET,
    POST,
    PUT,
    PATCH,
    DELETE;

    /** Whether it changes something, and so is written into the audit log. */
    boolean writes() {
        return this != GET;
    }
}
