package dev.signalbox.accounts;

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
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    public static Role of(String word) {
        return valueOf(word.toUpperCase(java.util.Locale.ROOT));
    }
}
