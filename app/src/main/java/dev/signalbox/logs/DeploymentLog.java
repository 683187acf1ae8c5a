package dev.signalbox.logs;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * What people read while a deployment runs, and afterwards. One writes and any number follow; all of them read the file, so
 * a slow one costs nothing and misses nothing.
 */
public final class DeploymentLog {
    private static final long LARGEST_OUTPUT = 20L << 20;
    /** What one answer may hold: a whole log is more than the memory has room for. */
    private static final int MOST_LINES = 5_000;

    private static final int MOST_CHARACTERS = 1 << 20;
    private static final char END = '.';
    /** Bytes; the line that says that nothing comes any more is never longer. */
    private static final int END_LINE = 64;

    private final LineFile file;
    private final Clock clock;
    private final long largestOutput;
    private final Runnable whenEnded;
    private final ReentrantLock writing = new ReentrantLock();
    private final Condition grown = writing.newCondition();
    private boolean ended;
    private boolean full;

    DeploymentLog(Path path, Clock clock, Runnable whenEnded) {
        this(path, clock, whenEnded, LARGEST_OUTPUT);
    }

    DeploymentLog(Path path, Clock clock, Runnable whenEnded, long largestOutput) {
        this.clock = clock;
        this.largestOutput = largestOutput;
        this.whenEnded = whenEnded;
        try {
            this.file = new LineFile(path);
            this.ended = LineReader.lastLine(path, END_LINE)
                    .filter(DeploymentLog::isEnd)
                    .isPresent();
        } catch (IOException e) {
            throw notRead(path, e);
        }
    }

    /**
     * One line as people see it.
     *
     * @param number counts from 1
     * @param voice who says it, and in which tone
     */
    public record Entry(long number, Instant at, Voice voice, String text) {
        /** Whether the appliance says it, and not something that it runs. */
        public boolean ours() {
            return voice != Voice.OUTPUT;
        }
    }

    /** Who says a line: the appliance, of trouble too, or what it runs. */
    public enum Voice {
        OURS('+'),
        TROUBLE('!'),
        OUTPUT('|');

        private final char mark;

        Voice(char mark) {
            this.mark = mark;
        }

        private static Voice of(char mark) {
            return mark == OURS.mark ? OURS : mark == TROUBLE.mark ? TROUBLE : OUTPUT;
        }
    }

    /** Says something to the people who read. */
    public void line(String text) {
        writeLines(Voice.OURS, text);
    }

    /** Says what went wrong. */
    public void trouble(String text) {
        writeLines(Voice.TROUBLE, text);
    }

    /** Passes on what a build or a container printed. */
    public void output(String text) {
        writeLines(Voice.OUTPUT, text);
    }

    /** Nothing comes after this; those who follow are released. */
    public void end() {
        writing.lock();
        try {
            if (ended) return;
            append(END, "");
            file.sync();
            file.close();
            ended = true;
            grown.signalAll();
        } catch (IOException e) {
            throw notWritten(e);
        } finally {
            writing.unlock();
        }
        whenEnded.run();
    }

    /** How much there is, in bytes; it grows by every line. */
    public long size() {
        writing.lock();
        try {
            return file.size();
        } finally {
            writing.unlock();
        }
    }

    boolean hasEnded() {
        writing.lock();
        try {
            return ended;
        } finally {
            writing.unlock();
        }
    }

    /** The newest entries, oldest first: at most 5,000, of about a million characters together. */
    public List<Entry> read() {
        var portion = new Portion();
        read(1, portion::addNewest);
        return List.copyOf(portion.entries);
    }

    /** The entries from this number on, no more of them than {@link #read()} gives. */
    public List<Entry> read(long fromLine) {
        var portion = new Portion();
        read(fromLine, portion::addIfRoom);
        return List.copyOf(portion.entries);
    }

    private void read(long fromLine, Consumer<Entry> to) {
        try (var entryReader = new EntryReader(fromLine, to)) {
            entryReader.readOn();
        } catch (IOException e) {
            throw notRead(file.path(), e);
        }
    }

