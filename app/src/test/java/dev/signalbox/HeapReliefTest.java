package dev.signalbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapReliefTest {
    private static final long MB = 1024 * 1024;

    private long taken = 20 * MB;
    private long needed = 20 * MB;
    private int collections;

    private final HeapRelief relief = new HeapRelief(() -> taken, () -> {
        collections++;
        taken = needed;
    });

    @Test
    void whatWasTakenIsGivenBackWhenItGrowsNoMore() {
        look(45);
        assertThat(collections).isZero();
        look(60);
        assertThat(collections).isZero();
        look(60);
        assertThat(collections).isEqualTo(1);
        assertThat(taken).isEqualTo(20 * MB);
    }

    @Test
    void aLittleMoreIsLeft() {
        look(27);
        look(27);
        look(27);
        assertThat(collections).isZero();
    }

    /** Otherwise a team that is large would have its heap collected every time. */
    @Test
    void whatIsNeededIsNotAskedForAgain() {
        needed = 50 * MB;
        look(60);
        look(60);
        look(52);
        look(52);
        assertThat(collections).isEqualTo(1);
        needed = 30 * MB;
        look(70);
        look(70);
        assertThat(collections).isEqualTo(2);
        look(40);
        look(40);
        assertThat(collections).isEqualTo(3);
    }

    private void look(long megabytes) {
        taken = megabytes * MB;
        relief.look();
    }
}
