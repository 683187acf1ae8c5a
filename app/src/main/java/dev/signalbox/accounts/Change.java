package dev.signalbox.accounts;

/** What came of a change to a member. */
public sealed interface Change {
    record Done() implements Change {}

    record NoSuchMember() implements Change {}

    /** A team always has an owner. */
    record LastOwner() implements Change {}

    record RoleTooWeak(Role needed) implements Change {}
}
