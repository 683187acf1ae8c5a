package dev.signalbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The installer's firewall, in network namespaces that stand for the machine and a container. */
class FirewallIT {
    private static final Path TRY = Path.of("installer/test/firewall").toAbsolutePath();

    @Test
    void containersReachThePublicPortsOfTheHostAndNothingElseOfIt() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "namespaces take root");
        var ran = Installation.run(List.of(TRY.toString()));
        assertThat(ran.exit()).as(ran.output()).isZero();
        assertThat(ran.output())
                .isEqualTo("without\n%swith\n%sremoved\n%s".formatted(lines("open"), lines("shut"), lines("open")));
    }

    /** What is public, and what the host itself asks, is never shut. */
    private static String lines(String state) {
        return """
                container -> 10.208.0.1:80 open
                container -> 10.208.0.1:443 open
                container -> 10.208.0.1:2375 %1$s
                container -> 169.254.169.1:7420 %1$s
                container -> 169.254.169.254:80 %1$s
                container -> 169.254.169.254:53 open
                container -> 168.63.129.16:80 %1$s
                here -> 10.208.0.2:8080 open
                outside -> 169.254.169.1:7420 open
                """.formatted(state);
    }
}
