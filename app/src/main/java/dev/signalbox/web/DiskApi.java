package dev.signalbox.web;

import dev.signalbox.accounts.Permission;
import dev.signalbox.accounts.TeamScope;
import dev.signalbox.projects.Projects;
import dev.signalbox.space.Share;
import dev.signalbox.space.Space;
import dev.signalbox.web.Draft.Nothing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** How full the disks are and what takes them up, for programs. */
final class DiskApi {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Resources resources;
    private final Projects projects;
    private final Space space;

    DiskApi(Resources resources, Features features) {
        this.resources = resources;
        this.projects = features.projects();
        this.space = features.space();
    }

    List<Operation<?, ?, ?>> operations() {
        return List.of(resources
                .team()
                .get("/disk", "disk.show", "How full the disks are, and what the team's services take up, in bytes.")
                .needs(Permission.READ_PROJECTS)
                .answers(200, DiskView.class, this::show));
    }

    /**
     * Everything about the disks.
     *
     * @param level roomy, tight, full (nothing is built) or last
     * @param measuredAt as of when what takes it up is; null until Docker has told
     * @param images layers of all images, each counted once
     * @param others what services of other teams take up
     */
    record DiskView(
            String level,
            List<OneDisk> disks,
            @Nullable Instant measuredAt,
            @Nullable Long images,
            @Nullable Long buildCache,
            @Nullable Long buildCacheLimit,
            List<ServiceOnDisk> services,
            long others) {}

    /**
     * A disk.
     *
     * @param holds data or docker; where both are on one disk, data
     * @param daysUntilFull null where it does not grow, or was not measured for a day yet
     */
    record OneDisk(
            String holds,
            long total,
            long used,
            long free,
            int percent,
            @Nullable Long daysUntilFull) {}

    /**
     * What a service takes up in all its environments.
     *
     * @param releases how many images it has
     * @param buildCache as far as Docker says whose it is
     */
    record ServiceOnDisk(
            String project,
            String service,
            int releases,
            long images,
            long buildCache,
            long containers,
            long volumes,
            long logs,
            long total) {}

    private DiskView show(Call<TeamScope, Nothing> call) {
        var report = DiskReport.of(call.resource(), space, projects, PATIENCE);
        var survey = report.survey();
        return new DiskView(
                report.level().word(),
                report.disks().stream().map(DiskApi::view).toList(),
                survey == null ? null : survey.at(),
                survey == null ? null : survey.layers(),
                survey == null ? null : survey.cache(),
                survey == null ? null : survey.cacheLimit(),
                report.services().stream().map(DiskApi::view).toList(),
                report.others().total());
    }

    private static OneDisk view(DiskReport.Reading reading) {
        var disk = reading.disk();
        return new OneDisk(
                disk.holds().word(), disk.total(), disk.used(), disk.free(), disk.percent(), days(reading.days()));
    }

    private static @Nullable Long days(OptionalLong days) {
        return days.isPresent() ? days.getAsLong() : null;
    }

    private static ServiceOnDisk view(DiskReport.Owned owned) {
        Share share = owned.share();
        return new ServiceOnDisk(
                owned.project(),
                owned.service(),
                share.releases(),
                share.images(),
                share.cache(),
                share.containers(),
                share.volumes(),
                share.logs(),
                share.total());
    }
}
