package dev.signalbox.web;

import dev.signalbox.deploys.Cause;
import dev.signalbox.deploys.Changes;
import dev.signalbox.deploys.Changes.Change;
import dev.signalbox.deploys.Changes.Kind;
import dev.signalbox.deploys.Deployment;
import dev.signalbox.deploys.Deploys;
import dev.signalbox.deploys.State;
import dev.signalbox.projects.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Variables that are not as the release that serves got them.
 *
 * @param changes by name
 * @param underWay the number of the deployment that brings them; null when none does
 * @param wanted what they are deployed with: the newest that failed since, or what serves
 */
record PendingChanges(
        Map<String, Kind> changes,
        @Nullable Long underWay,
        @Nullable Deployment wanted,
        @Nullable Deployment serving) {
    private static final Map<Kind, Lamp> LAMPS = Map.of(
            Kind.ADDED, new Lamp("todo", "New", "now"),
            Kind.CHANGED, new Lamp("todo", "Changed", "now"),
            Kind.REMOVED, new Lamp("todo", "Removed", "now"));
    private static final Map<Kind, String> WORDS =
            Map.of(Kind.ADDED, "new", Kind.CHANGED, "changed", Kind.REMOVED, "removed");

    /** None when nothing was ever built: whatever comes first brings them all. */
    static PendingChanges of(Workload workload, Deploys deploys) {
        var serving = deploys.serving(workload);
        var wanted = deploys.wanted(workload);
        var all = serving.or(() -> wanted)
                .flatMap(deploys::release)
                .map(release -> deploys.changesSince(release, workload))
                .map(Changes::all)
                .orElse(List.of());
        var changes = all.stream().collect(Collectors.toUnmodifiableMap(Change::name, Change::kind));
        return new PendingChanges(
                changes,
                changes.isEmpty() ? null : bringing(workload, deploys),
                wanted.orElse(null),
                serving.orElse(null));
    }

    /** One that is under way reads the variables when it begins. */
    private static @Nullable Long bringing(Workload workload, Deploys deploys) {
        return deploys.newest(workload)
                .filter(newest -> newest.finishedAt() == null && newest.cause() != Cause.ROLLBACK)
                .filter(newest -> newest.state() == State.QUEUED || isSince(newest, workload))
                .map(Deployment::number)
                .orElse(null);
    }

    private static boolean isSince(Deployment deployment, Workload workload) {
        var changed = workload.variablesChangedAt();
        return changed == null || deployment.queuedAt().isAfter(changed);
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** Whether there is a choice: what serves, or what was to take its place. */
    public boolean isChoice() {
        return serving != null && !serving.equals(wanted);
    }

    /** The one of both that has this number; what is wanted when none is given. */
    Optional<Deployment> chosen(String number) {
        return Stream.of(Optional.ofNullable(wanted), Optional.ofNullable(serving))
                .flatMap(Optional::stream)
                .filter(each -> number.isEmpty() || number.equals(Long.toString(each.number())))
                .findFirst();
    }

    /** With what they are deployed. */
    String how(Workload workload) {
        if (wanted == null || wanted.equals(serving)) {
            return workload.service().name() + " restarts with them, without a build.";
        }
        var commit = DeploymentWords.commit(wanted);
        return "They are deployed with #" + wanted.number() + ", " + DeploymentWords.subject(wanted)
                + (commit == null ? "" : " (" + commit + ")") + ", which "
                + (wanted.finishedAt() == null ? "is under way without them" : "failed")
                + (wanted.release() == null ? " and is built again." : ".")
                + (serving == null ? "" : " #" + serving.number() + " serves until that has proved itself.");
    }

    @Nullable Lamp lamp(String name) {
        return Optional.ofNullable(changes.get(name)).map(LAMPS::get).orElse(null);
    }

    List<String> names() {
        return changes.keySet().stream().sorted().toList();
    }

    List<String> removed() {
        return changes.entrySet().stream()
                .filter(change -> change.getValue() == Kind.REMOVED)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** 2 changes are not live yet. */
    public String title() {
        return title("change") + ".";
    }

    /** The same of another noun, and without the full stop. */
    String title(String noun) {
        var one = changes.size() == 1;
        var count = Sizes.count(changes.size(), noun);
        if (underWay != null) return count + (one ? " goes" : " go") + " live with #" + underWay;
        return count + (one ? " is" : " are") + " not live yet";
    }

    /** 1 new, 1 changed. */
    public String counts() {
        var parts = new ArrayList<String>();
        for (var kind : List.of(Kind.ADDED, Kind.CHANGED, Kind.REMOVED)) {
            long count = changes.values().stream().filter(kind::equals).count();
            if (count > 0) parts.add(count + " " + WORDS.get(kind));
        }
        return String.join(", ", parts) + ".";
    }
}
