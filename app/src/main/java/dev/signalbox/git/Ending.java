package dev.signalbox.git;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the end of a deployment is told.
 *
 * @param lines printed when it went well
 * @param refusal what git is told when it did not
 */
record Ending(List<String> lines, Optional<Refusal> refusal) {
    static Ending of(PushOutcome outcome, Links links) {
        return switch (outcome) {
            case PushOutcome.Live(var number, var urls) -> live(number, urls);
            case PushOutcome.Queued(var number) ->
                good(
                        "Deployment #" + number + " is queued. It goes on without you; see how it does:",
                        links.page(number));
            case PushOutcome.Skipped(var number) ->
                good("Nothing that this service watches has changed, so deployment #" + number + " was skipped.");
            case PushOutcome.Failed(var number, var reason) ->
                bad("deployment #" + number + " failed", "Deployment #" + number + " failed.", reason);
            case PushOutcome.Superseded(var number, var by) ->
                bad(
                        "overtaken by deployment #" + by,
                        "Deployment #" + number + " was overtaken by #" + by + ", a newer push, before it began.",
                        "See how that one does:",
                        links.page(by));
            case PushOutcome.Cancelled(var number) ->
                bad(
                        "deployment #" + number + " was cancelled",
                        "Deployment #" + number + " was cancelled. What ran before still runs.",
                        "Push again to start another.");
            case PushOutcome.Refused(var reason) -> bad("not deployed", reason);
        };
    }

    private static Ending live(int number, List<String> urls) {
        if (urls.isEmpty()) return good("Live: deployment #" + number);
        return good(urls.stream().map(url -> "Live: " + url).toArray(String[]::new));
    }

    private static Ending good(String... lines) {
        return new Ending(List.of(lines), Optional.empty());
    }

    private static Ending bad(String reason, String... texts) {
        var lines = new ArrayList<String>();
        for (var text : texts) text.lines().forEach(lines::add);
        return new Ending(List.of(), Optional.of(new Refusal(reason, lines)));
    }
}
