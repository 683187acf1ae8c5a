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
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** The settings of a service in an environment, sealed in the database. */
public final class Variables {
    public static final int MOST = 500;
    public static final int LONGEST_NAME = 100;
    /** Bytes. A container with a variable of more than 128 KiB starts and dies at once: "argument list too long". */
    public static final int LARGEST_VALUE = 96 * 1024;
    /** Bytes of all names and values together. */
    public static final int LARGEST_TOTAL = 512 * 1024;

    public static final String NAME_RULE = "use A to Z, 0 to 9 and _, not starting with a digit, at most "
            + LONGEST_NAME + " characters; not PATH or LD_PRELOAD";

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
        return db.read(sql -> opened(workload, VariableStore.list(sql, workload)));
    }

    /** The value of one of them. */
    public Optional<Secret> find(Workload workload, String name) {
        return db.read(sql -> VariableStore.list(sql, workload)).stream()
                .filter(row -> row.name().equals(name))
                .map(row -> sealer.open(place(workload, name), row.sealedValue()))
                .findFirst();
    }

    /** Names and times, without values. */
    public List<Line> list(Workload workload) {
        return db.read(sql -> VariableStore.list(sql, workload)).stream()
                .map(Variables::line)
                .toList();
    }

    /** How many variables all of these have together. */
    public int count(Collection<Workload> workloads) {
        return db.read(sql -> VariableStore.count(sql, workloads));
    }

    /** Sets exactly these, for nobody in particular. */
    public Replaced replace(Workload workload, Map<String, Secret> wanted) {
        return replace(workload, wanted, null);
    }

    /** Sets exactly these: others go, unchanged ones keep their time. One bad one, and nothing is changed. */
    public Replaced replace(Workload workload, Map<String, Secret> wanted, @Nullable String actor) {
        return db.write(sql -> {
            var before = opened(workload, VariableStore.list(sql, workload));
            return store(sql, workload, before, wanted, actor);
        });
    }

    /**
     * Sets these and takes away those without a value; all others stay. One bad one, or one that another changed since it was
     * seen, and nothing is changed.
     */
    public Replaced change(Workload workload, Map<String, Optional<Secret>> edits, Seen seen, @Nullable String actor) {
        return db.write(sql -> {
            var rows = VariableStore.list(sql, workload);
            var before = opened(workload, rows);
            for (var edit : edits.entrySet()) {
                var name = edit.getKey();
                var row = rows.stream().filter(one -> one.name().equals(name)).findFirst();
                var isThere = isSame(before.get(name), edit.getValue());
                if (isThere || seen.covers(row.map(VariableStore.Row::updatedAt).orElse(null))) continue;
                return new Replaced.Overtaken(name, row.map(Variables::line).orElse(null));
            }
            var wanted = new TreeMap<>(before);
            edits.forEach(
                    (name, value) -> value.ifPresentOrElse(text -> wanted.put(name, text), () -> wanted.remove(name)));
            return store(sql, workload, before, wanted, actor);
        });
    }

    private static boolean isSame(@Nullable Secret now, Optional<Secret> wanted) {
        return now == null ? wanted.isEmpty() : wanted.isPresent() && now.matches(wanted.get());
    }

    private Replaced store(
            DSLContext sql,
            Workload workload,
            Map<String, Secret> before,
            Map<String, Secret> wanted,
            @Nullable String actor) {
        var refusal = check(wanted);
        if (refusal.isPresent()) return refusal.get();
        var now = clock.instant();
        int changed = 0;
        for (var gone : before.keySet()) {
            if (!wanted.containsKey(gone)) changed += VariableStore.delete(sql, workload, gone);
        }
        for (var entry : wanted.entrySet()) {
            var name = entry.getKey();
            var old = before.get(name);
            if (old != null && old.matches(entry.getValue())) continue;
            var sealed = sealer.seal(place(workload, name), entry.getValue());
            changed += VariableStore.put(sql, workload, new VariableStore.Row(name, sealed, now, actor));
        }
        if (changed > 0) WorkloadStore.noteVariablesChanged(sql, workload, now);
        return new Replaced.Done(changed);
    }

    private SortedMap<String, Secret> opened(Workload workload, List<VariableStore.Row> rows) {
        var opened = new TreeMap<String, Secret>();
        for (var row : rows) opened.put(row.name(), sealer.open(place(workload, row.name()), row.sealedValue()));
        return opened;
    }

    private static Line line(VariableStore.Row row) {
        return new Line(row.name(), row.updatedAt(), row.updatedBy());
    }

    private static Optional<Replaced> check(Map<String, Secret> wanted) {
        if (wanted.size() > MOST) return Optional.of(new Replaced.TooMany(wanted.size()));
        long total = 0;
        for (var entry : wanted.entrySet()) {
            var name = entry.getKey();
            if (!isName(name)) return Optional.of(new Replaced.NameInvalid(name));
            var value = entry.getValue().reveal();
            var bytes = value.getBytes(StandardCharsets.UTF_8).length;
            if (value.indexOf(0) >= 0) return Optional.of(new Replaced.ValueInvalid(name));
            if (name.equals("PORT") && !isPort(value)) return Optional.of(new Replaced.PortInvalid());
            if (bytes > LARGEST_VALUE) return Optional.of(new Replaced.ValueTooLarge(name, bytes));
            total += name.length() + bytes;
        }
        return total > LARGEST_TOTAL ? Optional.of(new Replaced.TotalTooLarge(total)) : Optional.empty();
    }

    /** Whether a variable may be called this. */
    public static boolean isName(String text) {
        return text.length() <= LONGEST_NAME && NAME.matcher(text).matches() && !FORBIDDEN.contains(text);
    }

    private static boolean isPort(String value) {
        return value.matches("[1-9][0-9]{0,4}") && Integer.parseInt(value) <= 65_535;
    }

    private static String place(Workload workload, String name) {
        return workload.id() + "/" + name;
    }

    /**
     * A variable as lists show it.
     *
     * @param updatedBy who set it; null when that is not known
     */
    public record Line(
            String name, Instant updatedAt, @Nullable String updatedBy) {}

    /** What came of a change. */
    public sealed interface Replaced {
        record Done(int changed) implements Replaced {}

        record NameInvalid(String name) implements Replaced {}

        record ValueInvalid(String name) implements Replaced {}

        record PortInvalid() implements Replaced {}

        record ValueTooLarge(String name, long bytes) implements Replaced {}

        record TotalTooLarge(long bytes) implements Replaced {}

        record TooMany(int count) implements Replaced {}

        /**
         * Somebody else changed one of them a moment before.
         *
         * @param now as it is; null when it is gone
         */
        record Overtaken(String name, @Nullable Line now) implements Replaced {}
    }
}
