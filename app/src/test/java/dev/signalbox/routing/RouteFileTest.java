package dev.signalbox.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signalbox.routing.TraefikConfiguration.Http;
import dev.signalbox.routing.TraefikConfiguration.Middleware;
import dev.signalbox.routing.TraefikConfiguration.ReplacePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouteFileTest {
    private static final List<HostName> ONE = List.of(new HostName("web-shop.localhost"));
    private static final Backend FIRST = new Backend("10.208.0.2", 3000);
    private static final Backend SECOND = new Backend("10.208.0.3", 3000);

    @Test
    void aServingReleaseIsReachedAtAllItsHosts() throws IOException {
        var hosts = List.of(new HostName("web-shop.localhost"), new HostName("shop.example.com"));
        var file = RouteFile.of("wl_0123456789ab", hosts, new Target(12, List.of(FIRST, SECOND)));
        assertThat(file.text()).isEqualTo(expected("served.yml"));
    }

    @Test
    void withoutAReleaseOurOwnPageAnswers() throws IOException {
        assertThat(RouteFile.of("wl_0123456789ab", ONE, null).text()).isEqualTo(expected("unserved.yml"));
    }

    @Test
    void theApplianceHasRoutesOfItsOwn() throws IOException {
        var file = ApplianceRoutes.of(7420, new DefaultCertificate("the certificate\n", "the key\n"));
        assertThat(file.text()).isEqualTo(expected("signalbox.yml"));
    }

    @Test
    void theSameTargetGivesTheSameTextAndAnotherGivesAnotherMarker() {
        var file = RouteFile.of("wl_a", ONE, new Target(1, List.of(FIRST)));
        assertThat(RouteFile.of("wl_a", ONE, new Target(1, List.of(FIRST)))).isEqualTo(file);
        assertThat(List.of(
                        RouteFile.of("wl_a", ONE, new Target(2, List.of(FIRST))).marker(),
                        RouteFile.of("wl_a", ONE, new Target(1, List.of(SECOND)))
                                .marker(),
                        RouteFile.of("wl_a", ONE, new Target(1, List.of(FIRST, SECOND)))
                                .marker(),
                        RouteFile.of("wl_a", List.of(new HostName("b.localhost")), new Target(1, List.of(FIRST)))
                                .marker(),
                        RouteFile.of("wl_a", ONE, null).marker()))
                .doesNotHaveDuplicates()
                .doesNotContain(file.marker());
    }

    @Test
    void whatMustRunAloneIsReachedOverConnectionsThatSoonEnd() {
        var text = RouteFile.of("wl_a", ONE, new Target(1, List.of(FIRST), false, true))
                .text();
        assertThat(text).contains("\"serversTransport\" : \"apps-brief\"");
    }

    @Test
    void noTextOfOursReachesTheTemplateEngine() throws IOException {
        var hostile = "/{{ env \"HOME\" }}{{/* */}}\n`\u2028 #";
        var http = new Http(Map.of(), Map.of("x", Middleware.of(new ReplacePath(hostile))), Map.of(), Map.of());
        var text = RouteText.of(new TraefikConfiguration(http, null));
        assertThat(text).doesNotContain("{{");
        assertThat(new ObjectMapper()
                        .readTree(text)
                        .at("/http/middlewares/x/replacePath/path")
                        .asText())
                .isEqualTo(hostile);
    }

    private static String expected(String name) throws IOException {
        try (var file = RouteFileTest.class.getResourceAsStream("/routing/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
