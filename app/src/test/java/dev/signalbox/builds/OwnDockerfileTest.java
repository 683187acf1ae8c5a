package dev.signalbox.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnDockerfileTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "docker/dockerfile:1",
                "docker/dockerfile:1.7",
                "docker/dockerfile:1-labs",
                "docker.io/docker/dockerfile:1.4.3"
            })
    void leavesTheStandardFrontendOutAndKeepsLineNumbers(String frontend) {
        var own = OwnDockerfile.of("Dockerfile", "#  Syntax = " + frontend + "\n# escape=`\nFROM debian\nRUN make\n");

        assertThat(own.text()).isEqualTo("# escape=`\n\nFROM debian\nRUN make\n");
        assertThat(own.seen()).contains("'# syntax=" + frontend + "' is left out: the builder inside Docker is used");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# syntax=evil/frontend\nFROM a",
                "# escape=`\n# syntax = docker/dockerfile-upstream:1\nFROM a",
                "#!/usr/bin/env docker\n# syntax=evil/frontend\nFROM a",
                "// syntax=evil/frontend\nFROM a",
                "# syntax=docker/dockerfile:2\nFROM a",
                "# syntax=evil.test/docker/dockerfile:1\nFROM a",
            })
    void refusesEveryOtherFrontend(String text) {
        assertThatThrownBy(() -> OwnDockerfile.of("Dockerfile", text))
                .isInstanceOf(BuildRefused.class)
                .hasMessageMatching(
                        "Dockerfile:[12]: the frontend '.+' is not allowed, since it would run as part of the"
                                + " builder\\. Use docker/dockerfile:1 or none\\.");
    }

    @Test
    void aSyntaxCommentFurtherDownIsOnlyAComment() {
        var text = "FROM debian\n# syntax=evil/frontend\nRUN make\n";
        assertThat(OwnDockerfile.of("Dockerfile", text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RUN --mount=type=secret,id=npm npm ci",
                "run --network=none --mount=id=x,type=ssh git clone x",
                "RUN \\\n# why\n  --mount=type=cache,target=/x \\\n  --mount=type=secret,id=npm \\\n  npm ci",
                "ONBUILD RUN --mount=type=secret,id=npm npm ci",
            })
    void refusesMountsThatOnlyAClientCouldServe(String instruction) {
        assertThatThrownBy(() -> OwnDockerfile.of("Dockerfile", "FROM debian\n" + instruction + "\n"))
                .isInstanceOf(BuildRefused.class)
                .hasMessageMatching(
                        "Dockerfile:2: '--mount=type=(secret|ssh)' cannot be used, since builds get no secrets"
                                + " and no SSH agent\\. .+");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RUN --mount=type=cache,target=/root/.npm npm ci",
                "RUN echo --mount=type=secret",
                "RUN <<END\nRUN --mount=type=secret\nEND",
                "COPY --from=a --chown=1:1 . .",
            })
    void letsEverythingElseBe(String instruction) {
        var text = "FROM debian\n" + instruction + "\nRUN true\n";
        assertThat(OwnDockerfile.of("Dockerfile", text).text()).isEqualTo(text);
    }

    @Test
    void warnsOfSecretsInBuildArguments() {
        var own = OwnDockerfile.of("Dockerfile", "FROM debian\nARG VERSION=1\nARG api_key\nARG NPM_TOKEN=x\n");

        assertThat(own.seen())
                .containsExactly(
                        "A Dockerfile is there and says how to build",
                        "ARG api_key: its value would be stored in the image; use a variable of the service instead",
                        "ARG NPM_TOKEN: its value would be stored in the image; use a variable of the service instead");
    }

    @Test
    void knowsTheImagesItStandsOn() {
        var own = OwnDockerfile.of("Dockerfile", """
                ARG NODE=22
                FROM --platform=linux/amd64 node:${NODE} AS build
                FROM build AS test
                FROM python:${PYTHON:-3.13}
                FROM scratch
                FROM node:$NODE
                """);

        assertThat(own.bases()).containsExactly("node:22", "python:3.13");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# nothing\n"})
    void refusesAnEmptyFile(String text) {
        assertThatThrownBy(() -> OwnDockerfile.of("Dockerfile", text))
                .hasMessage("Dockerfile:1: there are no instructions in it.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FROM signalbox-main/svc-a:1",
                "FROM docker.io/signalbox-main/svc-a",
                "FROM \"signalbox-main/svc-a\" AS x",
                "FROM\\\n signalbox-main/svc-a",
                "ARG A=signalbox-main B=svc-a\nFROM $A/${B}",
                "ARG A=\nFROM ${A:-signalbox-main/svc-a}",
                "ARG A=signalbox-main/svc-a\nFROM scratch\nARG A=debian\nFROM $A",
                "FROM debian\nCOPY --from=signalbox-main/svc-a / /",
                "FROM debian\nCOPY --fr\"om\"=signalbox-main/svc-a / /",
                "FROM debian\nONBUILD COPY --from=signalbox-main/svc-a / /",
                "FROM debian\nRUN --mount=type=bind,From=signalbox-main/svc-a,target=/x ls",
                "FROM debian\nRUN true <<CMD\nFROM signalbox-main/svc-a\nCMD",
            })
    void refusesTheImagesOfServices(String text) {
        assertThatThrownBy(() -> OwnDockerfile.of("Dockerfile", text))
                .isInstanceOf(BuildRefused.class)
                .hasMessageMatching("Dockerfile:\\d: the image '.+' belongs to another service\\. .+");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"FROM image:$UNSET", "ARG A=1\nARG A\nFROM image:$A", "FROM ${A:-${B:-x}}", "FROM ${A:+signal}x"
            })
    void refusesAnImageThatIsNotClear(String text) {
        assertThatThrownBy(() -> OwnDockerfile.of("Dockerfile", text))
                .isInstanceOf(BuildRefused.class)
                .hasMessageMatching("Dockerfile:\\d: it is not clear which image '.+' is\\. .+");
    }
}
