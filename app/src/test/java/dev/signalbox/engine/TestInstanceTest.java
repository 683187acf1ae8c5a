package dev.signalbox.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestInstanceTest {
    @Test
    void isLeftOverOnceItsProcessIsGone() {
        var own = TestInstance.fresh();

        assertThat(TestInstance.isLeftOver(own.toString())).isFalse();
        assertThat(TestInstance.isLeftOver(new TestInstance(own.pid(), own.startedAt() - 60, "abcd").toString()))
                .isTrue();
        assertThat(TestInstance.isLeftOver(new TestInstance(1L << 40, 1, "abcd").toString()))
                .isTrue();
    }

    @Test
    void leavesAppliancesAlone() {
        assertThat(TestInstance.isLeftOver("k3x9")).isFalse();
        assertThat(TestInstance.isLeftOver("test")).isFalse();
        assertThat(TestInstance.isLeftOver("test-1-2-x y")).isFalse();
    }
}
