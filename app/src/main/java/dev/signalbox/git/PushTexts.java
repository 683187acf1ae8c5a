package dev.signalbox.git;

import static dev.signalbox.git.Refusal.NOTHING;

import dev.signalbox.projects.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** What is said about a push that was received, apart from its files and its deployment. */
final class PushTexts {
    private PushTexts() {}

    static List<String> nothingNew(PushRequest asked) {
        var environment = asked.environment().name();
        return List.of(
                environment + " was pushed " + asked.commit().name().substring(0, 7)
                        + " before, so there is nothing to do.",
                "To deploy it again: git commit --allow-empty -m \"Deploy again\", and push.");
    }

    static Refusal notACommit() {
        return Refusal.of(
                "not a commit", NOTHING + "what you pushed is not a commit.", "Push a branch: git push signalbox main");
    }

    static Refusal busy() {
        return Refusal.of(
                "busy",
                NOTHING + "other pushes are being received, and they need all the memory.",
                "Push again in a minute.");
    }

    static Refusal forbiddenNameInHistory() {
        return Refusal.of(
                "path not allowed",
                NOTHING + "an earlier commit has a path that git would take for its own (.git, or a form of it).",
                "Find it: git log --all --name-only | grep -i git",
                "Take it out of the history (git rebase, or git filter-repo), and push again.");
    }

    static Refusal revoked(String reason) {
        return Refusal.of("token revoked", NOTHING + reason);
    }

    static Refusal nameTaken(Name project) {
        return Refusal.of(
                "name_taken",
                NOTHING + "the project name " + project + " is taken on this server.",
                "Choose another: git remote set-url signalbox <address with another name>");
    }

    static Refusal gone(Destination destination) {
        return Refusal.of(
                "deleted meanwhile",
                NOTHING + destination.label() + ", or its environment, was deleted while you pushed.",
                "Push again to make it anew.");
    }

    static Refusal interrupted(OptionalInt deployment, Links links) {
        return withLink("the server is stopping", "The server is stopping.", deployment, links);
    }

    static Refusal broken(OptionalInt deployment, Links links) {
        return withLink(
                "error on the server", "Something went wrong on the server; its log says what.", deployment, links);
    }

    private static Refusal withLink(String reason, String what, OptionalInt deployment, Links links) {
        var lines = new ArrayList<String>();
        lines.add(what);
        if (deployment.isPresent()) {
            lines.add("Deployment #" + deployment.getAsInt()
                    + " goes on, or ends with what ran before. See how it does:");
            lines.add(links.page(deployment.getAsInt()));
        } else {
            lines.add("Nothing was deployed. Push again in a minute.");
        }
        return new Refusal(reason, lines);
    }
}
