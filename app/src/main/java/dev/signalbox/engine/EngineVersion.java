package dev.signalbox.engine;

/** What answers at the socket: its release, the API version agreed on with it, and where it keeps images. */
public record EngineVersion(String release, String api, String storageDriver) {}
