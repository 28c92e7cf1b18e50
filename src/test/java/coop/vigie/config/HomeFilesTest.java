package coop.vigie.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeFilesTest {

    @TempDir
    Path folder;

    @Test
    void writesStarterFilesThatReadWithoutProblems() throws IOException {
        Path home = folder.resolve("new/home");

        List<Path> written = HomeFiles.create(home);

        assertEquals(
                List.of(".gitignore", "feeds.yaml", "groups.yaml", "vigie.yaml"),
                written.stream().map(file -> home.relativize(file).toString()).toList());
        assertEquals(Settings.DEFAULTS, SettingsFile.read(home.resolve("vigie.yaml"), Map.of()));
        assertTrue(Files.readAllLines(home.resolve(".gitignore")).contains("data/"));
    }

    @Test
    void offersOnlyAcceptedKeys_inTheCommentsOfVigieYaml() throws IOException {
        Path home = folder.resolve("home");
        HomeFiles.create(home);
        String uncommented = Files.readString(home.resolve("vigie.yaml"))
                .replaceAll("(?m)^# ( *[a-z-]+:( |$))", "$1")
                .replaceAll("(?m)^( +[a-z-]+:.*?) +#.*$", "$1");
        Files.writeString(home.resolve("vigie.yaml"), uncommented);

        Settings settings = SettingsFile.read(home.resolve("vigie.yaml"), Map.of("VIGIE_SMTP_PASSWORD", "x"));

        assertFalse(settings.mail() == null || settings.brand().footer().isEmpty());
    }

    @Test
    void writesNothing_whenOneFileExists() throws IOException {
        Files.writeString(folder.resolve("groups.yaml"), "mine");

        var failure = assertThrows(HomeException.class, () -> HomeFiles.create(folder));

        assertEquals(
                "No new home was made: " + folder.resolve("groups.yaml")
                        + " exists already; choose another folder, or move it away.",
                failure.getMessage());
        assertEquals("mine", Files.readString(folder.resolve("groups.yaml")));
        assertFalse(Files.exists(folder.resolve("feeds.yaml")));
    }

    @Test
    void saysSo_whenAFileIsInTheWayOfTheFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("home"), "");

        assertThrows(HomeException.class, () -> HomeFiles.create(file));
    }
}
