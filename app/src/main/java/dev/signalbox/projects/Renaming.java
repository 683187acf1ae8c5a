package dev.signalbox.projects;

/** What came of giving something another name. */
public sealed interface Renaming<T> {
    record Done<T>(T value) implements Renaming<T> {}

    record NameTaken<T>(Name name) implements Renaming<T> {}

    /** Somebody renamed or deleted it a moment before; nothing was changed. */
    record Overtaken<T>() implements Renaming<T> {}
}
