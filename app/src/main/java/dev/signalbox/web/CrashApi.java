package dev.signalbox.web;

import dev.signalbox.accounts.Permission;
import dev.signalbox.deploys.Changes.Change;
import dev.signalbox.deploys.Crash;
import dev.signalbox.deploys.Deployment;
import dev.signalbox.deploys.Deploys;
import dev.signalbox.logs.ContainerLine;
import dev.signalbox.projects.Workload;
import dev.signalbox.web.Draft.Nothing;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why what serves does not stay up. */
final class CrashApi {
    private final Resources resources;
    private final Deploys deploys;
    private final CrashCards cards;

    CrashApi(Resources resources, Features features, Clock clock) {
        this.resources = resources;
        this.deploys = features.deploys();
        this.cards = new CrashCards(features, clock);
    }

    List<Operation<?, ?, ?>> operations() {
        return List.of(resources
                .workload()
                .get("/crash", "crashes.show", "How what serves has ended in the last hour, and what had changed.")
                .needs(Permission.READ_LOGS)
                .answers(200, CrashView.class, this::show));
    }

    /**
     * What is known; nothing but the state when nothing has ended.
     *
     * @param sentence how it ended last
     * @param ends the newest first
     * @param changes what differs from what served before
     * @param goBackTo the number of the release that served before; null when none did
     */
    record CrashView(
            Workload.State state,
            @Nullable Long deployment,
            @Nullable String sentence,
            List<EndView> ends,
            List<String> lastLines,
            List<ChangeView> changes,
            @Nullable Long goBackTo) {}

    record EndView(
            Instant at,
            String process,
            String sentence,
            String failure,
            @Nullable Long exitCode) {
        static EndView of(Crash crash) {
            var code = crash.failure().exitCode();
            return new EndView(
                    crash.at(),
                    crash.process(),
                    crash.sentence(),
                    crash.failure().kind().word(),
                    code == null ? null : code.longValue());
        }
    }

    record ChangeView(String kind, String what, String name, String text) {
        static ChangeView of(Change change) {
            return new ChangeView(
                    change.kind().name().toLowerCase(Locale.ROOT), change.what(), change.name(), change.text());
        }
    }

    private CrashView show(Call<Workload, Nothing> call) {
        var workload = call.resource();
        var serving = deploys.serving(workload);
        return serving.flatMap(deployment -> view(workload, deployment))
                .orElseGet(() -> new CrashView(
                        workload.state(),
                        serving.map(Deployment::number).orElse(null),
                        null,
                        List.of(),
                        List.of(),
                        List.of(),
                        null));
    }

    private Optional<CrashView> view(Workload workload, Deployment serving) {
        var ends = cards.lately(serving.id());
        if (ends.isEmpty()) return Optional.empty();
        var facts = DeploymentFacts.of(workload, serving, deploys);
        return Optional.of(new CrashView(
                workload.state(),
                serving.number(),
                ends.getFirst().sentence(),
                ends.stream().map(EndView::of).toList(),
                cards.lastLines(workload).stream().map(ContainerLine::text).toList(),
                facts.changes(deploys).all().stream().map(ChangeView::of).toList(),
                facts.before() == null ? null : facts.before().release()));
    }
}
