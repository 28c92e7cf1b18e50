package coop.vigie.spine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.cli.HomeInTest.Ran;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More than 200 calls of one source at once: what cannot wait is told in full, the rest as a number. */
class FloodTest {

    @Test
    void tellsWhatClosesSoonInFull_andTheRestAsANumber_once(@TempDir Path folder) {
        var story = new Story(folder, "2026-11-09T08:00:00Z");
        story.home().groups(Entries.EVERYTHING);
        Path calls = story.home()
                .write(
                        "calls.csv",
                        "title,url,deadline\n"
                                + IntStream.range(0, 210)
                                        .mapToObj("Appel %1$d,https://example.org/%1$d,2027-03-01\n"::formatted)
                                        .collect(Collectors.joining(
                                                "", "", "Urgence,https://example.org/urgent,2026-12-05\n")));
        Ran imported = story.home().run("notice", "import", calls.toString());
        assertEquals(0, imported.code(), imported::toString);

        story.told();

        Mail mail = Mail.read(story.home().outbox().getLast());
        assertTrue(mail.subject().startsWith("1 nouvel appel"), mail::subject);
        for (String part : new String[] {mail.text().replaceAll("\\s+", " "), mail.html()}) {
            assertTrue(part.contains("Urgence"), part);
            assertTrue(part.contains("210 appels de hand"), part);
            assertTrue(part.contains("vigie search source:hand"), part);
            assertFalse(part.contains("Appel 7"), part);
        }
        assertEquals(0, story.told().size(), "what was told as a number is told");

        story.home().at("2026-11-10T08:00:00Z");

        story.home()
                .run(
                        "notice",
                        "import",
                        story.home()
                                .write("more.csv", "title,url,deadline\nAppel 7,https://example.org/7,2026-12-20\n")
                                .toString());
        story.told();

        Mail moved = Mail.read(story.home().outbox().getLast());
        assertTrue(moved.text().contains("date avancée"), moved::text);
        assertTrue(moved.text().contains("Appel 7"), moved::text);
    }

    @Test
    void staysANumber_whenTheProfileIsRewordedBeforeItIsTold(@TempDir Path folder) {
        var story = new Story(folder, "2026-11-09T08:00:00Z");
        story.home().groups(Entries.EVERYTHING);
        Path calls = story.home()
                .write(
                        "calls.csv",
                        IntStream.range(0, 210)
                                .mapToObj("Appel %1$d,https://example.org/%1$d,2027-03-01\n"::formatted)
                                .collect(Collectors.joining("", "title,url,deadline\n", "")));
        assertEquals(0, story.home().run("notice", "import", calls.toString()).code());

        story.home().groups(Entries.group("all", "query: \"appel\"", Entries.member("anne@example.org", "fr")));
        story.told();

        String text = Mail.read(story.home().outbox().getLast()).text().replaceAll("\\s+", " ");
        assertTrue(text.contains("210 appels de hand"), text);
        assertFalse(text.contains("Appel 7"), text);
    }
}
