package dev.signalbox.web;

import dev.signalbox.deploys.Changes;
import dev.signalbox.deploys.Changes.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment changes.
 *
 * @param against what it is compared with, where the title does not say it
 * @param note why nothing is listed, or not all
 */
record ChangeList(
        String title,
        @Nullable String against,
        List<Row> rows,
        @Nullable String note) {
    ChangeList {
        rows = List.copyOf(rows);
    }

    /** One difference; a code before its text, or none. */
    record Row(String style, String sign, String what, String code, String text) {
        static Row of(Change change) {
            return switch (change.kind()) {
                case ADDED -> new Row("add", "+", change.what(), change.name(), change.text());
                case REMOVED -> new Row("del", "\u2212", change.what(), change.name(), change.text());
                case CHANGED -> new Row("mod", "~", change.what(), change.name(), change.text());
            };
        }
    }

    static ChangeList of(DeploymentFacts facts, Changes changes) {
        var rows = new ArrayList<Row>();
        var before = facts.before();
        var deployment = facts.deployment();
        var commit = DeploymentWords.commit(deployment);
        var isNew = before == null || !Objects.equals(before.commit(), deployment.commit());
        if (commit != null && isNew) {
            rows.add(new Row("add", "+", "Commit", commit, DeploymentWords.subject(deployment)));
        }
        changes.all().stream().map(Row::of).forEach(rows::add);
        var mine = "#" + facts.number();
        if (before == null) return new ChangeList("What comes with " + mine, "the first release here", rows, null);
        var old = "#" + before.number();
        var note = rows.isEmpty() ? "Nothing: the same commit, variables and processes." : null;
        if (facts.isOver()) {
            return new ChangeList("What changed since " + old, null, rows, facts.release() == null ? null : note);
        }
        var serves = facts.serving() != null && facts.serving().id().equals(before.id());
        return new ChangeList(
                "What changes with " + mine,
                "compared with " + old + (serves ? ", which is live" : ""),
                rows,
                facts.release() == null ? "Variables and processes are compared once it is built." : note);
    }
}
