package dev.signalbox.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * An answer that goes on: text as it comes, to one client. It ends when the client is gone, reads nothing, or may read no
 * more; whoever writes the answer is then interrupted.
 */
final class LiveAnswer {
    private static final Duration PULSE = Duration.ofSeconds(2);
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(15);
    private static final Duration STALLED = Duration.ofSeconds(10);
    private static final long NOT_WRITING = -1;

    private final OutputStream out;
    private final String signOfLife;
    private final BooleanSupplier admitted;
    private final Thread handler = Thread.currentThread();
    private final Thread pulse = Thread.ofVirtual().name("live-answer").unstarted(this::watch);
    private final ReentrantLock writing = new ReentrantLock();
    private volatile long writeBegan = NOT_WRITING;
    private volatile long lastWrite = System.nanoTime();
    private volatile boolean ended;

    private LiveAnswer(Context ctx, String mediaType, String signOfLife, BooleanSupplier admitted) throws IOException {
        ctx.contentType(mediaType);
        this.out = ctx.res().getOutputStream();
        this.signOfLife = signOfLife;
        this.admitted = admitted;
        // The headers go out before there is anything to say.
        out.flush();
        pulse.start();
    }

    /** Server-sent events; a comment now and then keeps what is in between from closing the connection. */
    static LiveAnswer events(Context ctx, BooleanSupplier admitted) throws IOException {
        return new LiveAnswer(ctx, "text/event-stream", ": \n\n", admitted);
    }

    static LiveAnswer text(Context ctx, BooleanSupplier admitted) throws IOException {
        return new LiveAnswer(ctx, "text/plain; charset=utf-8", "", admitted);
    }

    /** A file to keep, as it is written. */
    static LiveAnswer file(Context ctx, Reply.Download file, BooleanSupplier admitted) throws IOException {
        ctx.header("Content-Disposition", "attachment; filename=\"" + file.name() + "\"");
        return new LiveAnswer(ctx, file.mediaType(), "", admitted);
    }

    /** Has it written, to its end or until nobody reads it any more. */
    void run(Reply.Writer writer) throws IOException {
        try {
            writer.write(this);
        } catch (InterruptedException e) {
            // The client is gone, or may read no more.
        } finally {
            close();
        }
    }

    boolean isOpen() {
        return !ended;
    }

    /** Sends an event with a text, which may have several lines. */
    void event(String name, String text) {
        write("event: " + name + "\ndata: " + text.replace("\n", "\ndata: ") + "\n\n");
    }

    /** Sends lines of a log that are HTML already; a client that comes back says up to which it has them. */
    void lines(long last, String html) {
        write("id: " + last + "\nevent: line\ndata: " + html + "\n\n");
    }

    /** Sends an event with a value as JSON. */
    void event(String id, String name, Object value) {
        write("id: " + id + "\nevent: " + name + "\ndata: " + Json.write(value) + "\n\n");
    }

    /** Sends text at once; from any thread. */
    void write(String text) {
        if (ended) return;
        writing.lock();
        writeBegan = System.nanoTime();
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
            lastWrite = System.nanoTime();
        } catch (IOException e) {
            end();
        } finally {
            writeBegan = NOT_WRITING;
            writing.unlock();
        }
    }

    /** Waits until the answer ends from outside. */
    void awaitEnd() throws InterruptedException {
        pulse.join();
    }

    private void watch() {
        try {
            while (!ended) {
                Thread.sleep(PULSE);
                if (isStalled() || !admitted.getAsBoolean()) end();
                else if (!signOfLife.isEmpty() && isOlder(lastWrite, SIGN_OF_LIFE)) write(signOfLife);
            }
        } catch (InterruptedException e) {
            ended = true;
        } catch (RuntimeException e) {
            // Whether they may read on cannot be found out.
            end();
            throw e;
        }
    }

    private boolean isStalled() {
        var began = writeBegan;
        return began != NOT_WRITING && isOlder(began, STALLED);
    }

    private static boolean isOlder(long moment, Duration age) {
        return System.nanoTime() - moment > age.toNanos();
    }

    /** Ends the answer, from any thread; whoever writes it is interrupted. */
    void end() {
        if (ended) return;
        ended = true;
        handler.interrupt();
    }

    private void close() {
        ended = true;
        pulse.interrupt();
        // What interrupted this answer is not meant for what the thread does next.
        Thread.interrupted();
    }
}