    /**
     * Gives every entry from this number on, those that are there and those that come, in the calling thread.
     *
     * @return true at the end of the log, false when the time is up
     */
    public boolean follow(long fromLine, Consumer<Entry> to, Duration atMost) throws InterruptedException {
        var deadline = System.nanoTime() + atMost.toNanos();
        try (var entryReader = new EntryReader(fromLine, to)) {
            while (true) {
                entryReader.readOn();
                if (entryReader.sawEnd) return true;
                if (!awaitMoreThan(entryReader.lines.position(), deadline)) return false;
            }
        } catch (IOException e) {
            throw notRead(file.path(), e);
        }
    }

    private boolean awaitMoreThan(long position, long deadline) throws InterruptedException {
        writing.lockInterruptibly();
        try {
            while (file.size() <= position) {
                var left = deadline - System.nanoTime();
                if (left <= 0 || grown.awaitNanos(left) <= 0) return false;
            }
            return true;
        } finally {
            writing.unlock();
        }
    }

    private void writeLines(Voice voice, String text) {
        var whole = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        writing.lock();
        try {
            if (ended) return;
            for (var line : whole.split("\n", -1)) write(voice, line);
            grown.signalAll();
        } catch (IOException e) {
            throw notWritten(e);
        } finally {
            writing.unlock();
        }
    }

    private void write(Voice voice, String line) throws IOException {
        if (voice == Voice.OUTPUT && file.size() + line.length() > largestOutput) {
            if (!full) append(Voice.OURS.mark, "The output is too long; from here on it is not kept.");
            full = true;
            return;
        }
        append(voice.mark, line.length() > TerminalText.LONGEST ? line.substring(0, TerminalText.LONGEST + 1) : line);
    }

    private void append(char kind, String text) throws IOException {
        file.append(clock.instant().truncatedTo(ChronoUnit.MILLIS) + " " + kind + " " + text);
    }

    private static boolean isEnd(String line) {
        int space = line.indexOf(' ');
        return space > 0 && line.startsWith(" " + END, space);
    }

    private LogException notWritten(IOException cause) {
        return new LogException(
                "The deployment's log " + file.path() + " could not be written: " + cause.getMessage(), cause);
    }

    private static LogException notRead(Path path, IOException cause) {
        return new LogException("The deployment's log " + path + " could not be read: " + cause.getMessage(), cause);
    }

    /** Consecutive entries that together stay small enough for one answer. */
    private static final class Portion {
        private final Deque<Entry> entries = new ArrayDeque<>();
        private int characters;
        private boolean closed;

        void addNewest(Entry entry) {
            add(entry);
            while (isTooMuch()) characters -= entries.removeFirst().text().length();
        }

        void addIfRoom(Entry entry) {
            if (closed) return;
            add(entry);
            if (!isTooMuch()) return;
            entries.removeLast();
            closed = true;
        }

        private void add(Entry entry) {
            entries.addLast(entry);
            characters += entry.text().length();
        }

        private boolean isTooMuch() {
            return entries.size() > MOST_LINES || characters > MOST_CHARACTERS;
        }
    }

    /** Turns the lines of the file into entries, from a number on. */
    private final class EntryReader implements AutoCloseable {
        private final LineReader lines = new LineReader(file.path());
        private final long from;
        private final Consumer<Entry> to;
        private long number;
        private boolean sawEnd;

        EntryReader(long from, Consumer<Entry> to) {
            this.from = from;
            this.to = to;
        }

        void readOn() throws IOException {
            lines.readTo(this::accept);
        }

        private void accept(String line) {
            int space = line.indexOf(' ');
            if (space < 0 || line.length() < space + 3) return;
            var kind = line.charAt(space + 1);
            if (kind == END) sawEnd = true;
            else if (++number >= from) {
                var text = TerminalText.coloured(line.substring(space + 3));
                to.accept(new Entry(number, Instant.parse(line.substring(0, space)), Voice.of(kind), text));
            }
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
