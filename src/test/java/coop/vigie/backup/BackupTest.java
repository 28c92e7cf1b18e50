package coop.vigie.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.store.Database;
import coop.vigie.store.Json;
import coop.vigie.store.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackupTest {

    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

    @TempDir
    private Path scratch;

    private Path home;

    @BeforeEach
    void makeAHome() throws IOException {
        home = Files.createDirectories(scratch.resolve("a home"));
        Files.writeString(home.resolve("feeds.yaml"), "contact: \"vigie@example.org\"\nsources: []\n");
        Files.createDirectories(home.resolve("templates"));
        Files.writeString(home.resolve("templates/digest.txt.ftl"), "été ${subject}");
        Files.writeString(home.resolve("notes.txt"), "mine");
    }

    private Manifest save(Path target) {
        try (Database members = Database.open(home.resolve("data"), Schema.MEMBERS);
                Database all = Database.open(home.resolve("data"), Schema.PUBLIC)) {
            var databases = new EnumMap<Schema, Database>(Map.of(Schema.MEMBERS, members, Schema.PUBLIC, all));
            return Backup.write(home, databases, Optional.of("groups: []\n"), NOW, target);
        }
    }

    private List<String> tree(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"saved.zip", "saved", "a/new/folder"})
    void bringsBackWhatItSaved(String target) throws IOException {
        Manifest saved = save(scratch.resolve(target));

        Manifest restored = Backup.restore(scratch.resolve(target), scratch.resolve("new home"));

        assertEquals(saved, restored);
        assertEquals(
                List.of("data/members.db", "data/vigie.db", "feeds.yaml", "templates/digest.txt.ftl"),
                tree(scratch.resolve("new home")));
        assertEquals("été ${subject}", Files.readString(scratch.resolve("new home/templates/digest.txt.ftl")));
    }

    @Test
    void savesOneMoment_whileOthersWrite() throws Exception {
        var stop = new AtomicBoolean();
        Path target = scratch.resolve("saved.zip");
        try (Database writer = Database.open(home.resolve("data"), Schema.PUBLIC)) {
            // Two tables that agree after each commit, and only then.
            var writing = Thread.ofPlatform().start(() -> {
                for (int i = 1; !stop.get(); i++) {
                    int change = i;
                    writer.write(handle -> {
                        handle.execute("INSERT INTO change_log (change, at, call_id) VALUES (?, 0, ?)", change, "x");
                        return handle.execute("UPDATE change_counter SET value = ?", change);
                    });
                }
            });
            while (logged(writer) < 500) {
                Thread.onSpinWait();
            }
            save(target);
            long during = logged(writer);
            while (logged(writer) <= during) {
                Thread.onSpinWait();
            }
            stop.set(true);
            writing.join();
        }

        Manifest restored = Backup.restore(target, scratch.resolve("new home"));

        try (Database database = Database.open(scratch.resolve("new home/data"), Schema.PUBLIC)) {
            assertEquals(List.of(), database.damage());
            long counter = database.read(handle -> handle.createQuery("SELECT value FROM change_counter")
                    .mapTo(Long.class)
                    .one());
            assertEquals(counter, logged(database));
            assertEquals(counter, restored.rows("change_log"));
            assertTrue(counter >= 500);
        }
    }

    private static long logged(Database database) {
        return database.rows().getOrDefault("change_log", 0L);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has other permissions")
    void letsOnlyItsOwnerRead() throws IOException {
        save(scratch.resolve("saved.zip"));
        save(scratch.resolve("saved"));

        assertEquals("rw-------", permissions(scratch.resolve("saved.zip")));
        assertEquals("rwx------", permissions(scratch.resolve("saved")));
        assertEquals("rw-------", permissions(scratch.resolve("saved/data/members.db")));

        Backup.restore(scratch.resolve("saved"), scratch.resolve("new home"));

        assertEquals("rwx------", permissions(scratch.resolve("new home/data/index")));
        assertEquals("rwx------", permissions(scratch.resolve("new home/data/index/public")));
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void overwritesNothing() throws IOException {
        Path taken = Files.writeString(scratch.resolve("saved.zip"), "older");
        Path whole = scratch.resolve("whole.zip");
        save(whole);

        assertTrue(assertThrows(BackupException.class, () -> save(taken)).isInTheWay());
        assertTrue(assertThrows(BackupException.class, () -> save(home)).isInTheWay());
        assertTrue(assertThrows(BackupException.class, () -> Backup.restore(whole, home))
                .isInTheWay());

        assertEquals("older", Files.readString(taken));
        assertEquals("mine", Files.readString(home.resolve("notes.txt")));
        nothingIsLeftOver();
    }

    @Test
    void leavesNothing_whenTheBackupIsDamaged() throws IOException {
        Path saved = scratch.resolve("saved");
        save(saved);
        byte[] bytes = Files.readAllBytes(saved.resolve("data/members.db"));
        bytes[bytes.length / 2] ^= 1;
        Files.write(saved.resolve("data/members.db"), bytes);

        refuses(saved, "SHA-256 differs");
    }

    @Test
    void leavesNothing_whenAPartIsMissing() throws IOException {
        Path saved = scratch.resolve("saved");
        save(saved);
        Files.delete(saved.resolve("feeds.yaml"));

        refuses(saved, "feeds.yaml");
    }

    @Test
    void leavesNothing_whenItIsNoBackup() throws IOException {
        refuses(Files.createDirectories(scratch.resolve("empty")), "no manifest.json");
        refuses(Files.writeString(scratch.resolve("text.zip"), "this is no archive"), "cannot be restored");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../evil.yaml", "/evil.yaml", "templates/../../evil.yaml", "templates/.hidden", "data/other.db"})
    void writesNothingOutsideTheHome(String name) throws IOException {
        Path saved = scratch.resolve("saved");
        Manifest honest = save(saved);
        Manifest.Part feeds = honest.parts().stream()
                .filter(part -> part.name().equals("feeds.yaml"))
                .findFirst()
                .orElseThrow();
        var evil = new Manifest.Part(name, feeds.bytes(), feeds.sha256(), null, Map.of());
        Files.writeString(
                saved.resolve("manifest.json"), Json.write(new Manifest(honest.format(), NOW, List.of(evil))));

        refuses(saved, "none of a home");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            null                                                                         | says nothing
            {"format": 1, "made": "2026-11-24T08:00:00Z", "parts": null}                 | lacks something
            {"format": 1, "made": null, "parts": []}                                     | lacks something
            {"format": 1, "made": "2026-11-24T08:00:00Z", "parts": [{"name": null, "sha256": "", "rows": {}}]} | lacks something
            {"format": 1, "made": "2026-11-24T08:00:00Z", "parts": []}                   | names no file
            """)
    void saysWhatIsWrongWithAManifest(String manifest, String why) throws IOException {
        Path saved = scratch.resolve("saved");
        save(saved);
        Files.writeString(saved.resolve("manifest.json"), manifest);

        refuses(saved, why);
    }

    @Test
    void refusesAFileThatIsNamedTwice() throws IOException {
        Path saved = scratch.resolve("saved");
        Manifest honest = save(saved);
        var parts = new ArrayList<>(honest.parts());
        parts.add(parts.getFirst());
        Files.writeString(saved.resolve("manifest.json"), Json.write(new Manifest(honest.format(), NOW, parts)));

        refuses(saved, "names data/members.db twice");
    }

    @Test
    void readsNoFurtherThanTheManifestSays() throws IOException {
        Path saved = scratch.resolve("saved");
        save(saved);
        Files.writeString(saved.resolve("feeds.yaml"), "# longer".repeat(100_000));

        refuses(saved, "longer than its manifest says");
    }

    private void refuses(Path backup, String why) throws IOException {
        Path place = scratch.resolve("never");
        BackupException refused = assertThrows(BackupException.class, () -> Backup.restore(backup, place));
        assertTrue(String.valueOf(refused.getMessage()).contains(why), refused::getMessage);
        assertFalse(Files.exists(place));
        nothingIsLeftOver();
    }

    private void nothingIsLeftOver() throws IOException {
        try (Stream<Path> files = Files.list(scratch)) {
            assertEquals(
                    List.of(),
                    files.filter(file -> file.toString().endsWith(".part")).toList());
        }
    }
}
