package dev.signalbox.db;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Properties;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.FetchTriggerValuesAfterReturning;
import org.jooq.conf.RenderImplicitJoinType;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.exception.IntegrityConstraintViolationException;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;

/**
 * The database: any number of readers, one writer at a time.
 *
 * <p>Waiting for the writer happens on a fair lock of ours and never inside SQLite: a thread that waits in native code
 * holds its carrier, and two of them would stop every virtual thread of a small machine. Transactions that write begin
 * IMMEDIATE, so none is lost to a busy upgrade. With {@code synchronous=FULL} what returned from {@link #write} is on the
 * disk.
 */
public final class Db implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Db.class);
    private static final int READERS = 4;
    private static final String FULL =
            "The disk is full: the change could not be saved, and nothing was changed. Make room, then try again.";
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Settings SETTINGS = new Settings()
            .withExecuteLogging(false)
            .withRenderSchema(false)
            .withRenderImplicitJoinType(RenderImplicitJoinType.INNER_JOIN)
            // Else an upsert that hits an existing row returns null on SQLite.
            .withFetchTriggerValuesAfterReturning(FetchTriggerValuesAfterReturning.NEVER);

    private final String url;
    private final ReentrantLock writing = new ReentrantLock(true);
    private final Connection writer;
    private final Semaphore readerSeats = new Semaphore(READERS, true);
    private final Deque<Connection> idleReaders = new ArrayDeque<>();
    private volatile BooleanSupplier relief = () -> false;

    private Db(String url) throws SQLException {
        this.url = url;
        this.writer = connect(false);
    }

    /**
     * Opens the database and brings its schema up to date.
     *
     * @throws DatabaseUnusable when the file is damaged, newer than this program, or in use by another process
     */
    public static Db open(Path file) {
        Migrations.run(file);
        loadAhead();
        try {
            return new Db(url(file));
        } catch (SQLException e) {
            throw DatabaseUnusable.because(file, e);
        }
    }

    /** Loads what the first query needs. Worth a thread of its own while a process starts. */
    public static void loadAhead() {
        Jooq.load();
    }

    /** Its classes know each other in circles: whoever comes second waits here until the first has loaded them. */
    private static final class Jooq {
        static {
            DSL.using(SQLDialect.SQLITE, SETTINGS).selectOne().getSQL();
        }

        private static void load() {}
    }

    static String url(Path file) {
        return JDBC.PREFIX + file.toAbsolutePath();
    }

    /** Runs queries that see one state of the database and change nothing. */
    public <T> T read(Function<DSLContext, T> queries) {
        var connection = borrowReader();
        try {
            connection.setAutoCommit(false);
            return queries.apply(DSL.using(connection, SQLDialect.SQLITE, SETTINGS));
        } catch (SQLException | DataAccessException e) {
            throw new DatabaseFailed("The database could not be read.", e);
        } finally {
            giveBack(connection);
        }
    }

    /** Tries to make room on a full disk, so that a change can be tried once more; false when it could not. */
    public void whenFull(BooleanSupplier relief) {
        this.relief = relief;
    }

    /**
     * Runs one transaction; when this returns, its changes are on the disk. On a full disk it may run twice, the first time
     * without leaving anything.
     */
    public <T> T write(Function<DSLContext, T> changes) {
        try {
            return attempt(changes);
        } catch (DatabaseFailed e) {
            if (!e.isDiskFull() || !relief.getAsBoolean()) throw e;
            return attempt(changes);
        }
    }

    private <T> T attempt(Function<DSLContext, T> changes) {
        lockWriter();
        try {
            writer.setAutoCommit(false);
            try {
                var result = changes.apply(DSL.using(writer, SQLDialect.SQLITE, SETTINGS));
                writer.commit();
                writer.setAutoCommit(true);
                return result;
            } catch (Throwable e) {
                takeBack(e);
                throw e;
            }
        } catch (IntegrityConstraintViolationException e) {
            // The rules of the schema are answers, not failures.
            throw e;
        } catch (SQLException | DataAccessException e) {
            throw notSaved(e);
        } finally {
            writing.unlock();
        }
    }

    private static DatabaseFailed notSaved(Exception e) {
        var failed = new DatabaseFailed("The change could not be saved; nothing was changed.", e);
        return failed.isDiskFull() ? new DatabaseFailed(FULL, e) : failed;
    }

    /** SQLite may have taken it back by itself, as it does on a full disk, and says then that there is nothing to end. */
    private void takeBack(Throwable why) {
        attempt(writer::rollback, why);
        attempt(() -> writer.setAutoCommit(true), why);
    }

    private interface Act {
        void take() throws SQLException;
    }

    private static void attempt(Act act, Throwable why) {
        try {
            act.take();
        } catch (SQLException e) {
            why.addSuppressed(e);
        }
    }

    /** {@link #write} for changes without a result. */
    public void change(Consumer<DSLContext> changes) {
        write(sql -> {
            changes.accept(sql);
            return true;
        });
    }

    /** {@link #change} for what is good to know and no more: on a full disk it is left out, and nobody fails for it. */
    public void changeUnlessFull(Consumer<DSLContext> changes) {
        try {
            change(changes);
        } catch (DatabaseFailed e) {
            if (!e.isDiskFull()) throw e;
            LOG.debug("Something is not written down, since the disk is full", e);
        }
    }

    private void lockWriter() {
        if (writing.isHeldByCurrentThread()) throw new IllegalStateException("a write inside a write");
        try {
            if (!writing.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new DatabaseFailed("The database is busy; nothing was changed. Try again.", null);
            }
        } catch (InterruptedException e) {
            // A cancelled job still has to write down how it ended.
            writing.lock();
            Thread.currentThread().interrupt();
        }
    }

    private Connection borrowReader() {
        takeSeats(1);
        synchronized (idleReaders) {
            var idle = idleReaders.pollFirst();
            if (idle != null) return idle;
        }
        try {
            return connect(true);
        } catch (SQLException e) {
            readerSeats.release();
            throw new DatabaseFailed("The database could not be opened.", e);
        }
    }

    /** A cancelled job still has to read how things stand, so an interrupt is kept for later. */
    private void takeSeats(int seats) {
        boolean interrupted = false;
        var end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (true) {
                try {
                    if (readerSeats.tryAcquire(seats, end - System.nanoTime(), TimeUnit.NANOSECONDS)) return;
                    throw new DatabaseFailed("The database is busy. Try again.", null);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    /** What a reader saw ends here; one that cannot let go of it is not used again. */
    private void giveBack(Connection connection) {
        try {
            connection.rollback();
            synchronized (idleReaders) {
                idleReaders.addFirst(connection);
            }
        } catch (SQLException e) {
            LOG.warn("A connection to the database was given up", e);
            closeQuietly(connection);
        } finally {
            readerSeats.release();
        }
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.warn("A connection to the database did not close", e);
        }
    }

    private Connection connect(boolean readOnly) throws SQLException {
        var connection = JDBC.createConnection(url, properties(readOnly));
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA trusted_schema = OFF");
            if (readOnly) statement.execute("PRAGMA query_only = ON");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static Properties properties(boolean readOnly) {
        var config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setBusyTimeout(5_000);
        config.setTransactionMode(readOnly ? TransactionMode.DEFERRED : TransactionMode.IMMEDIATE);
        return config.toProperties();
    }

    @Override
    public void close() {
        takeSeats(READERS);
        lockWriter();
        try {
            writer.close();
            synchronized (idleReaders) {
                for (var reader : idleReaders) reader.close();
                idleReaders.clear();
            }
        } catch (SQLException e) {
            throw new DatabaseFailed("The database could not be closed.", e);
        } finally {
            writing.unlock();
        }
    }
}
