package dev.signalbox.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Consumer;

/** Reads protobuf messages field by field, as much of the format as BuildKit's progress needs. */
final class Protobuf {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private Protobuf() {}

    /** One field: a number in {@code value} or, for strings, bytes and messages, in {@code bytes}. */
    record Field(int number, long value, ByteBuffer bytes) {
        String text() {
            return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
        }

        boolean isTrue() {
            return value != 0;
        }

        /** A {@code google.protobuf.Timestamp}. */
        Instant time() {
            var seconds = new long[1];
            var nanos = new long[1];
            read(bytes, field -> {
                if (field.number == 1) seconds[0] = field.value;
                if (field.number == 2) nanos[0] = field.value;
            });
            return Instant.ofEpochSecond(seconds[0], nanos[0]);
        }
    }

    /** Throws {@link IllegalArgumentException} or a buffer underflow when it is no protobuf. */
    static void read(ByteBuffer message, Consumer<Field> fields) {
        var in = message.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        while (in.hasRemaining()) {
            long tag = varint(in);
            int number = (int) (tag >>> 3);
            fields.accept(
                    switch ((int) tag & 7) {
                        case VARINT -> number(number, varint(in));
                        case FIXED64 -> number(number, in.getLong());
                        case FIXED32 -> number(number, in.getInt());
                        case BYTES -> new Field(number, 0, slice(in, varint(in)));
                        default -> throw new IllegalArgumentException("no such protobuf wire type: " + (tag & 7));
                    });
        }
    }

    private static Field number(int number, long value) {
        return new Field(number, value, ByteBuffer.allocate(0));
    }

    private static ByteBuffer slice(ByteBuffer in, long length) {
        if (length < 0 || length > in.remaining()) throw new IllegalArgumentException("protobuf field too long");
        var slice = in.slice(in.position(), (int) length);
        in.position(in.position() + (int) length);
        return slice;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) return value;
        }
        throw new IllegalArgumentException("protobuf number too long");
    }
}
