package dev.signalbox.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.MutableClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubnetsTest {
    private final MutableClock clock = new MutableClock();
    private final Subnets subnets = new Subnets(clock);

    @Test
    void offersEverySubnetOfTheRangeOnce() {
        var all = subnets.candidates("shop-production", List.of()).toList();

        assertThat(all).hasSize(4096).doesNotHaveDuplicates().allMatch(Subnets.RANGE::overlaps);
        assertThat(all).allMatch(subnet -> subnet.prefix() == 24);
    }

    @Test
    void beginsAtAPlaceOfTheNetworksOwn() {
        var first = first("shop-production");

        assertThat(first("shop-production")).isEqualTo(first);
        assertThat(first("shop-staging")).isNotEqualTo(first);
    }

    @Test
    void goesAroundWhatIsTaken() {
        var vpn = new Subnet(Subnet.number("10.208.0.0"), 13);

        assertThat(subnets.candidates("shop", List.of(vpn))).hasSize(2048).noneMatch(vpn::overlaps);
        assertThat(subnets.candidates("shop", List.of(new Subnet(Subnet.number("10.0.0.0"), 8))))
                .isEmpty();
    }

    @Test
    void letsASubnetRest() {
        var subnet = first("shop");
        subnets.release(subnet);

        clock.advance(Subnets.REST.minusSeconds(1));
        assertThat(first("shop")).isNotEqualTo(subnet);
        clock.advance(Duration.ofSeconds(1));
        assertThat(first("shop")).isEqualTo(subnet);
    }

    private Subnet first(String network) {
        return subnets.candidates(network, List.of()).findFirst().orElseThrow();
    }
}
