package dev.signalbox.projects;

import dev.signalbox.db.Db;
import dev.signalbox.secrets.Sealer;
import dev.signalbox.secrets.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The settings of a service in an environment, sealed in the database. */
public final class Variables {
    public static final int MOST = 500;
    public static final int LONGEST_NAME = 100;
    /** Bytes. A container with a variable of more than 128 KiB starts and dies at once: "argument list too long". */
    public static final int LARGEST_VALUE = 96 * 1024;
    /** Bytes of all names and values together. */
    public static final int LARGEST_TOTAL = 512 * 1024;

    private static final Pattern NAME = Pattern.compile("[A-Z_][A-Z0-9_]*");
    /** They would change which program runs rather than configure it. */
    private static final Set<String> FORBIDDEN = Set.of("PATH", "LD_PRELOAD", "LD_LIBRARY_PATH");

    private final Db db;
    private final Clock clock;
    private final Sealer sealer;

    /**
     * The variables of this database.
     *
     * @param sealer made for {@code variables.sealed_value}
     */
    public Variables(Db db, Clock clock, Sealer sealer) {
        this.db = db;
        this.clock = clock;
        this.sealer = sealer;
    }

    /** All of them by name, as the next deployment will get them. */
    public SortedMap<String, Secret> all(Workload workload) {
        var opened = new TreeMap<String, Secret>();
        for (var row : db.read(sql -> VariableStore.list(sql, workload))) {
            opened.put(row.name(), sealer.open(place(workload, row.name()), row.sealedValue()));
        }
        return opened;
    }

    /** Names and times, without values. */
    public List<Line> list(Workload workload) {
        return db.read(sql -> VariableStore.list(sql, workload)).stream()
                .map(row -> new Line(row.name(), row.updatedAt()))
                .toList();
    }

    /** How many variables all of these have together. */
    public int count(Collection<Workload> workloads) {
        return db.read(sql -> VariableStore.count(sql, workloads));
    }

    /** Sets exactly these: others go, unchanged ones keep their time. One bad one, and nothing is changed. */
    public Replaced replace(Workload workload, Map<String, Secret> wanted) {
        var refusal = check(wanted);
        if (refusal.isPresent()) return refusal.get();
        var before = all(workload);
        var now = clock.instant();
        var changed = db.write(sql -> {
            int count = 0;
            for (var gone : before.keySet()) {
                if (!wanted.containsKey(gone)) count += VariableStore.delete(sql, workload, gone);
            }
            for (var entry : wanted.entrySet()) {
                var old = before.get(entry.getKey());
                if (old != null && old.matches(entry.getValue())) continue;
                var sealed = sealer.seal(place(workload, entry.getKey()), entry.getValue());
                count += VariableStore.put(sql, workload, entry.getKey(), sealed, now);
            }
            if (count > 0) WorkloadStore.noteVariablesChanged(sql, workload, now);
            return count;
        });
        return new Replaced.Done(changed);
    }

    private static Optional<Replaced> check(Map<String, Secret> wanted) {
        if (wanted.size() > MOST) return Optional.of(new Replaced.TooMany(wanted.size()));
        long total = 0;
        for (var entry : wanted.entrySet()) {
            var name = entry.getKey();
            if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches() || FORBIDDEN.contains(name)) {
                return Optional.of(new Replaced.NameInvalid(name));
            }
            var value = entry.getValue().reveal();
            var bytes = value.getBytes(StandardCharsets.UTF_8).length;
            if (value.indexOf(0) >= 0) return Optional.of(new Replaced.ValueInvalid(name));
            if (name.equals("PORT") && !isPort(value)) return Optional.of(new Replaced.PortInvalid());
            if (bytes > LARGEST_VALUE) return Optional.of(new Replaced.ValueTooLarge(name, bytes));
            total += name.length() + bytes;
        }
        return total > LARGEST_TOTAL ? Optional.of(new Replaced.TotalTooLarge(total)) : Optional.empty();
    }

    private static boolean isPort(String value) {
        return value.matches("[1-9][0-9]{0,4}") && Integer.parseInt(value) <= 65_535;
    }

    private static String place(Workload workload, String name) {
        return workload.id() + "/" + name;
    }

    /** A variable as lists show it. */
    public record Line(String name, Instant updatedAt) {}

    /** What came of {@link #replace}. */
    public sealed interface Replaced {
        record Done(int changed) implements Replaced {}

        record NameInvalid(String name) implements Replaced {}

        record ValueInvalid(String name) implements Replaced {}

        record PortInvalid() implements Replaced {}

        record ValueTooLarge(String name, long bytes) implements Replaced {}

        record TotalTooLarge(long bytes) implements Replaced {}

        record TooMany(int count) implements Replaced {}
    }
}
