package dev.signalbox.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.doctor.Finding.Verdict;
import dev.signalbox.engine.EngineSetup;
import dev.signalbox.engine.FakeEngine;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked of Docker. */
class EngineChecksTest {
    private static final InitSystem INIT = new InitSystem(Path.of("/"));

    private final FakeEngine engine = new FakeEngine(Clock.systemUTC());

    @ParameterizedTest
    @CsvSource({"20.10.24+dfsg1, OK", "26.1.5+dfsg1, OK", "19.03.15, FAIL", "20.9.1, FAIL", "no number, FAIL"})
    void dockerIsNotTooOld(String release, Verdict verdict) {
        tell(release, "1.1.12", "overlay2", false, true);
        assertThat(new DockerCheck(engine, INIT).examine().verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({
        "1.1.5+ds1, OK",
        "1.3.3-0ubuntu1~24.04.2, OK",
        "1.1.12-0ubuntu2~22.04.1, OK",
        "1.3.3, OK",
        "1.2.8, OK",
        "1.4.0, OK",
        "1.3.2, WARN",
        "1.2.7, WARN",
        "1.1.11, WARN",
        "'', OK"
    })
    void runcHasNoKnownWaysOut(String release, Verdict verdict) {
        tell("26.1.5", release, "overlay2", false, true);
        assertThat(new RuncCheck(engine).examine().verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({
        "26.1.5+dfsg1, true, FAIL",
        "27.4.1, true, FAIL",
        "27.5.0, true, WARN",
        "28.5.1, true, WARN",
        "26.1.5+dfsg1, false, OK"
    })
    void imagesAreKeptWhereBuildsWork(String release, boolean containerd, Verdict verdict) {
        tell(release, "1.1.12", "overlayfs", containerd, true);
        assertThat(new ImageStoreCheck(engine).examine().verdict()).isEqualTo(verdict);
    }

    @Test
    void appsOutliveDocker() {
        assertThat(new LiveRestoreCheck(engine, INIT).examine().verdict()).isEqualTo(Verdict.OK);
        tell("26.1.5", "1.1.12", "overlay2", false, false);
        assertThat(new LiveRestoreCheck(engine, INIT).examine().verdict()).isEqualTo(Verdict.WARN);
    }

    @Test
    void baseImagesAreHere() {
        var check = new BaseImagesCheck(engine, "traefik:v3.7");
        assertThat(check.examine().verdict()).isEqualTo(Verdict.FAIL);
        engine.addImage("traefik:v3.7");
        assertThat(check.examine().verdict()).isEqualTo(Verdict.WARN);
        assertThat(check.examine().sentence())
                .startsWith("Not here: debian:trixie-slim, ")
                .endsWith("Here are: from the registry traefik:v3.7.");
        for (var name : BaseImagesCheck.OF_RECIPES) engine.addImage(name);
        assertThat(check.examine().verdict()).isEqualTo(Verdict.OK);
    }

    private void tell(String release, String runc, String driver, boolean containerd, boolean keeps) {
        engine.setUp(new EngineSetup(release, runc, driver, containerd, keeps, "/var/lib/docker"));
    }
}
