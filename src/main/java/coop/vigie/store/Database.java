package coop.vigie.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.SqlStatements;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * One SQLite file in WAL mode. Safe to use from many threads and processes at once: readers never wait, writers wait for
 * each other, for those of another process up to ten seconds.
 */
public final class Database implements AutoCloseable {

    private static final int BUSY_MILLIS = 10_000;
    /** A look need not wait for a writer, only for one who shuts out all others: a person is told so soon. */
    private static final int LOOK_MILLIS = 2_000;

    private static final int TURN_MILLIS = 60_000;
    private static final int TURN_POLL_MILLIS = 20;

    /** One for all: it keeps what it has parsed, and a new one for each database that is opened would parse everything anew. */
    private static final SqlParser PARSER = new ColonPrefixSqlParser();

    private final Path file;
    private final Jdbi jdbi;
    private final Connections connections;
    /** Threads of this process wait here, in order, for SQLite's own waiting is sleeping and asking again. */
    private final ReentrantLock writing = new ReentrantLock(true);

    private Database(Path file, Connections connections) {
        this.file = file;
        this.jdbi = Jdbi.create(connections);
        jdbi.configure(SqlStatements.class, statements -> statements.setSqlParser(PARSER));
        this.connections = connections;
    }

    /**
     * Opens the database of that schema in a folder, creating both as needed, and brings it up to date.
     *
     * @throws StoreException if the file cannot be opened, is no database, or was written by a newer Vigie
     */
    public static Database open(Path folder, Schema schema) {
        NativeLibrary.load();
        Path file = folder.resolve(schema.fileName());
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.valueOf(schema.synchronous()));
        config.setBusyTimeout(BUSY_MILLIS);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.enforceForeignKeys(true);
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        long deadline = System.nanoTime() + BUSY_MILLIS * 1_000_000L;
        while (true) {
            try {
                Files.createDirectories(folder);
                var database = new Database(file, new Connections(source));
                try {
                    database.migrate(schema);
                    return database;
                } catch (JdbiException | StoreException failure) {
                    database.close();
                    throw failure;
                }
            } catch (IOException | JdbiException | StoreException failure) {
                // While one process makes the file, SQLite lets no other change it to WAL mode, and does not wait for
                // it.
                if (!isBusy(failure) || System.nanoTime() > deadline) {
                    throw failure instanceof StoreException told
                            ? told
                            : new StoreException(
                                    "could not open the database " + file + ": " + failure.getMessage(), failure);
                }
                LockSupport.parkNanos(TURN_POLL_MILLIS * 1_000_000L);
            }
        }
    }

    private static boolean isBusy(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLiteException sqlite && sqlite.getResultCode() == SQLiteErrorCode.SQLITE_BUSY) {
                return true;
            }
        }
        return false;
    }

    /**
     * Opens a database to look at it: changes nothing, not even its schema, and leaves no file behind, save one: where a crash
     * left a {@code -wal}, SQLite makes the {@code -shm} that belongs to it. It holds no data, and the next command uses it.
     *
     * @throws StoreException if there is none, if it cannot be opened, or if it is no database
     */
    public static Database openAsItIs(Path folder, Schema schema) {
        NativeLibrary.load();
        Path file = folder.resolve(schema.fileName());
        var config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(LOOK_MILLIS);
        var source = new SQLiteDataSource(config);
        // Without a log nobody else has it open, and SQLite need not make one (https://sqlite.org/wal.html#readonly).
        boolean inUse = Files.exists(folder.resolve(schema.fileName() + "-wal"));
        source.setUrl("jdbc:sqlite:" + file.toUri() + (inUse ? "" : "?immutable=1"));
        var database = new Database(file, new Connections(source));
        try {
            database.version();
            return database;
        } catch (JdbiException | StoreException failure) {
            database.close();
            throw new StoreException("could not look into the database " + file + ": " + failure.getMessage(), failure);
        }
    }

    /** What SQLite finds damaged in the file; empty if it is whole. Reads all of it. */
    public List<String> damage() {
        return read(handle -> handle.createQuery("PRAGMA quick_check").mapTo(String.class).list().stream()
                .filter(line -> !line.equals("ok"))
                .toList());
    }

    /** Every table with its number of rows, by name. */
    public Map<String, Long> rows() {
        return read(handle -> {
            var rows = new TreeMap<String, Long>();
            handle.createQuery("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
                    .mapTo(String.class)
                    .forEach(table -> rows.put(
                            table,
                            handle.createQuery("SELECT COUNT(*) FROM \"" + table + "\"")
                                    .mapTo(Long.class)
                                    .one()));
            return rows;
        });
    }

    /** Writes a whole copy as it stands at this moment, whatever others write meanwhile. The file must not exist. */
    public void copyTo(Path copy) {
        try {
            jdbi.useHandle(handle -> handle.execute("VACUUM INTO ?", copy.toString()));
        } catch (JdbiException failure) {
            throw new StoreException("could not copy " + file + " to " + copy + ": " + failure.getMessage(), failure);
        }
    }

    private void migrate(Schema schema) {
        if (version() == schema.version()) {
            return;
        }
        write(handle -> {
            // Read again inside the transaction: another process may have been faster.
            int present = handle.createQuery("PRAGMA user_version")
                    .mapTo(Integer.class)
                    .one();
            if (present > schema.version()) {
                throw new StoreException(
                        "%s was written by a newer Vigie (format %d, this one knows %d): update the program"
                                .formatted(file, present, schema.version()),
                        null);
            }
            for (int target = present + 1; target <= schema.version(); target++) {
                schema.script(target).forEach(handle::execute);
            }
            handle.execute("PRAGMA user_version = " + schema.version());
            return schema.version();
        });
    }

    /** The version of the schema that the file has now. */
    public int version() {
        return read(handle ->
                handle.createQuery("PRAGMA user_version").mapTo(Integer.class).one());
    }

    /** Runs reads outside any transaction. */
    public <T> T read(Function<Handle, T> work) {
        try {
            return jdbi.withHandle(work::apply);
        } catch (JdbiException failure) {
            throw new StoreException("could not read " + file + ": " + failure.getMessage(), failure);
        }
    }

    /** Runs work in one IMMEDIATE transaction: all of it is kept, or nothing. */
    public <T> T write(Function<Handle, T> work) {
        writing.lock();
        try {
            return jdbi.inTransaction(work::apply);
        } catch (JdbiException failure) {
            throw new StoreException("could not write " + file + ": " + failure.getMessage(), failure);
        } finally {
            writing.unlock();
        }
    }

    /** Runs work in one IMMEDIATE transaction and undoes it: what would happen, without its happening. */
    public <T> T tryOut(Function<Handle, T> work) {
        return write(handle -> {
            T result = work.apply(handle);
            handle.rollback();
            return result;
        });
    }

    /**
     * Runs work while no other thread or process does the same on this database, and waits for its turn up to a minute.
     * The turn of a process that was killed ends with it.
     *
     * @param task names the turn; letters only
     * @throws StoreException if the turn does not come
     */
    public <T> T alone(String task, Supplier<T> work) {
        Path turn = file.resolveSibling(task + ".lock");
        try (FileChannel channel = FileChannel.open(turn, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = take(channel, turn)) {
            assert held.isValid();
            return work.get();
        } catch (IOException failure) {
            throw new StoreException("could not lock " + turn + ": " + failure.getMessage(), failure);
        }
    }

    private static FileLock take(FileChannel channel, Path turn) throws IOException {
        for (int waited = 0; waited < TURN_MILLIS; waited += TURN_POLL_MILLIS) {
            try {
                FileLock lock = channel.tryLock();
                if (lock != null) {
                    return lock;
                }
            } catch (OverlappingFileLockException anotherThread) {
                // Waits like another process.
            }
            LockSupport.parkNanos(TURN_POLL_MILLIS * 1_000_000L);
        }
        throw new StoreException(
                "another vigie has held %s for a minute: try again when it has finished".formatted(turn), null);
    }

    /**
     * Makes sure that nothing deleted can be read in the file or its log any more: writes the file anew without its free pages,
     * and empties the log.
     *
     * @return false if another process held on to the log; then it is emptied when that one lets go
     */
    public boolean scrub() {
        try {
            return jdbi.withHandle(handle -> {
                handle.execute("VACUUM");
                return handle.createQuery("PRAGMA wal_checkpoint(TRUNCATE)")
                                .map((row, context) -> row.getInt(1))
                                .one()
                        == 0;
            });
        } catch (JdbiException failure) {
            throw new StoreException("could not clean " + file + ": " + failure.getMessage(), failure);
        }
    }

    @Override
    public void close() {
        try {
            connections.close();
        } catch (SQLException failure) {
            throw new StoreException("could not close " + file, failure);
        }
    }
}
