package dev.signalbox.deploys;

import dev.signalbox.deploys.Release.ProcessType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is different between two releases, or between a release and the next one; of variables only their names. */
public record Changes(List<Change> all) {
    public Changes {
        all = List.copyOf(all);
    }

    /** In which way a thing differs. */
    public enum Kind {
        ADDED,
        REMOVED,
        CHANGED
    }

    /**
     * One difference.
     *
     * @param what the sort of thing: Variable, Process, Image, Port
     * @param name which one; empty where there is but one
     */
    public record Change(Kind kind, String what, String name, String text) {}

    static Changes between(Release from, Map<String, String> old, Release to, Map<String, String> fresh) {
        var all = new ArrayList<>(ofVariables(old, fresh).all());
        processes(from, to, all);
        if (!from.image().equals(to.image())) {
            all.add(new Change(Kind.CHANGED, "Image", "", from.imageLabel() + " \u2192 " + to.imageLabel()));
        }
        if (from.port() != to.port()) {
            all.add(new Change(Kind.CHANGED, "Port", "", from.port() + " \u2192 " + to.port()));
        }
        return new Changes(all);
    }

    static Changes ofVariables(Map<String, String> old, Map<String, String> fresh) {
        var all = new ArrayList<Change>();
        for (var name : union(old, fresh)) {
            if (!fresh.containsKey(name)) all.add(new Change(Kind.REMOVED, "Variable", name, "removed"));
            else if (!old.containsKey(name)) all.add(new Change(Kind.ADDED, "Variable", name, "added"));
            else if (!Objects.equals(old.get(name), fresh.get(name))) {
                all.add(new Change(Kind.CHANGED, "Variable", name, "changed"));
            }
        }
        return new Changes(all);
    }

    private static void processes(Release from, Release to, List<Change> all) {
        var old = byName(from);
        var fresh = byName(to);
        for (var name : union(old, fresh)) {
            var before = old.get(name);
            var after = fresh.get(name);
            if (after == null) all.add(new Change(Kind.REMOVED, "Process", name, "removed"));
            else if (before == null) all.add(new Change(Kind.ADDED, "Process", name, "added"));
            else if (!before.equals(after)) all.add(new Change(Kind.CHANGED, "Process", name, how(before, after)));
        }
    }

    private static String how(ProcessType before, ProcessType after) {
        var parts = new ArrayList<String>();
        if (!Objects.equals(before.command(), after.command())) parts.add("another command");
        if (before.replicas() != after.replicas()) {
            parts.add(before.replicas() + " \u2192 " + after.replicas() + " replicas");
        }
        if (before.memoryMegabytes() != after.memoryMegabytes()) {
            parts.add(before.memoryMegabytes() + " \u2192 " + after.memoryMegabytes() + " MB");
        }
        if (!Objects.equals(before.cpuMillis(), after.cpuMillis())) parts.add("another CPU limit");
        if (!Objects.equals(before.health(), after.health())) parts.add("another health check");
        if (before.sticky() != after.sticky()) {
            parts.add(after.sticky() ? "visitors stay with one replica" : "visitors take turns");
        }
        return String.join(", ", parts);
    }

    private static TreeMap<String, ProcessType> byName(Release release) {
        return release.processes().stream()
                .collect(Collectors.toMap(
                        ProcessType::name, Function.identity(), (first, second) -> second, TreeMap::new));
    }

    private static TreeSet<String> union(Map<String, ?> one, Map<String, ?> other) {
        var names = new TreeSet<>(one.keySet());
        names.addAll(other.keySet());
        return names;
    }
}
