package dev.signalbox.doctor;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** Calls of the C library that the JDK has none for. */
final class Libc {
    private Libc() {}

    /** What a function of this name gives for these numbers and pieces of memory. */
    @SuppressWarnings("restricted")
    static Object call(String name, MemoryLayout result, Object... arguments) {
        var linker = Linker.nativeLinker();
        var function = linker.defaultLookup().findOrThrow(name);
        var types = Arrays.stream(arguments).map(Libc::layout).toArray(MemoryLayout[]::new);
        try {
            return linker.downcallHandle(function, FunctionDescriptor.of(result, types))
                    .invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new IllegalStateException("the C library's " + name + " cannot be called", e);
        }
    }

    private static MemoryLayout layout(Object argument) {
        return switch (argument) {
            case Integer number -> ValueLayout.JAVA_INT;
            case Long number -> ValueLayout.JAVA_LONG;
            case MemorySegment memory -> ValueLayout.ADDRESS;
            default -> throw new IllegalArgumentException("not a number and no memory");
        };
    }

    /** What the kernel says of its clock: 5 where nothing sets it right. */
    static int clockState() {
        try (var arena = Arena.ofConfined()) {
            return (int) call("adjtimex", ValueLayout.JAVA_INT, arena.allocate(TIMEX));
        }
    }

    /** The bytes of struct timex; all zero, it only asks. */
    private static final long TIMEX = 208;
}
