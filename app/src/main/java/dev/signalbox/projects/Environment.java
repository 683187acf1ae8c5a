package dev.signalbox.projects;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A running copy of a project; pushes to its branch go there. */
public record Environment(
        String id, String projectId, Name name, @Nullable String branch, Instant createdAt) {
    public static final Name PRODUCTION = new Name("production");
    public static final Name STAGING = new Name("staging");

    /** What every project starts with. */
    public static final List<Outline> FIRST = List.of(new Outline(PRODUCTION, "main"), new Outline(STAGING, "staging"));

    public boolean isProduction() {
        return name.equals(PRODUCTION);
    }

    public boolean tracks(String pushed) {
        return outline().tracks(pushed);
    }

    public Outline outline() {
        return new Outline(name, branch);
    }

    /** What an environment is before there is one: its name, and the branch it tracks. */
    public record Outline(Name name, @Nullable String branch) {
        /** Whether pushes to this branch deploy here; {@code main} and {@code master} are one. */
        public boolean tracks(String pushed) {
            return branch != null && canonical(pushed).equals(canonical(branch));
        }

        private static String canonical(String branch) {
            return branch.equals("master") ? "main" : branch;
        }
    }
}
