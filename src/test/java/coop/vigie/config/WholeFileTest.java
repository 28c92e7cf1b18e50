package coop.vigie.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever lies in a shared folder, writing there changes nothing elsewhere. */
class WholeFileTest {

    private static final byte[] CONTENT = "new".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    @Test
    void followsNoLink_underTheFilesNameOrATemporaryOne() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "kept");
        Path shared = Files.createDirectory(folder.resolve("shared"));
        Path file = shared.resolve("latest.html");
        Files.createSymbolicLink(file, secret);
        Files.createSymbolicLink(shared.resolve(".latest.html.tmp"), secret);

        WholeFile.write(file, CONTENT);

        assertEquals("kept", Files.readString(secret));
        assertEquals("new", Files.readString(file));
        assertFalse(Files.isSymbolicLink(file));
    }

    @Test
    void leavesNothingBehind_whenTheFileCannotTakeItsPlace() throws IOException {
        Path file = Files.createDirectory(folder.resolve("latest.html"));
        Files.writeString(file.resolve("inside"), "kept");

        assertThrows(IOException.class, () -> WholeFile.write(file, CONTENT));

        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(file), left.toList());
        }
    }
}
