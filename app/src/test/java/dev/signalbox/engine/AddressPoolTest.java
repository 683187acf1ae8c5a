package dev.signalbox.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AddressPoolTest {
    private static final Duration REST = Duration.ofSeconds(60);

    /** Room for five: .2 to .6. */
    private final Subnet subnet = new Subnet(Subnet.number("10.208.3.0"), 29);

    private final AddressPool pool = new AddressPool(subnet, REST);
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void givesOutEveryAddressButGatewayAndBroadcast() {
        assertThat(take()).isEqualTo(2);
        assertThat(take()).isEqualTo(3);
        assertThat(take()).isEqualTo(4);
        assertThat(take()).isEqualTo(5);
        assertThat(take()).isEqualTo(6);
        assertThat(pool.take(Set.of(), now)).isEmpty();
    }

    @Test
    void goesOnAboveWhatIsInUseAfterARestart() {
        assertThat(take(2, 4)).isEqualTo(5);
        assertThat(take(2, 4)).isEqualTo(6);
        assertThat(take(2, 4)).isEqualTo(3);
    }

    @Test
    void letsAReleasedAddressRest() {
        var released = take();
        pool.release(subnet.base() + released, now);

        for (int others = 0; others < 4; others++) assertThat(take()).isNotEqualTo(released);
        assertThat(pool.take(Set.of(), now)).isEmpty();
        now = now.plus(REST);
        assertThat(take()).isEqualTo(released);
    }

    @Test
    void letsAnAddressRestWhenItsContainerIsGone() {
        assertThat(take()).isEqualTo(2);
        assertThat(take(2)).isEqualTo(3);

        assertThat(take(3)).as("2 has vanished").isEqualTo(4);
        now = now.plus(REST).minusSeconds(1);
        assertThat(take(3, 4)).isEqualTo(5);
        assertThat(take(3, 4, 5)).isEqualTo(6);
        assertThat(pool.take(inUse(3, 4, 5, 6), now)).isEmpty();
        now = now.plusSeconds(1);
        assertThat(take(3, 4, 5, 6)).isEqualTo(2);
    }

    @Test
    void letsAnAddressRestWhoseContainerLivedBetweenTwoLooks() {
        var used = take();
        pool.use(subnet.base() + used);

        for (int others = 0; others < 4; others++) assertThat(take()).isNotEqualTo(used);
        assertThat(pool.take(Set.of(), now)).isEmpty();
        now = now.plus(REST);
        assertThat(take()).isEqualTo(used);
    }

    @Test
    void keepsAReservedAddressForAsLongAsItTakes() {
        take();
        now = now.plus(Duration.ofDays(1));

        for (int others = 0; others < 4; others++) assertThat(take()).isNotEqualTo(2);
        assertThat(pool.take(Set.of(), now)).isEmpty();
    }

    @Test
    void ignoresTheReleaseOfAnAddressThatAContainerHas() {
        var used = take();
        pool.use(subnet.base() + used);
        pool.release(subnet.base() + used, now);

        for (int others = 0; others < 4; others++) assertThat(take(used)).isNotEqualTo(used);
    }

    private int take(int... inUse) {
        return pool.take(inUse(inUse), now).orElseThrow() - subnet.base();
    }

    private Set<Integer> inUse(int... offsets) {
        var addresses = new HashSet<Integer>();
        for (int offset : offsets) addresses.add(subnet.base() + offset);
        return addresses;
    }
}
