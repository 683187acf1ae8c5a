package dev.signalbox.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class NetfilterTablesTest {
    private static final short TABLE = (10 << 8) | 0;
    private static final short ERROR = 2;
    private static final short DONE = 3;

    @Test
    void namesAreTakenOutOfTheKernelsMessages() throws Exception {
        var messages = ByteBuffer.allocate(1024).order(ByteOrder.nativeOrder());
        table(messages, "nat");
        table(messages, "signalbox");
        var names = new HashSet<String>();
        assertThat(NetfilterTables.isLast(messages.flip(), names)).isFalse();
        assertThat(names).containsExactlyInAnyOrder("nat", "signalbox");
    }

    @Test
    void theEndIsSeen() throws Exception {
        var messages = ByteBuffer.allocate(1024).order(ByteOrder.nativeOrder());
        table(messages, "nat");
        head(messages, 20, DONE).putInt(0);
        assertThat(NetfilterTables.isLast(messages.flip(), new HashSet<>())).isTrue();
    }

    @Test
    void aRefusalIsNoEmptyList() {
        var messages = ByteBuffer.allocate(1024).order(ByteOrder.nativeOrder());
        head(messages, 36, ERROR).putInt(-1).put(new byte[16]);
        assertThatThrownBy(() -> NetfilterTables.isLast(messages.flip(), new HashSet<>()))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessage("the packet filter");
    }

    @Test
    void anErrorIsNotTakenForARefusal() {
        var messages = ByteBuffer.allocate(1024).order(ByteOrder.nativeOrder());
        head(messages, 36, ERROR).putInt(-22).put(new byte[16]);
        assertThatThrownBy(() -> NetfilterTables.isLast(messages.flip(), new HashSet<>()))
                .isExactlyInstanceOf(IOException.class)
                .hasMessageContaining("error 22");
    }

    @Test
    void theKernelItselfAnswersRoot() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "the packet filter is shown to root only");
        assertThat(NetfilterTables.names()).doesNotContain("");
    }

    @Test
    void theKernelRefusesOthers() {
        assumeFalse(System.getProperty("user.name").equals("root"), "root is refused nothing");
        assertThatThrownBy(NetfilterTables::names).isInstanceOf(AccessDeniedException.class);
    }

    private static ByteBuffer head(ByteBuffer messages, int length, short type) {
        return messages.putInt(length)
                .putShort(type)
                .putShort((short) 2)
                .putInt(1)
                .putInt(0);
    }

    /** With a number before the name, as the kernel's own have more than a name. */
    private static void table(ByteBuffer messages, String name) {
        var text = (name + "\0").getBytes(StandardCharsets.US_ASCII);
        int padded = (text.length + 3) & ~3;
        head(messages, 20 + 8 + 4 + padded, TABLE).put(new byte[4]);
        messages.putShort((short) 8).putShort((short) 2).putInt(0);
        messages.putShort((short) (4 + text.length))
                .putShort((short) 1)
                .put(text)
                .put(new byte[padded - text.length]);
    }
}
