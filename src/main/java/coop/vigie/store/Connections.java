package coop.vigie.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * Connections to one file, kept for the next use: opening one reads the schema and sets the pragmas anew, which costs more than
 * most statements. While one is kept, closing the others does not fold the write-ahead log into the file either.
 */
final class Connections implements ConnectionFactory, AutoCloseable {

    private static final int KEPT_AT_MOST = 4;

    private final DataSource source;
    private final Deque<Connection> kept = new ArrayDeque<>();
    private boolean closed;

    Connections(DataSource source) {
        this.source = source;
    }

    @Override
    public Connection openConnection() throws SQLException {
        Connection ready = take();
        return ready == null ? source.getConnection() : ready;
    }

    private synchronized @Nullable Connection take() {
        return kept.poll();
    }

    /** Keeps it, unless there are enough, or it was left in the middle of something. */
    @Override
    public void closeConnection(Connection connection) throws SQLException {
        boolean clean = !connection.isClosed() && connection.getAutoCommit();
        if (!clean || !keep(connection)) {
            connection.close();
        }
    }

    private synchronized boolean keep(Connection connection) {
        if (closed || kept.size() >= KEPT_AT_MOST) {
            return false;
        }
        kept.push(connection);
        return true;
    }

    /** Closes what is kept; what is in use closes as soon as it is given back. */
    @Override
    public synchronized void close() throws SQLException {
        closed = true;
        while (!kept.isEmpty()) {
            kept.pop().close();
        }
    }
}
