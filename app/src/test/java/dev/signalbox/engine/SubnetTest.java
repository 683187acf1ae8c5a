package dev.signalbox.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubnetTest {
    @Test
    void readsAndWritesCidr() {
        assertThat(subnet("10.208.3.7/24")).hasToString("10.208.3.0/24");
        assertThat(subnet("0.0.0.0/0")).hasToString("0.0.0.0/0");
        assertThat(subnet("255.255.255.255/32").address(0)).isEqualTo("255.255.255.255");
        assertThat(Subnet.parse("fd00::/64")).isEmpty();
        assertThat(Subnet.parse("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10.208.0.0/12, 10.223.255.0/24, true",
        "10.208.0.0/12, 10.224.0.0/24, false",
        "10.208.3.0/24, 10.208.0.0/12, true",
        "10.208.3.0/24, 10.208.4.0/24, false",
        "10.208.3.128/25, 10.208.3.0/25, false",
        "0.0.0.0/0, 192.168.1.0/24, true",
        "172.17.0.0/16, 172.17.5.4/32, true"
    })
    void tellsWhatOverlaps(String one, String other, boolean overlaps) {
        assertThat(subnet(one).overlaps(subnet(other))).isEqualTo(overlaps);
        assertThat(subnet(other).overlaps(subnet(one))).isEqualTo(overlaps);
    }

    @Test
    void knowsItsAddresses() {
        var subnet = subnet("10.208.3.0/24");

        assertThat(subnet.size()).isEqualTo(256);
        assertThat(subnet.address(254)).isEqualTo("10.208.3.254");
        assertThat(subnet.contains(Subnet.number("10.208.3.254"))).isTrue();
        assertThat(subnet.contains(Subnet.number("10.208.4.1"))).isFalse();
    }

    @Test
    void readsTheHostsRoutes() {
        var table = List.of(
                "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT",
                "eth0\t00000000\t0102A8C0\t0003\t0\t0\t0\t00000000\t0\t0\t0",
                "eth0\t0002A8C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0",
                "docker0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0",
                "wg0\t05D0D00A\t00000000\t0005\t0\t0\t0\tFFFFFFFF\t0\t0\t0");

        assertThat(HostRoutes.parse(table))
                .extracting(Subnet::toString)
                .containsExactly("192.168.2.0/24", "172.17.0.0/16", "10.208.208.5/32");
    }

    private static Subnet subnet(String cidr) {
        return Subnet.parse(cidr).orElseThrow();
    }
}
