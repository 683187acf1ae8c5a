package dev.signalbox.engine;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import org.jspecify.annotations.Nullable;

/** The files of a build on their way to Docker: written by a thread of its own into a pipe, never kept anywhere. */
final class Upload implements Closeable {
    private static final int BUFFER = 64 << 10;

    private final BuildContext context;
    private final Pipe pipe;
    private volatile boolean wanted = true;
    private volatile @Nullable Exception failure;

    private Upload(BuildContext context, Pipe pipe) {
        this.context = context;
        this.pipe = pipe;
    }

    static Upload start(BuildContext context) throws IOException {
        var upload = new Upload(context, Pipe.open());
        Thread.ofVirtual().name("docker-upload").start(upload::write);
        return upload;
    }

    InputStream body() {
        return Channels.newInputStream(pipe.source());
    }

    /** Why the files could not be read; null when they could, or when Docker stopped taking them. */
    @Nullable Exception failure() {
        return failure;
    }

    private void write() {
        boolean whole = false;
        try {
            var tar = new BufferedOutputStream(Channels.newOutputStream(pipe.sink()), BUFFER);
            context.writeTo(tar);
            tar.flush();
            whole = true;
        } catch (IOException | RuntimeException e) {
            if (wanted) failure = e;
        } finally {
            // The reading side goes first: the end of the pipe alone would look like the end of a whole archive.
            if (!whole) close(pipe.source());
            close(pipe.sink());
        }
    }

    /** Nobody reads any more; a writer that is still at it is stopped by that. */
    @Override
    public void close() {
        wanted = false;
        close(pipe.source());
    }

    private static void close(Closeable end) {
        try {
            end.close();
        } catch (IOException e) {
            // A pipe holds nothing that could be lost.
        }
    }
}
