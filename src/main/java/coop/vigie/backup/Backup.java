package coop.vigie.backup;

import coop.vigie.store.Database;
import coop.vigie.store.Json;
import coop.vigie.store.Schema;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** Writes and restores backups; see {@link coop.vigie.backup the package}. */
public final class Backup {

    private static final String DATA = Manifest.DATA;
    private static final String INDEX = DATA + "index/public";
    private static final String TEMPLATES = "templates";
    private static final String EXPORT = "groups-export.yaml";
    private static final List<String> CONFIGURATION = List.of("feeds.yaml", "vigie.yaml");
    private static final long MANIFEST_AT_MOST = 10_000_000;
    private static final int FILE_NAME_AT_MOST = 200;

    private Backup() {}

    /**
     * Saves a home. Others may go on reading and writing it.
     *
     * @param databases those that the home has
     * @param groups the groups as {@code groups.yaml} has them; empty if there are none
     * @param target a file that ends in {@code .zip}, or a folder; new, or an empty folder
     * @throws BackupException if something is there, or the disk refuses
     */
    public static Manifest write(
            Path home, Map<Schema, Database> databases, Optional<String> groups, Instant now, Path target) {
        Path place = target.toAbsolutePath().normalize();
        try {
            if (Files.exists(place) && !OwnersFiles.isEmptyFolder(place)) {
                throw BackupException.inTheWay("%s is already there: name another file or folder".formatted(target));
            }
            Path stage = stage(place);
            try {
                var manifest = new Manifest(Manifest.FORMAT, now, fill(stage, home, databases, groups));
                Files.writeString(OwnersFiles.file(stage.resolve(Manifest.NAME)), Json.write(manifest));
                if (isZip(place)) {
                    Path zip = zip(stage, manifest);
                    Files.move(zip, place);
                } else {
                    replace(stage, place);
                }
                return manifest;
            } finally {
                OwnersFiles.delete(stage);
            }
        } catch (IOException failure) {
            throw new BackupException("the backup %s could not be written: %s".formatted(target, failure), failure);
        }
    }

