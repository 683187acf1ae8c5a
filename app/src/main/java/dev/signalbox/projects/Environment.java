package dev.signalbox.projects;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A running copy of a project; pushes to its branch go there. */
public record Environment(
        String id, String projectId, Name name, @Nullable String branch, Instant createdAt) {
    public static final Name PRODUCTION = new Name("production");
    public static final Name STAGING = new Name("staging");

    public boolean isProduction() {
        return name.equals(PRODUCTION);
    }

    /** Whether pushes to this branch deploy here; {@code main} and {@code master} are one. */
    public boolean tracks(String pushed) {
        return canonical(pushed).equals(branch == null ? null : canonical(branch));
    }

    private static String canonical(String branch) {
        return branch.equals("master") ? "main" : branch;
    }
}
