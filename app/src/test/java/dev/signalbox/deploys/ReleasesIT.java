package dev.signalbox.deploys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.engine.ImageId;
import dev.signalbox.projects.Workload;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Releases that run again: with the settings of now, or as they were. */
class ReleasesIT {
    @RegisterExtension
    static final RigExtension RIG = new RigExtension();

    private final Rig rig = RIG.rig();

    @Test
    void redeploysWithTheVariablesOfNowAndRollsBackToThoseOfThen() {
        var workload = rig.workload("greeter");
        rig.set(workload, Map.of("GREETING", "hello"));
        var first = rig.deployWell(workload, greeting("1"));
        rig.set(workload, Map.of("GREETING", "welcome"));
        rig.deployWell(workload, greeting("2"));
        rig.set(workload, Map.of("GREETING", "good evening"));
        assertThat(rig.ask(workload)).isEqualTo("welcome from 2");

        var third = rig.requireLive(rig.awaitEnd(rig.deploys.redeploy(workload, Rig.ACTOR)));
        assertThat(rig.ask(workload)).isEqualTo("good evening from 2");
        assertThat(third.cause()).isEqualTo(Cause.REDEPLOY);
        assertThat(third.release()).isEqualTo(3);
        assertNothingWasBuilt(third);

        var fourth = rig.requireLive(rig.awaitEnd(rig.deploys.rollback(workload, 1, Rig.ACTOR)));
        assertThat(rig.ask(workload)).isEqualTo("hello from 1");
        assertThat(fourth.cause()).isEqualTo(Cause.ROLLBACK);
        assertThat(fourth.release()).isEqualTo(1);
        assertThat(fourth.commit()).isEqualTo(first.commit());
        assertNothingWasBuilt(fourth);

        rig.requireLive(rig.awaitEnd(rig.deploys.redeploy(workload, Rig.ACTOR)));
        assertThat(rig.ask(workload))
                .as("what served, with the settings of now")
                .isEqualTo("good evening from 1");
        assertThat(rig.deploys.releases(workload))
                .extracting(Release::number, Release::good)
                .map(release -> release.toList().toString())
                .containsExactly("[5, true]", "[3, true]", "[2, true]", "[1, true]");
    }

    private void assertNothingWasBuilt(Deployment deployment) {
        assertThat(rig.log(deployment).getFirst()).isEqualTo("Start    web");
    }

    @Test
    void redeploysWhatIsGoodAfterAFailure() {
        var workload = rig.workload("greeter");
        rig.deployWell(workload, Apps.saying("version 1"));
        rig.deploy(workload, Sickness.EXITS_AT_ONCE.app());

        rig.requireLive(rig.awaitEnd(rig.deploys.redeploy(workload, Rig.ACTOR)));

        assertThat(rig.ask(workload)).isEqualTo(Apps.answer("version 1"));
    }

    @Test
    void refusesWhatIsNotThere() {
        var workload = rig.workload("greeter");
        var other = rig.workload("other");
        assertThat(rig.deploys.redeploy(workload, Rig.ACTOR)).isEqualTo(new Asked.NothingToDeploy());
        assertThat(rig.deploys.rollback(workload, 1, Rig.ACTOR)).isEqualTo(new Asked.NoSuchRelease(1));

        rig.deployWell(workload, Apps.saying("version 1"));

        assertThat(rig.deploys.rollback(workload, 2, Rig.ACTOR)).isEqualTo(new Asked.NoSuchRelease(2));
        assertThat(rig.deploys.rollback(other, 1, Rig.ACTOR)).isEqualTo(new Asked.NoSuchRelease(1));
        assertThat(rig.deploys.rollback(inStaging(workload), 1, Rig.ACTOR)).isEqualTo(new Asked.NoSuchRelease(1));
        assertThat(rig.deploys.recent(other.service(), 10)).isEmpty();
        assertThat(rig.deploys.recent(workload.service(), 10)).hasSize(1);
    }

    @Test
    void buildsAgainWhatSomebodyRemoved() {
        var workload = rig.workload("greeter");
        rig.set(workload, Map.of("GREETING", "as it was"));
        var first = rig.deployWell(workload, Apps.evaluating("'one ' + process.env.GREETING"));
        var image = rig.onlyContainer(first).image();
        rig.set(workload, Map.of("GREETING", "as it is"));
        rig.awaitNothingBut(workload, rig.deployWell(workload, Apps.evaluating("'two ' + process.env.GREETING")));

        remove(workload, first, image);
        assertThat(rig.ask(workload)).isEqualTo("two as it is");

        var back = rig.requireLive(rig.awaitEnd(rig.deploys.rollback(workload, 1, Rig.ACTOR)));
        assertThat(rig.log(back))
                .anyMatch(line -> line.endsWith(
                        "The image of release #1 is not on this machine any more, so its commit is" + " built again"));
        assertThat(rig.ask(workload)).as("with the variables that it had").isEqualTo("one as it was");
        assertThat(rig.deploys.release(back)).map(Release::number).contains(back.number());
    }

    private void remove(Workload workload, Deployment deployment, ImageId image) {
        var name = "signalbox-%s/%s:%d"
                .formatted(RIG.docker.instance(), workload.service().id().replace('_', '-'), deployment.number());
        for (var reference : List.of(name, image.value())) rig.engine.removeImage(reference);
        assertThat(rig.engine.findImage(image.value())).isEmpty();
    }

    @Test
    void countsDeploymentsOverAllEnvironmentsAndKeepsThemApart() {
        var production = rig.workload("greeter");
        var staging = inStaging(production);

        rig.deployWell(production, Apps.saying("production"));
        var second = rig.deployWell(staging, Apps.saying("staging"));

        assertThat(second.number()).isEqualTo(2);
        assertThat(second.replaces()).isNull();
        assertThat(rig.ask(production)).isEqualTo(Apps.answer("production"));
        assertThat(rig.ask(staging)).isEqualTo(Apps.answer("staging"));
        assertThat(rig.onlyContainer(second).ip())
                .as("an address on a network of its own")
                .doesNotStartWith(prefix(rig.containers(production).getFirst().ip()));
    }

    private static String prefix(String ip) {
        return ip.substring(0, ip.lastIndexOf('.') + 1);
    }

    private Workload inStaging(Workload workload) {
        return rig.projects.workload(
                workload.service(),
                rig.projects.environments(workload.project()).stream()
                        .filter(environment -> !environment.equals(workload.environment()))
                        .filter(environment -> environment.name().value().equals("staging"))
                        .findFirst()
                        .orElseThrow());
    }

    private static Map<String, String> greeting(String version) {
        return Apps.evaluating("process.env.GREETING + ' from " + version + "'");
    }
}
