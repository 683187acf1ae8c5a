package dev.signalbox.projects;

/** What came of making something with a name. */
public sealed interface Creation<T> {
    record Done<T>(T value) implements Creation<T> {}

    record NameTaken<T>(Name name) implements Creation<T> {}

    record BranchTaken<T>(String branch) implements Creation<T> {}
}
