package coop.vigie.newsletter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import coop.vigie.config.ConfigException;
import coop.vigie.config.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every fault of the file is named with its place, and all of them at once. */
class NewsletterFaultsTest {

    private static final String GOOD = """
            ---
            id: "2026-12-01"
            title: { fr: "Appels", nl: "Oproepen" }
            languages: [fr, nl]
            period: 2026-11-01..2026-12-01
            send: 2026-12-04 09:00
            approved: no
            to: all
            ---

            ## intro [fr]

            Bonjour.

            ## calls

            ### arts

            #### one:1 · 2026-12-08 · Bourse

            [fr] Un conseil.
            """;

    private static List<String> faults(String content) {
        return assertThrows(ConfigException.class, () -> NewsletterFile.read(Path.of("2026-12-01.md"), content))
                .problems()
                .stream()
                .map(Problem::toString)
                .toList();
    }

    @Test
    void readsAFileThatIsInOrder() {
        assertEquals(
                List.of(11, 15, 17, 19),
                NewsletterFile.read(Path.of("2026-12-01.md"), GOOD).lines());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            id: "2026-12-01"      | id: "2026-12-02"        | 2:5: the id must be the file's name, 2026-12-01: each reader gets an id once
            , nl: "Oproepen"      | ''                      | 3:8: the title is missing in nl
            [fr, nl]              | [fr, de]                | 4:17: 'languages': 'de' is not one of fr, nl, en
            send: 2026-12-04 09:00 | send: bientôt          | 6:7: 'send': 'bientôt' is not a day and a time such as 2026-12-01 09:00
            approved: no          | approved: maybe         | 7:11: 'approved': 'maybe' is neither yes nor no
            to: all               | to: [all, "a b"]        | 8:11: 'to': 'a b' is no id of a group, no address, and not 'all'
            to: all               | to: all\\nfrom: all     | 9:1: unknown key 'from'; known here: id, title, languages, period, send, approved, to
            ## intro [fr]         | ## intro [en]           | 11:1: 'en' is not among the languages of this newsletter [fr, nl]
            ## intro [fr]         | Mots\\n\\n## intro [fr] | 11:1: words before the first part; begin with ## intro [fr]
            Bonjour.              | ## intro [fr]           | 13:1: the intro in fr stands here twice; first in line 11
            Bonjour.              | # Bonjour               | 13:1: unknown part; known are ## intro [fr], ## block [fr] Title, ## calls, ## tenders, ### group, #### call and ##### call
            ## calls              | ''                      | 17:1: this stands below no '## calls' and no '## tenders'
            ### arts              | ### Les arts            | 17:5: 'Les arts' is no id of a group (a-z, 0-9 and -)
            ### arts              | Mots                    | 17:1: '## calls' has no words of its own; use ## block [fr] Title
            one:1                 | one                     | 19:6: 'one' is not the id of a call, such as bda:2026-123
            [fr] Un               | Un                      | 21:1: a comment begins with its language: [fr] …
            [fr] Un               | [en] Un                 | 21:1: 'en' is not among the languages of this newsletter [fr, nl]
            Un conseil.           | Un\\n[fr] Deux          | 22:1: a second comment in fr on the same call
            Un conseil.           | Un\\n##### one:1        | 22:1: the call one:1 stands here twice; first in line 19
            """)
    void namesThePlaceOfAFault(String from, String to, String fault) {
        List<String> faults = faults(GOOD.replace(from, to.replace("\\n", "\n")));

        assertEquals("2026-12-01.md:" + fault, faults.getFirst());
    }

    @Test
    void namesAllFaultsAtOnce() {
        assertEquals(
                List.of("2026-12-01.md:7:11", "2026-12-01.md:17:5", "2026-12-01.md:21:1"),
                faults(GOOD.replace("no\n", "perhaps\n")
                                .replace("### arts", "### A")
                                .replace("[fr] Un", "Un"))
                        .stream()
                        .map(fault -> fault.replaceFirst(": .*", ""))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            ''           | the file must begin with a line --- , the keys such as 'id: 2026-12-01', and a line ---
            ## calls     | the file must begin with a line --- , the keys such as 'id: 2026-12-01', and a line ---
            ---          | the file must begin with a line --- , the keys such as 'id: 2026-12-01', and a line ---
            """)
    void saysWhatAFileBeginsWith(String content, String fault) {
        assertEquals(List.of("2026-12-01.md:1:1: " + fault), faults(content));
    }

    @Test
    void refusesWhatIsNoText(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("a.md"), new byte[] {(byte) 0xE9, 'x'});

        var failure = assertThrows(ConfigException.class, () -> NewsletterFile.read(file));

        assertEquals("a.md:1:1: not UTF-8 text; save the file as UTF-8", failure.getMessage());
    }
}
