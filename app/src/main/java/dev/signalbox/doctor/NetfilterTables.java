package dev.signalbox.doctor;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.util.HashSet;
import java.util.Set;

/** Asks the kernel itself for the tables of its packet filter, as the program nft does; only root may. */
final class NetfilterTables {
    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW = 3;
    private static final int NETLINK_NETFILTER = 12;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVTIMEO = 20;

    /** The subsystem nftables, and in it the question for tables. */
    private static final short GET_TABLES = (10 << 8) | 1;

    private static final short REQUEST_ALL = 0x301;
    private static final int ERROR = 2;
    private static final int DONE = 3;
    private static final int EPERM = 1;
    private static final int NAME = 1;
    private static final int HEAD = 16;
    private static final int FAMILY = 4;
    private static final int LARGEST = 1 << 16;

    private NetfilterTables() {}

    /** The names of all tables, of whatever family. */
    static Set<String> names() throws IOException {
        try (var arena = Arena.ofConfined()) {
            int socket = (int) Libc.call("socket", JAVA_INT, AF_NETLINK, SOCK_RAW, NETLINK_NETFILTER);
            if (socket < 0) throw new IOException("the kernel gives no access to its packet filter");
            try {
                var second = arena.allocateFrom(JAVA_LONG, 1, 0);
                Libc.call("setsockopt", JAVA_INT, socket, SOL_SOCKET, SO_RCVTIMEO, second, (int) second.byteSize());
                var question = arena.allocateFrom(JAVA_BYTE, question());
                Libc.call("send", JAVA_LONG, socket, question, question.byteSize(), 0);
                var names = new HashSet<String>();
                var answer = arena.allocate(LARGEST);
                while (true) {
                    long length = (long) Libc.call("recv", JAVA_LONG, socket, answer, answer.byteSize(), 0);
                    if (length <= 0) throw new IOException("the kernel tells nothing of its packet filter");
                    if (isLast(answer.asSlice(0, length).asByteBuffer().order(ByteOrder.nativeOrder()), names))
                        return names;
                }
            } finally {
                Libc.call("close", JAVA_INT, socket);
            }
        }
    }

    private static byte[] question() {
        return ByteBuffer.allocate(HEAD + FAMILY)
                .order(ByteOrder.nativeOrder())
                .putInt(HEAD + FAMILY)
                .putShort(GET_TABLES)
                .putShort(REQUEST_ALL)
                .putInt(1)
                .array();
    }

    /** Takes the names out of messages; true when there are no more. */
    static boolean isLast(ByteBuffer messages, Set<String> names) throws IOException {
        while (messages.remaining() >= HEAD) {
            int start = messages.position();
            int length = messages.getInt(start);
            int type = messages.getShort(start + 4);
            if (type == DONE) return true;
            if (type == ERROR) throw refusal(messages.getInt(start + HEAD));
            if (length < HEAD || length > messages.remaining()) throw new IOException("the kernel's answer is cut off");
            readName(
                    messages.duplicate()
                            .order(messages.order())
                            .position(start + HEAD + FAMILY)
                            .limit(start + length),
                    names);
            messages.position(start + Math.min(aligned(length), messages.remaining()));
        }
        return false;
    }

    /** The kernel gives the number of an error, below zero. */
    private static IOException refusal(int error) {
        if (error == -EPERM) return new AccessDeniedException("the packet filter");
        return new IOException("the kernel does not show its packet filter (error " + -error + ")");
    }

    private static void readName(ByteBuffer attributes, Set<String> names) {
        while (attributes.remaining() > 4) {
            int start = attributes.position();
            int length = attributes.getShort(start);
            if (length < 4 || length > attributes.remaining()) return;
            if (attributes.getShort(start + 2) == NAME) {
                var text = new byte[length - 5];
                attributes.get(start + 4, text);
                names.add(new String(text, StandardCharsets.US_ASCII));
            }
            attributes.position(start + Math.min(aligned(length), attributes.remaining()));
        }
    }

    private static int aligned(int length) {
        return (length + 3) & ~3;
    }
}
