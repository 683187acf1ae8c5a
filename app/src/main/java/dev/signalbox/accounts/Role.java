package dev.signalbox.accounts;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a member is in a team; each may all that the ones below it may. */
public enum Role {
    VIEWER,
    MEMBER,
    ADMIN,
    OWNER;

    public boolean covers(Role other) {
        return compareTo(other) >= 0;
    }

    /** As in the database, the API and the page. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of this word; empty when there is none. */
    public static Optional<Role> parse(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }

    public static Role of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
