package coop.vigie.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.sqlite.SQLiteJDBCLoader;

/**
 * SQLite's native library, which its driver unpacks into the folder for temporary files at each start and removes at the
 * end. A killed program has no end and would leave a megabyte each time; so it is removed as soon as it is loaded.
 */
final class NativeLibrary {

    private static final String FOLDER = "org.sqlite.tmpdir";

    private NativeLibrary() {}

    static synchronized void load() {
        if (System.getProperty(FOLDER) != null) {
            return; // loaded before, or somebody knows better where it should lie
        }
        try {
            Path folder = Files.createTempDirectory("vigie-sqlite-");
            folder.toFile().deleteOnExit(); // after its files, where those cannot be removed before
            System.setProperty(FOLDER, folder.toString());
            SQLiteJDBCLoader.initialize();
            remove(folder);
        } catch (Exception failure) { // what the driver declares
            throw new StoreException("could not load SQLite's native library: " + failure.getMessage(), failure);
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException inUse) {
            // On Windows a library in use cannot be removed; the driver does it at the end.
        }
    }
}
