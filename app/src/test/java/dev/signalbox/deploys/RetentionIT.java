package dev.signalbox.deploys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.engine.BuildRequest;
import dev.signalbox.engine.Eventually;
import dev.signalbox.engine.Image;
import dev.signalbox.engine.ImageId;
import dev.signalbox.engine.TarFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What old deployments leave, and what of that stays. */
class RetentionIT {
    @RegisterExtension
    static final RigExtension RIG = new RigExtension();

    private final Rig rig = RIG.rig();

    @Test
    void keepsTheImagesOfTheLastGoodReleasesUntilTheServiceIsDeleted() throws Exception {
        var workload = rig.workload("collector");
        var images = new ArrayList<ImageId>();
        for (int version = 1; version <= 7; version++) {
            var deployment = rig.deployWell(workload, Apps.saying("version " + version));
            images.add(rig.onlyContainer(deployment).image());
            if (version == 1) buildWithoutRelease();
        }

        awaitImages(images.subList(2, 7));

        rig.requireLive(rig.awaitEnd(rig.deploys.rollback(workload, 3, Rig.ACTOR)));
        assertThat(rig.ask(workload)).isEqualTo(Apps.answer("version 3"));
        var rebuilt = rig.requireLive(rig.awaitEnd(rig.deploys.rollback(workload, 2, Rig.ACTOR)));
        assertThat(rig.log(rebuilt)).anyMatch(line -> line.endsWith("its commit is built again"));
        assertThat(rig.ask(workload)).isEqualTo(Apps.answer("version 2"));
        rig.deleteProjects();
        awaitImages(List.of());
    }

    /** Two builds under one name, as of a deployment that a restart cut off: the first has no name then. */
    private void buildWithoutRelease() throws InterruptedException {
        for (var text : List.of("first", "second")) {
            var name = Retention.imageNames(RIG.docker.instance()) + "svc-cut-off:1";
            var files = Map.of("Dockerfile", "FROM debian:trixie-slim\nLABEL text=" + text + "\n");
            rig.engine.build(
                    new BuildRequest(name, "Dockerfile", null, Map.of(), Map.of(), false),
                    TarFiles.of(files),
                    event -> {});
        }
    }

    private void awaitImages(List<ImageId> expected) {
        Eventually.within(
                Rig.AT_MOST,
                "images of " + expected,
                () -> rig.engine.listImages().stream()
                        .map(Image::id)
                        .collect(Collectors.toSet())
                        .equals(Set.copyOf(expected)));
    }
}
