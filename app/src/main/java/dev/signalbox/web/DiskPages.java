package dev.signalbox.web;

import dev.signalbox.accounts.Permission;
import dev.signalbox.accounts.TeamScope;
import dev.signalbox.projects.Projects;
import dev.signalbox.space.Bytes;
import dev.signalbox.space.Disk;
import dev.signalbox.space.Disk.Holds;
import dev.signalbox.space.Level;
import dev.signalbox.space.Share;
import dev.signalbox.space.Space;
import dev.signalbox.space.Survey;
import dev.signalbox.web.DiskReport.Owned;
import dev.signalbox.web.DiskReport.Reading;
import dev.signalbox.web.Draft.Nothing;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** How full the machine is, until when that is well, and what takes it up. */
final class DiskPages {
    static final String PATH = "/disk";
    /** Nobody looks at nothing for longer; the page goes on by itself. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Resources resources;
    private final Projects projects;
    private final Space space;
    private final Places places;
    private final Clock clock;

    DiskPages(Resources resources, Features features, Places places, Clock clock) {
        this.resources = resources;
        this.projects = features.projects();
        this.space = features.space();
        this.places = places;
        this.clock = clock;
    }

    List<PageRoute<?, ?>> routes() {
        var team = resources.team().at(PATH);
        return List.of(
                team.get("", "disk.page", "How full the disks are, and what takes them up.")
                        .needs(Permission.READ_PROJECTS)
                        .page(this::show),
                team.get("/live", "disk.live", "Says when that has changed.")
                        .needs(Permission.READ_PROJECTS)
                        .page(this::live));
    }

    /**
     * The page.
     *
     * @param alarm what to do about a disk that is nearly full; null while there is room
     * @param measured when it was looked at; null when nobody has yet
     */
    record DiskPage(
            @Nullable String alarm,
            boolean dire,
            List<DiskPanel> disks,
            @Nullable Moment measured,
            List<Row> rows,
            String live) {}

    /** @param holds what is on it, where there is more than one */
    record DiskPanel(String holds, String used, String pace, String width, String bar, List<Slice> slices) {}

    /** A part of the bar and of what is written under it. */
    record Slice(String style, String text, String from, String width) {}

    /** A service, and what each kind of thing of it takes up; without a path, those of others. */
    record Row(
            String name,
            @Nullable String path,
            String project,
            String images,
            String cache,
            String containers,
            String volumes,
            String logs,
            String total) {}

    /** What the page shows, in steps so coarse that it need not be told of every breath. */
    private record Picture(List<Integer> percents, @Nullable Survey survey) {}

    private Picture picture() {
        return new Picture(
                space.disks().stream().map(Disk::percent).toList(),
                space.survey(Duration.ZERO).orElse(null));
    }

    private Reply live(PageCall<TeamScope, Nothing> call) {
        return new Reply.Live(this::picture, call.query("seen").orElse(""));
    }

    private Reply show(PageCall<TeamScope, Nothing> call) {
        var report = DiskReport.of(call.resource(), space, projects, PATIENCE);
        var survey = report.survey();
        var page = new DiskPage(
                alarm(report),
                report.level().isAtLeast(Level.FULL),
                report.disks().stream().map(reading -> panel(reading, report)).toList(),
                survey == null ? null : Moment.of(survey.at(), clock),
                rows(report),
                PATH + "/live?seen=" + Pings.mark(picture()));
        return Reply.view("disk", page, places.team("Disk", PATH), "alarm", "disks", "services");
    }

    private static @Nullable String alarm(DiskReport report) {
        var fullest = report.fullest().disk();
        var state = "The disk is " + fullest.percent() + " % full, " + Bytes.text(fullest.free()) + " are free. ";
        return switch (report.level()) {
            case ROOMY -> null;
            case TIGHT ->
                state + "Everything works; older images and more of the build cache are removed. Make room before "
                        + report.bounds().full() + " %, from where on nothing is built.";
            case FULL ->
                state + "What runs goes on, and nothing is built until there is room. Delete a service that takes up"
                        + " much, or give the machine a larger disk.";
            case LAST ->
                state + "What runs goes on, nothing is built, and soon nothing can be saved. Delete a service that"
                        + " takes up much, or give the machine a larger disk.";
        };
    }

    private static DiskPanel panel(Reading reading, DiskReport report) {
        var disk = reading.disk();
        var isOnly = report.disks().size() == 1;
        return new DiskPanel(
                isOnly ? "Disk" : disk.holds() == Holds.DATA ? "Disk of Signalbox’s data" : "Disk of Docker",
                Bytes.text(disk.used(), disk.total()) + " used",
                pace(reading.days()),
                disk.percent() + "%",
                Bytes.text(disk.used(), disk.total()) + " used, " + Bytes.text(disk.free()) + " free",
                slices(reading, report.survey(), isOnly || disk.holds() == Holds.DOCKER));
    }

    private static String pace(OptionalLong days) {
        if (days.isEmpty()) return "";
        var number = days.getAsLong();
        return number == 0
                ? "full today at this pace"
                : "full in about " + Sizes.count(number, "day") + " at this pace";
    }

    /** What images and builds take up is on the disk of Docker. */
    private static List<Slice> slices(Reading reading, @Nullable Survey survey, boolean hasImages) {
        if (survey == null || !hasImages) return List.of();
        var disk = reading.disk();
        var all = survey.shares().values().stream().reduce(Share.NOTHING, Share::and);
        var kept = all.containers() + all.volumes() + all.logs();
        var parts = new ArrayList<Slice>();
        double from = 0;
        for (var part : List.of(
                new Part("m1", "Images", survey.layers()),
                new Part("m2", "Build cache, at most " + Bytes.text(survey.cacheLimit()), survey.cache()),
                new Part("m3", "Volumes, containers and logs", kept),
                new Part("m4", "Everything else", disk.used() - survey.layers() - survey.cache() - kept))) {
            var bytes = Math.max(0, part.bytes());
            double width = disk.total() == 0 ? 0 : 100.0 * bytes / disk.total();
            parts.add(new Slice(part.style(), part.name() + ": " + Bytes.text(bytes), percent(from), percent(width)));
            from += width;
        }
        return parts;
    }

    private record Part(String style, String name, long bytes) {}

    private static String percent(double number) {
        return String.format(Locale.ROOT, "%.1f%%", Math.min(100, number));
    }

    private static List<Row> rows(DiskReport report) {
        var rows = new ArrayList<Row>();
        for (var owned : report.services()) rows.add(row(owned));
        if (report.others().total() > 0) rows.add(row("Other teams", null, "", report.others()));
        return rows;
    }

    private static Row row(Owned owned) {
        return row(owned.service(), owned.path(), owned.project(), owned.share());
    }

    private static Row row(String name, @Nullable String path, String project, Share share) {
        return new Row(
                name,
                path,
                project,
                share.releases() == 0 ? "" : Bytes.text(share.images()) + " in " + share.releases(),
                text(share.cache()),
                text(share.containers()),
                text(share.volumes()),
                text(share.logs()),
                Bytes.text(share.total()));
    }

    private static String text(long bytes) {
        return Optional.of(bytes).filter(number -> number > 0).map(Bytes::text).orElse("");
    }
}
