package coop.vigie.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One SQLite file, many hands. */
class DatabaseTest {

    private static final Instant NOW = Instant.parse("2026-11-16T08:00:00Z");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Schema.class)
    void isCreatedOnce_andOpensAgain(Schema schema) {
        Database.open(folder.resolve("deep/er"), schema).close();
        try (var again = Database.open(folder.resolve("deep/er"), schema)) {
            int version = again.read(handle -> handle.createQuery("PRAGMA user_version")
                    .mapTo(Integer.class)
                    .one());
            assertEquals(schema.version(), version);
        }
    }

    @ParameterizedTest
    @EnumSource(Schema.class)
    void refusesAFileOfANewerVersion_andLeavesItAsItIs(Schema schema) throws Exception {
        try (var database = Database.open(folder, schema)) {
            database.write(handle -> handle.execute("PRAGMA user_version = 99"));
        }
        byte[] before = Files.readAllBytes(folder.resolve(schema.fileName()));

        var failure = assertThrows(StoreException.class, () -> Database.open(folder, schema));

        String message = String.valueOf(failure.getMessage());
        assertTrue(message.contains(schema.fileName()), message);
        assertTrue(
                message.endsWith("was written by a newer Vigie (format 99, this one knows " + schema.version()
                        + "): update the program"),
                message);
        assertArrayEquals(before, Files.readAllBytes(folder.resolve(schema.fileName())));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void bringsAnOlderMembersDatabaseUpToDate_withItsMessages(int version) throws Exception {
        NativeLibrary.load();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("members.db"));
                var statement = connection.createStatement()) {
            for (int target = 1; target <= version; target++) {
                for (String each : Schema.MEMBERS.script(target)) {
                    statement.execute(each);
                }
            }
            statement.execute(
                    "INSERT INTO edition (id, recipient, state, built, body) VALUES ('e1', 'a', 'pending', 0, '{}')");
            statement.execute(
                    "INSERT INTO message (edition_id, message_id, attempts, bytes) VALUES ('e1', 'm', 1, x'00')");
            statement.execute("PRAGMA user_version = " + version);
        }

        try (var database = Database.open(folder, Schema.MEMBERS)) {
            List<String> found = database.read(
                    handle -> handle.createQuery("""
                            SELECT kind || ' ' || attempts || ' ' || COALESCE(next_attempt, 'never') || ' ' || HEX(content.message)
                                || ' ' || body
                            FROM edition JOIN message ON message.edition_id = edition.id
                            JOIN edition_content AS content ON content.edition_id = edition.id
                            """).mapTo(String.class).list());
            assertEquals(List.of("regular 1 never 00 {}"), found);
        }
    }

    @Test
    void learnsTheNamesOfNotices_whenAStoreOfTheFirstVersionIsOpened() throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("vigie.db"));
                var statement = connection.createStatement()) {
            for (String each : Schema.PUBLIC.script(1)) {
                statement.execute(each);
            }
            statement.execute("PRAGMA user_version = 1");
            String insert = "INSERT INTO notice (id, source, call_id, version, hash, arrival, stored, body, raw_type) "
                    + "VALUES ('%1$s', '%2$s', '%1$s', 1, 'h', %3$d, 0, '%4$s', 'application/xml')";
            statement.execute(insert.formatted("ted:12-2026", "ted", 1, "{\"identifiers\":[\"x\",\"12-2026\"]}"));
            statement.execute(insert.formatted("rss:12-2026", "rss", 2, "{\"id\":\"rss:12-2026\",\"identifiers\":[]}"));
        }

        try (var database = Database.open(folder, Schema.PUBLIC)) {
            assertEquals(
                    List.of("ted:12-2026"),
                    database.read(
                            handle -> handle.createQuery("SELECT notice_id FROM notice_name WHERE name = '12-2026'")
                                    .mapTo(String.class)
                                    .list()));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void keepsEverythingOfAnOlderPublicDatabase(int version) throws Exception {
        NativeLibrary.load();
        List<String> tables = new ArrayList<>();
        List<String> before = new ArrayList<>();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("vigie.db"));
                var statement = connection.createStatement()) {
            for (int target = 1; target <= version; target++) {
                for (String each : Schema.PUBLIC.script(target)) {
                    statement.execute(each);
                }
            }
            try (var found = statement.executeQuery(
                    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")) {
                while (found.next()) {
                    tables.add(found.getString(1));
                }
            }
            for (String table : tables) {
                fill(statement, table);
                before.add(table + " " + rows(statement, table, "*"));
            }
            statement.execute("PRAGMA user_version = " + version);
        }

        Database.open(folder, Schema.PUBLIC).close();

        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("vigie.db"));
                var statement = connection.createStatement()) {
            List<String> after = new ArrayList<>();
            for (int i = 0; i < tables.size(); i++) {
                // Columns that have come since stand behind those that were there.
                String found = tables.get(i) + " " + rows(statement, tables.get(i), "*");
                String old = before.get(i);
                after.add(found.startsWith(old) ? old : found);
            }
            assertEquals(before, after);
            assertEquals("1970-01-01|", rows(statement, "news_day", "day").split("(?<=\\|)")[0]);
        }
    }

    /** One row, whose values are "1" wherever a column does not refuse them. */
    private static void fill(java.sql.Statement statement, String table) throws Exception {
        var names = new ArrayList<String>();
        var values = new ArrayList<String>();
        try (var columns = statement.executeQuery("PRAGMA table_info(" + table + ")")) {
            while (columns.next()) {
                names.add(columns.getString("name"));
                values.add(columns.getString("name").equals("day") ? "'1970-01-01'" : "1");
            }
        }
        statement.execute("INSERT OR IGNORE INTO %s (%s) VALUES (%s)"
                .formatted(table, String.join(", ", names), String.join(", ", values)));
    }

    private static String rows(java.sql.Statement statement, String table, String columns) throws Exception {
        var all = new StringBuilder();
        try (var rows = statement.executeQuery("SELECT " + columns + " FROM " + table)) {
            while (rows.next()) {
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    all.append(rows.getString(i)).append('|');
                }
            }
        }
        return all.toString();
    }

    @Test
    void saysWhatIsWrong_whenTheFileIsNoDatabase() throws Exception {
        Files.writeString(folder.resolve("vigie.db"), "This was a text once. ".repeat(100));

        var failure = assertThrows(StoreException.class, () -> Database.open(folder, Schema.PUBLIC));

        assertTrue(String.valueOf(failure.getMessage()).contains("vigie.db"), failure::getMessage);
    }

    @Test
    void keepsEveryWrite_whenManyWriteAtOnce() throws Exception {
        long writers = 8;
        long each = 25;
        // Two objects on one file lock each other as two processes do.
        try (var one = Database.open(folder, Schema.PUBLIC);
                var other = Database.open(folder, Schema.PUBLIC);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> done = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                String name = "call-" + writer;
                Database mine = writer % 2 == 0 ? one : other;
                done.add(threads.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        mine.write(handle -> ChangeLog.append(handle, name, NOW));
                    }
                }));
            }
            for (Future<?> writer : done) {
                writer.get();
            }
            var changes = new ChangeLog(one);

            assertEquals(writers * each, changes.last());
            assertEquals(writers, changes.between(0, changes.last()).size());
            long distinct = one.read(handle -> handle.createQuery("SELECT COUNT(DISTINCT change) FROM change_log")
                    .mapTo(Long.class)
                    .one());
            assertEquals(writers * each, distinct);
        }
    }

    @Test
    void opensOnce_whenManyCreateItAtOnce() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> opened = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                opened.add(threads.submit(() -> {
                    try (var database = Database.open(folder, Schema.MEMBERS)) {
                        return database.read(handle -> handle.createQuery("SELECT COUNT(*) FROM edition_counter")
                                .mapTo(Long.class)
                                .one());
                    }
                }));
            }
            for (Future<Long> each : opened) {
                assertEquals(1, each.get());
            }
        }
    }

    @Test
    void leavesNothing_whenOnlyTriedOut() {
        try (var database = Database.open(folder, Schema.PUBLIC)) {
            var changes = new ChangeLog(database);
            database.write(handle -> ChangeLog.append(handle, "first", NOW));

            long number = database.tryOut(handle -> ChangeLog.append(handle, "second", NOW));

            assertEquals(2, number);
            assertEquals(1, changes.last());
            long next = database.write(handle -> ChangeLog.append(handle, "third", NOW));
            assertEquals(2, next);
            assertEquals(
                    List.of("first", "third"),
                    changes.between(0, 9).stream().map(ChangeLog.Entry::callId).toList());
        }
    }

    @Test
    void leavesNothing_whenTheWorkFailsHalfWay() {
        try (var database = Database.open(folder, Schema.PUBLIC)) {
            assertThrows(
                    IllegalStateException.class,
                    () -> database.write(handle -> {
                        ChangeLog.append(handle, "first", NOW);
                        throw new IllegalStateException("on purpose");
                    }));

            assertEquals(0, new ChangeLog(database).last());
        }
    }
}
