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
import org.jspecify.annotations.Nullable;

/**
 * Variables that are not as the release that serves got them.
 *
 * @param changes by name
 * @param underWay the number of the deployment that brings them; null when none does
 */
record PendingChanges(Map<String, Kind> changes, @Nullable Long underWay) {
    private static final Map<Kind, Lamp> LAMPS = Map.of(
            Kind.ADDED, new Lamp("todo", "New", "now"),
            Kind.CHANGED, new Lamp("todo", "Changed", "now"),
            Kind.REMOVED, new Lamp("todo", "Removed", "now"));
    private static final Map<Kind, String> WORDS =
            Map.of(Kind.ADDED, "new", Kind.CHANGED, "changed", Kind.REMOVED, "removed");

    /** None when nothing serves: whatever comes first brings them all. */
    static PendingChanges of(Workload workload, Deploys deploys) {
        var all = deploys.serving(workload)
                .flatMap(deploys::release)
                .map(release -> deploys.changesSince(release, workload))
                .map(Changes::all)
                .orElse(List.of());
        var changes = all.stream().collect(Collectors.toUnmodifiableMap(Change::name, Change::kind));
        return new PendingChanges(changes, changes.isEmpty() ? null : bringing(workload, deploys));
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
