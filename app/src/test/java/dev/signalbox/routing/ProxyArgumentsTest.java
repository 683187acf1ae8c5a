package dev.signalbox.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProxyArgumentsTest {
    private static final ProxySettings SETTINGS =
            new ProxySettings("a1b2", Path.of("/data/proxy"), 80, 443, 7421, 7420, "localhost", "traefik:v3.7");

    @Test
    void theProxyIsStartedWithExactlyThese() {
        assertThat(ProxyArguments.of(SETTINGS))
                .containsExactly(
                        "--entryPoints.web.address=:80",
                        "--entryPoints.web.reusePort=true",
                        "--entryPoints.web.transport.respondingTimeouts.readTimeout=1h",
                        "--entryPoints.web.transport.respondingTimeouts.idleTimeout=180s",
                        "--entryPoints.web.transport.lifeCycle.graceTimeOut=30s",
                        "--entryPoints.web.http.aliasHeadersStrategy=delete",
                        "--entryPoints.websecure.address=:443",
                        "--entryPoints.websecure.reusePort=true",
                        "--entryPoints.websecure.transport.respondingTimeouts.readTimeout=1h",
                        "--entryPoints.websecure.transport.respondingTimeouts.idleTimeout=180s",
                        "--entryPoints.websecure.transport.lifeCycle.graceTimeOut=30s",
                        "--entryPoints.websecure.http.aliasHeadersStrategy=delete",
                        "--entryPoints.traefik.address=127.0.0.1:7421",
                        "--entryPoints.traefik.reusePort=true",
                        "--entryPoints.traefik.transport.respondingTimeouts.readTimeout=1h",
                        "--entryPoints.traefik.transport.respondingTimeouts.idleTimeout=180s",
                        "--entryPoints.traefik.transport.lifeCycle.graceTimeOut=30s",
                        "--entryPoints.traefik.http.aliasHeadersStrategy=delete",
                        "--api=true",
                        "--api.insecure=true",
                        "--api.dashboard=false",
                        "--ping=true",
                        "--metrics.prometheus=true",
                        "--metrics.prometheus.buckets=0.005,0.01,0.025,0.05,0.1,0.25,0.5,1,2.5,5,10",
                        "--providers.file.directory=/dynamic",
                        "--providers.file.watch=true",
                        "--providers.providersThrottleDuration=10ms",
                        "--accessLog=true",
                        "--accessLog.filePath=/log/access.log",
                        "--accessLog.format=json",
                        "--accessLog.fields.headers.defaultMode=drop",
                        "--accessLog.fields.queryParameters.defaultMode=drop",
                        "--log.level=WARN",
                        "--log.noColor=true",
                        "--global.checkNewVersion=false",
                        "--global.sendAnonymousUsage=false");
    }

    @Test
    void urlsNameThePortOnlyWhereItIsNotTheUsualOne() {
        assertThat(SETTINGS.url("shop.localhost")).isEqualTo("http://shop.localhost");
        var odd = new ProxySettings("a1b2", Path.of("/p"), 8080, 8443, 7421, 7420, "localhost", "traefik:v3.7");
        assertThat(odd.url("shop.localhost")).isEqualTo("http://shop.localhost:8080");
    }
}
