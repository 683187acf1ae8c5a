package dev.signalbox.git;

import static dev.signalbox.git.Refusal.NOTHING;
import static java.util.stream.Collectors.joining;

import dev.signalbox.projects.Environment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.transport.ReceiveCommand;

/** What may be pushed at all: one branch, to an environment that there is. Decided before a byte of it is received. */
final class PushRules {
    private final List<Environment.Outline> environments;

    PushRules(List<Environment.Outline> environments) {
        this.environments = List.copyOf(environments);
    }

    sealed interface Ruling {
        record Allowed(PushRequest request) implements Ruling {}

        record Forbidden(Refusal refusal) implements Ruling {}
    }

    Ruling judge(List<ReceiveCommand> commands, List<String> options) {
        if (commands.stream().anyMatch(command -> command.getType() == ReceiveCommand.Type.DELETE)) {
            return no(
                    "branches are not deleted by a push",
                    NOTHING + "branches are not deleted by a push.",
                    "What runs keeps running. To stop it, delete its service or its environment.");
        }
        var other = commands.stream()
                .map(ReceiveCommand::getRefName)
                .filter(ref -> !ref.startsWith(Constants.R_HEADS))
                .findFirst();
        if (other.isPresent()) return notABranch(other.get());
        if (commands.size() > 1) return severalBranches(commands);
        return judge(commands.getFirst(), options);
    }

    private Ruling judge(ReceiveCommand command, List<String> options) {
        if (environments.isEmpty()) {
            return no("no environment", NOTHING + "this project has no environment left.", "Make one, and push again.");
        }
        var parsed = PushOptions.parse(options);
        if (parsed.isEmpty()) {
            var lines = new ArrayList<>(List.of(
                    NOTHING + "these push options are not understood: " + String.join(", ", options) + ".",
                    "There are:"));
            PushOptions.KNOWN.forEach(known -> lines.add("  " + known));
            return new Ruling.Forbidden(new Refusal("unknown push option", lines));
        }
        var branch = command.getRefName().substring(Constants.R_HEADS.length());
        var named = parsed.get().environment();
        var environment = named.isPresent() ? named(named.get()) : tracking(branch);
        if (environment.isEmpty()) return named.isPresent() ? unknownEnvironment(named.get()) : untracked(branch);
        return new Ruling.Allowed(new PushRequest(
                branch,
                command.getOldId(),
                command.getNewId(),
                environment.get(),
                named.isPresent(),
                parsed.get().detached()));
    }

    private Optional<Environment.Outline> named(String name) {
        return environments.stream()
                .filter(environment -> environment.name().value().equals(name))
                .findFirst();
    }

    private Optional<Environment.Outline> tracking(String branch) {
        return environments.stream()
                .filter(environment -> environment.tracks(branch))
                .findFirst();
    }

    private static Ruling notABranch(String ref) {
        if (ref.startsWith(Constants.R_TAGS)) {
            return no(
                    "tags are not deployed",
                    NOTHING + "tags are not deployed, and " + ref.substring(Constants.R_TAGS.length()) + " is one.",
                    "Push a branch, without --tags or --follow-tags: git push signalbox main");
        }
        return no(
                "only branches are deployed",
                NOTHING + ref + " is not a branch.",
                "Push a branch: git push signalbox HEAD:refs/heads/main");
    }

    private static Ruling severalBranches(List<ReceiveCommand> commands) {
        var names = commands.stream()
                .map(command -> command.getRefName().substring(Constants.R_HEADS.length()))
                .toList();
        return no(
                "one branch at a time",
                NOTHING + "a push deploys one branch, and this one has " + names.size() + " ("
                        + names.stream().limit(10).collect(joining(", ")) + (names.size() > 10 ? ", ..." : "") + ").",
                "Push one of them: git push signalbox " + names.getFirst());
    }

    private Ruling unknownEnvironment(String name) {
        return no(
                "no such environment",
                NOTHING + "there is no environment " + name + ".",
                "There " + (environments.size() == 1 ? "is " : "are ")
                        + environments.stream()
                                .map(environment -> environment.name().value())
                                .collect(joining(", "))
                        + ".");
    }

    private Ruling untracked(String branch) {
        var lines = new ArrayList<String>();
        lines.add(NOTHING + "no environment tracks the branch " + branch + ".");
        for (var environment : environments) {
            var tracked = environment.branch() == null ? "no branch" : environment.branch();
            lines.add("  " + environment.name() + " tracks " + tracked);
        }
        var other = environments.getLast().name();
        lines.add("To deploy it all the same: git push -o environment=" + other + " signalbox " + branch);
        return new Ruling.Forbidden(new Refusal("no environment tracks " + branch, lines));
    }

    private static Ruling no(String reason, String... lines) {
        return new Ruling.Forbidden(Refusal.of(reason, lines));
    }
}
