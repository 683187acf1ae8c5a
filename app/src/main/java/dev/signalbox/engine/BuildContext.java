package dev.signalbox.engine;

import java.io.IOException;
import java.io.OutputStream;

/** The files of a build, written as one tar archive. */
@FunctionalInterface
public interface BuildContext {
    void writeTo(OutputStream tar) throws IOException;
}
