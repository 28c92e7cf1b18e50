package coop.vigie.bench;

import coop.vigie.index.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/**
 * The same calls in SQLite, as somebody would lay them out who wants them found quickly: words in an FTS5 table without content, what
 * filters and sorts in a narrow one, and what a hit gives back in a third.
 */
final class SqliteRival implements AutoCloseable {

    private static final int COMMIT = 50_000;

    private final Connection connection;

    private SqliteRival(Connection connection) {
        this.connection = connection;
    }

    static SqliteRival open(Path file) throws SQLException {
        var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA mmap_size = 8000000000");
            statement.execute("PRAGMA cache_size = -200000");
            // An index may be made anew: nobody waits for the disk.
            statement.execute("PRAGMA synchronous = OFF");
        }
        return new SqliteRival(connection);
    }

    /** Makes the tables of these calls, in place of what is there. */
    static void write(Path file, Iterator<Document> calls) throws IOException, SQLException {
        Files.deleteIfExists(file);
        try (var rival = open(file)) {
            rival.write(calls);
        }
    }

    private void write(Iterator<Document> calls) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = OFF");
            statement.execute("CREATE VIRTUAL TABLE words USING fts5(title, text, buyer, content='')");
            statement.execute(
                    "CREATE TABLE facts(number INTEGER PRIMARY KEY, closes INTEGER, id TEXT, place TEXT, cpv TEXT)");
            statement.execute("CREATE INDEX by_deadline ON facts(closes, id)");
            statement.execute("CREATE TABLE payloads(number INTEGER PRIMARY KEY, payload TEXT)");
        }
        connection.setAutoCommit(false);
        try (var words = connection.prepareStatement(
                        "INSERT INTO words(rowid, title, text, buyer) VALUES (?, ?, ?, ?)");
                var facts = connection.prepareStatement("INSERT INTO facts VALUES (?, ?, ?, ?, ?)");
                var payloads = connection.prepareStatement("INSERT INTO payloads VALUES (?, ?)")) {
            for (int number = 1; calls.hasNext(); number++) {
                Document call = calls.next();
                insert(
                        words,
                        number,
                        first(call.titles().values()),
                        first(call.texts().values()),
                        first(call.names()));
                insert(
                        facts,
                        number,
                        Objects.requireNonNull(call.closes()).toEpochMilli(),
                        call.id(),
                        first(call.places()),
                        first(call.cpv()));
                insert(payloads, number, call.payload());
                if (number % COMMIT == 0) {
                    connection.commit();
                }
            }
        }
        connection.commit();
    }

    private static String first(Iterable<String> values) {
        return values.iterator().next();
    }

    private static void insert(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        statement.executeUpdate();
    }

    /**
     * What is still open, in the order of deadlines.
     *
     * @param words in FTS5's own language
     * @param place beginning of a NUTS code; likewise {@code cpv}; empty for any
     * @return id and payload of each
     */
    List<String> search(String words, String place, String cpv, int limit) throws SQLException {
        String sql = """
                SELECT id, payload FROM (
                  SELECT facts.number AS number, closes, id FROM words CROSS JOIN facts ON facts.number = words.rowid
                  WHERE words MATCH ? AND closes >= ? %s %s
                  ORDER BY closes, id LIMIT ?)
                JOIN payloads USING (number) ORDER BY closes, id""".formatted(below("place", place), below("cpv", cpv));
        var found = new ArrayList<String>();
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, words);
            statement.setLong(2, Calls.NOW.toEpochMilli());
            statement.setInt(3, limit);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1) + ' ' + rows.getString(2));
                }
            }
        }
        return found;
    }

    /** The question of {@link #search} about words alone, as the {@code sqlite3} tool takes it; no words mean any call. */
    static String sql(String words, int limit) {
        String from = words.isEmpty()
                ? "facts WHERE"
                : "words CROSS JOIN facts ON facts.number = words.rowid WHERE words MATCH '%s' AND".formatted(words);
        return """
                SELECT id, payload FROM (
                  SELECT facts.number AS number, closes, id FROM %s closes >= %d ORDER BY closes, id LIMIT %d)
                JOIN payloads USING (number) ORDER BY closes, id""".formatted(from, Calls.NOW.toEpochMilli(), limit);
    }

    private static String below(String column, String code) {
        return code.isEmpty() ? "" : "AND %s >= '%s' AND %s < '%s~'".formatted(column, code, column, code);
    }

    /** How many calls there are, by the table of words. */
    long size() throws SQLException {
        return count("SELECT count(*) FROM words");
    }

    /** In how many calls each of these words stands, in this order. */
    List<Long> counts(List<String> words) throws SQLException {
        var counts = new ArrayList<Long>();
        for (String word : words) {
            counts.add(count("SELECT count(*) FROM words WHERE words MATCH '" + word + "'"));
        }
        return counts;
    }

    private long count(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
