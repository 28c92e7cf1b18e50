package coop.vigie.inbox;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.Corpus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Odd and broken mails, whole and cut anywhere. */
class MimeCorpusTest {

    @Test
    void everyOddMailIsRead() throws IOException {
        List<Path> files = files(Corpus.require("mime"));

        files.forEach(file -> assertDoesNotThrow(() -> MailReader.read(Files.readAllBytes(file)), file::toString));
        System.out.println("| odd and broken mails read without an exception | " + files.size() + " |");
        assertTrue(files.size() > 50, "the suite must be there");
    }

    @Test
    void everyMailIsRead_cutAtAnyByte() throws IOException {
        Random random = new Random(20261124);
        for (Path suite : List.of(Corpus.require("mime"), Corpus.require("bounces/err"))) {
            for (Path file : files(suite)) {
                byte[] whole = Files.readAllBytes(file);
                for (int i = 0; i < 5; i++) {
                    int end = random.nextInt(whole.length + 1);
                    assertDoesNotThrow(() -> MailReader.read(Arrays.copyOf(whole, end)), () -> file + " cut at " + end);
                }
            }
        }
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
