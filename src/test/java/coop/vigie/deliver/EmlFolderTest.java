package coop.vigie.deliver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.digest.Rendered;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmlFolderTest {

    @TempDir
    Path home;

    private Path outbox = Path.of("");

    @BeforeEach
    void outboxInsideAHomeThatHasNoneYet() {
        outbox = home.resolve("data/outbox");
    }

    @Test
    void writesOneReadableFilePerMessage() throws IOException {
        byte[] message = message("a@example.org", "2026-11-24T06:30:00Z");

        Path file = new EmlFolder(outbox).write("<1@example.org>", message);

        assertTrue(
                file.getFileName().toString().matches("2026-11-24_a-example\\.org_[0-9a-f]{10}\\.eml"),
                file.toString());
        assertArrayEquals(message, Files.readAllBytes(file));
        assertEquals(List.of(file), files());
    }

    @Test
    void replacesAndNeverDoubles_whenAMessageIsWrittenAgain_alsoByANewProcessOnAnotherDay() throws IOException {
        Path first = new EmlFolder(outbox).write("<1@example.org>", message("a@example.org", "2026-11-24T06:30:00Z"));
        byte[] later = message("a@example.org", "2026-11-25T06:30:00Z");

        Path second = new EmlFolder(outbox).write("<1@example.org>", later);

        assertEquals(first, second);
        assertEquals(List.of(second), files());
        assertArrayEquals(later, Files.readAllBytes(second));
    }

    @Test
    void keepsMessagesApart() throws IOException {
        var folder = new EmlFolder(outbox);
        byte[] message = message("a@example.org", "2026-11-24T06:30:00Z");

        assertNotEquals(folder.write("<1@example.org>", message), folder.write("<2@example.org>", message));
        assertEquals(2, files().size());
    }

    @Test
    void isNotMisledByWhatACrashLeftBehind() throws IOException {
        byte[] message = message("a@example.org", "2026-11-24T06:30:00Z");
        Path file = new EmlFolder(outbox).write("<1@example.org>", message);
        Path left = file.resolveSibling("." + file.getFileName() + ".0f3a91c2be0f3a91.tmp");
        Files.move(file, left);

        assertEquals(file, new EmlFolder(outbox).write("<1@example.org>", message));
        assertEquals(Set.of(file, left), Set.copyOf(files()));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            first.last+tag@example.org, first.last-tag-example.org
            ../../etc@example.org,      etc-example.org
            """)
    void theRecipientCannotChooseThePath(String recipient, String name) {
        byte[] raw = ("To: <" + recipient + ">\r\nDate: Tue, 24 Nov 2026 06:30:00 +0000\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);

        Path file = new EmlFolder(outbox).write("<1@example.org>", raw);

        assertEquals(outbox, file.getParent());
        assertTrue(file.getFileName().toString().startsWith("2026-11-24_" + name + "_"), file.toString());
    }

    @Test
    void saysWhichFolder_whenItCannotBeWritten() throws IOException {
        Files.createDirectories(outbox.getParent());
        Files.writeString(outbox, "a file where the folder should be");

        var failure = assertThrows(
                OutboxUnwritable.class,
                () -> new EmlFolder(outbox).write("<1@example.org>", message("a@example.org", "2026-11-24T06:30:00Z")));

        assertEquals(outbox, failure.folder());
        assertTrue(String.valueOf(failure.getMessage()).contains(outbox.toString()));
    }

    private static byte[] message(String to, String date) {
        var envelope = new Envelope(
                "e1", "v@example.org", to, null, "x.example.org", "mailto:s@example.org", Instant.parse(date));
        return new MessageBuilder().build(new Rendered("s", "t\n", "<p>h</p>\n"), envelope);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(outbox)) {
            return files.toList();
        }
    }
}