    private static boolean isZip(Path file) {
        return !Files.isDirectory(file)
                && file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".zip");
    }

    /** A folder beside the place, on the same disk, so that what is whole can be moved there in one step. */
    private static Path stage(Path place) throws IOException {
        Path parent = place.resolveSibling("");
        Files.createDirectories(parent);
        return OwnersFiles.folder(parent.resolve("." + place.getFileName() + "."
                + ProcessHandle.current().pid() + "." + Long.toHexString(System.nanoTime()) + ".part"));
    }

    private static void replace(Path stage, Path place) throws IOException {
        Files.deleteIfExists(place); // an empty folder
        Files.move(stage, place, StandardCopyOption.ATOMIC_MOVE);
    }

    private static List<Manifest.Part> fill(
            Path stage, Path home, Map<Schema, Database> databases, Optional<String> groups) throws IOException {
        List<Manifest.Part> parts = new ArrayList<>();
        OwnersFiles.folder(stage.resolve(DATA));
        // The members' first: see the package.
        for (Schema schema : List.of(Schema.MEMBERS, Schema.PUBLIC)) {
            if (databases.containsKey(schema)) {
                parts.add(database(stage, schema, databases.get(schema)));
            }
        }
        for (String name : configuration(home)) {
            Path copy = stage.resolve(name);
            OwnersFiles.folder(copy.resolveSibling(""));
            try (var in = Files.newInputStream(home.resolve(name))) {
                parts.add(part(name, copy, OwnersFiles.copy(in, copy, Long.MAX_VALUE)));
            }
        }
        if (groups.isPresent()) {
            Path copy = Files.writeString(OwnersFiles.file(stage.resolve(EXPORT)), groups.get());
            parts.add(part(EXPORT, copy, OwnersFiles.sha256(copy)));
        }
        return parts;
    }

    private static Manifest.Part database(Path stage, Schema schema, Database database) throws IOException {
        String name = DATA + schema.fileName();
        Path copy = stage.resolve(name);
        // SQLite writes into an empty file, whose permissions are then ours from the start.
        database.copyTo(OwnersFiles.file(copy));
        try (Database whole = Database.openAsItIs(copy.resolveSibling(""), schema)) {
            return new Manifest.Part(name, Files.size(copy), OwnersFiles.sha256(copy), whole.version(), whole.rows());
        }
    }

    private static Manifest.Part part(String name, Path copy, String sha256) throws IOException {
        return new Manifest.Part(name, Files.size(copy), sha256, null, Map.of());
    }

    private static List<String> configuration(Path home) throws IOException {
        List<String> names = new ArrayList<>();
        CONFIGURATION.stream()
                .filter(name -> Files.isRegularFile(home.resolve(name)))
                .forEach(names::add);
        if (Files.isDirectory(home.resolve(TEMPLATES))) {
            try (Stream<Path> files = Files.walk(home.resolve(TEMPLATES))) {
                files.filter(Files::isRegularFile)
                        .map(file -> home.relativize(file).toString().replace('\\', '/'))
                        .filter(Backup::belongs)
                        .sorted()
                        .forEach(names::add);
            }
        }
        return names;
    }

    private static Path zip(Path stage, Manifest manifest) throws IOException {
        Path zip = OwnersFiles.file(stage.resolve("whole.zip"));
        List<String> names = new ArrayList<>(List.of(Manifest.NAME));
        manifest.parts().forEach(part -> names.add(part.name()));
        try (var out = new ZipOutputStream(Files.newOutputStream(zip, StandardOpenOption.WRITE))) {
            for (String name : names) {
                out.putNextEntry(new ZipEntry(name));
                Files.copy(stage.resolve(name), out);
            }
        }
        return zip;
    }

    /**
     * Makes a home of a backup, once everything in it was found whole. The index is not there yet.
     *
     * @param from what {@link #write} made: a {@code .zip} file or a folder
     * @param home new, or an empty folder
     * @throws BackupException if something is in the home, or the backup is damaged or of a newer Vigie
     */
    public static Manifest restore(Path from, Path home) {
        Path place = home.toAbsolutePath().normalize();
        try {
            if (Files.exists(place) && !OwnersFiles.isEmptyFolder(place)) {
                throw BackupException.inTheWay(
                        "%s already holds something: restore into a new or empty folder".formatted(home));
            }
            if (Files.isDirectory(from)) {
                return restoreTree(from, from, place);
            }
            if (!Files.isRegularFile(from)) {
                throw BackupException.inTheWay("there is no backup %s".formatted(from));
            }
            try (FileSystem zip = FileSystems.newFileSystem(from)) {
                return restoreTree(from, zip.getPath("/"), place);
            }
        } catch (IOException | ProviderNotFoundException failure) {
            throw damaged(from, failure.toString(), failure);
        }
    }

    private static Manifest restoreTree(Path from, Path root, Path place) throws IOException {
        Path stage = stage(place);
        try {
            Manifest manifest = manifest(from, root);
            for (Manifest.Part part : manifest.parts()) {
                copy(from, root, part, stage);
            }
            Files.deleteIfExists(stage.resolve(EXPORT)); // for people; the database has the groups
            if (manifest.has(Schema.PUBLIC)) {
                OwnersFiles.folder(stage.resolve(INDEX)); // whoever builds the index keeps its permissions
            }
            replace(stage, place);
            return manifest;
        } finally {
            OwnersFiles.delete(stage);
        }
    }

    private static Manifest manifest(Path from, Path root) throws IOException {
        Path file = root.resolve(Manifest.NAME);
        if (!Files.isRegularFile(file) || Files.size(file) > MANIFEST_AT_MOST) {
            throw damaged(from, "it has no " + Manifest.NAME, null);
        }
        Manifest manifest;
        try {
            manifest = Json.read(Files.readString(file), Manifest.class);
        } catch (RuntimeException unreadable) { // Jackson's, and those of the records
            throw damaged(from, "its " + Manifest.NAME + " cannot be read or lacks something", unreadable);
        }
        if (manifest == null) { // the JSON text "null"
            throw damaged(from, "its " + Manifest.NAME + " says nothing", null);
        }
        if (manifest.format() != Manifest.FORMAT) {
            throw new BackupException(
                    "%s has format %d, and this version restores %d: update the program"
                            .formatted(from, manifest.format(), Manifest.FORMAT),
                    null);
        }
        if (manifest.parts().isEmpty()) {
            throw damaged(from, "its " + Manifest.NAME + " names no file", null);
        }
        return manifest;
    }

    private static void copy(Path from, Path root, Manifest.Part part, Path stage) throws IOException {
        if (!belongs(part.name())) {
            throw damaged(from, "it names a file that is none of a home: " + part.name(), null);
        }
        Path copy = stage.resolve(part.name());
        if (Files.exists(copy)) {
            throw damaged(from, "its " + Manifest.NAME + " names " + part.name() + " twice", null);
        }
        OwnersFiles.folder(copy.resolveSibling(""));
        String found;
        try (var in = Files.newInputStream(root.resolve(part.name()))) {
            found = OwnersFiles.copy(in, copy, part.bytes());
        } catch (IOException failure) {
            throw damaged(from, part.name() + " cannot be read: " + failure.getMessage(), failure);
        }
        if (!found.equals(part.sha256())) {
            throw damaged(from, part.name() + " is not what was saved: its SHA-256 differs", null);
        }
        for (Schema schema : Schema.values()) {
            if (part.name().equals(DATA + schema.fileName())) {
                verify(from, part, schema, copy);
            }
        }
    }

    private static void verify(Path from, Manifest.Part part, Schema schema, Path copy) {
        try (Database database = Database.openAsItIs(copy.resolveSibling(""), schema)) {
            if (database.version() > schema.version()) {
                throw new BackupException(
                        "%s was written by a newer Vigie (%s has format %d, this one knows %d): update the program"
                                .formatted(from, part.name(), database.version(), schema.version()),
                        null);
            }
            if (!database.damage().isEmpty() || !database.rows().equals(part.rows())) {
                throw damaged(from, part.name() + " does not hold what was saved", null);
            }
        }
    }

    /** Only files that a backup can hold, whatever a manifest says: nothing is written outside the new home. */
    private static boolean belongs(String name) {
        return CONFIGURATION.contains(name)
                || name.equals(EXPORT)
                || name.equals(DATA + Schema.PUBLIC.fileName())
                || name.equals(DATA + Schema.MEMBERS.fileName())
                || (name.length() < FILE_NAME_AT_MOST
                        && name.matches(TEMPLATES + "(/[\\p{L}\\p{N}_-][\\p{L}\\p{N} ._-]*)+"));
    }

    private static BackupException damaged(Path from, String why, @Nullable Throwable cause) {
        return new BackupException(
                "the backup %s cannot be restored: %s; nothing was changed".formatted(from, why), cause);
    }
}
