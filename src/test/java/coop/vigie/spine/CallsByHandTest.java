package coop.vigie.spine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import coop.vigie.cli.HomeInTest;
import coop.vigie.cli.HomeInTest.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls that no source brings go the same way as all others. */
class CallsByHandTest {

    private static final String NOW = "2026-11-24T08:00:00Z";
    private static final String PAGE = "https://example.org/bourse";

    @TempDir
    private Path folder;

    private HomeInTest home;

    @BeforeEach
    void start() {
        home = new HomeInTest(folder, NOW);
        home.feeds(Entries.feed("appels", "file:appels.xml"));
        home.write("appels.xml", Rss.of(Rss.item("r", "Résidence d'écriture", "Date limite : 20/12/2026.")));
    }

    private Ran add(String... options) {
        String[] command = new String[options.length + 2];
        command[0] = "notice";
        command[1] = "add";
        System.arraycopy(options, 0, command, 2, options.length);
        return home.run(command);
    }

    @Test
    void findsAndTellsWhatWasEntered() throws Exception {
        home.groups(Entries.group("all", "query: bourse", Entries.member("anne@example.org", "fr")));

        Ran added = add(
                "--title",
                "Bourse de création théâtrale",
                "--url",
                PAGE,
                "--deadline",
                "2026-12-15 12:00",
                "--places",
                "BE1",
                "--format",
                "json");

        assertEquals(0, added.code(), added::toString);
        JsonNode found = home.search("bourse").get(0);
        assertEquals("hand:" + PAGE, found.get("id").asText());
        assertEquals("hand", found.get("source").asText());
        assertEquals("fr", found.get("language").asText());
        assertEquals("hand", found.get("deadline").get("origin").asText());
        assertEquals(
                "2026-12-15T11:00:00Z", found.get("deadline").get("instant").asText());
        assertEquals(added.json().get(0).get("deadline"), found.get("deadline"));
        assertEquals(0, home.send().code());
        assertTrue(Mail.read(home.outbox().getFirst()).text().contains("Bourse de création théâtrale"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --id bourse                         | --id bourse
            --url https://example.org/bourse    | --url https://www.example.org/bourse/
            --url https://example.org/bourse    | --url https://example.org/bourse --id bourse
            --buyer Fonds                       | --buyer Fonds
            """)
    void givesTheSameCallANewVersion_neverASecondCall(String first, String second) {
        add(("--title;Bourse;--deadline;2026-12-15;" + first.replace(' ', ';')).split(";"));
        Ran again = add(("--title;Bourse;--deadline;2026-12-20;" + second.replace(' ', ';')).split(";"));
        Ran thrice = add(("--title;Bourse;--deadline;2026-12-20;" + second.replace(' ', ';')).split(";"));

        JsonNode found = home.search("*");
        assertEquals(1, found.size(), found::toString);
        assertEquals("2026-12-20", found.get(0).get("deadline").get("date").asText());
        assertEquals(2, found.get(0).get("revision").asInt());
        assertTrue(again.err().contains("0 new, 1 changed"), again::toString);
        assertTrue(thrice.err().contains("0 new, 0 changed, 1 unchanged"), thrice::toString);
    }

    @Test
    void announcesTheNextRound_withoutInventingItsDate() throws Exception {
        home.groups(Entries.group("all", "query: bourse", Entries.member("anne@example.org", "fr")));
        add(
                "--title",
                "Bourse annuelle",
                "--title-lang",
                "fr",
                "--url",
                PAGE,
                "--deadline",
                "2026-12-15",
                "--every",
                "year");
        home.send();

        home.at("2026-12-20T08:00:00Z").fetch();

        JsonNode awaited = home.search("bourse").get(0);
        assertEquals("forecast", awaited.get("deadline").get("state").asText());
        assertTrue(awaited.get("deadline").get("date").isNull());
        String text = home.run("show", "hand:" + PAGE, "--format", "json")
                .json()
                .get("text")
                .asText();
        assertTrue(text.contains("clôturée le 15 décembre 2026"), text);
        assertEquals(1, home.outbox().size());
        home.send();
        assertEquals(1, home.outbox().size(), "a closed round that is only announced again is no news");

        home.at("2027-10-01T08:00:00Z");
        add(
                "--title",
                "Bourse annuelle",
                "--title-lang",
                "fr",
                "--url",
                PAGE,
                "--deadline",
                "2027-12-12",
                "--every",
                "year");
        home.send();

        assertEquals(2, home.outbox().size());
        assertEquals(1, home.search("bourse").size());
    }

    @Test
    void storesTheSameForecast_whenAnOldRoundIsEnteredAgain() {
        String[] round = {"--title", "Bourse annuelle", "--id", "b", "--deadline", "2026-03-15", "--every", "year"};
        add(round);

        Ran again = add(round);

        assertTrue(again.err().contains("1 unchanged"), again::toString);
        assertEquals(
                "forecast",
                home.search("bourse").get(0).get("deadline").get("state").asText());
    }

    @Test
    void logsWhoEnteredIt_apartFromPublicData() {
        add("--title", "Bourse", "--id", "b", "--by", "anne@example.org");
        add("--title", "Bourse 2", "--id", "b", "--by", "bram@example.org");

        Ran shown = home.run("show", "hand:b", "--history");

        assertTrue(shown.out().contains("anne@example.org"), shown::toString);
        assertTrue(shown.out().contains("bram@example.org"), shown::toString);
        assertFalse(home.run("show", "hand:b", "--raw").out().contains("example.org"));
    }

    @Test
    void storesTheGoodLinesOfAFile_andNamesTheOthers() {
        Path file = home.write("calls.csv", """
                title;deadline;kind;id
                Bourse;2026-12-15;call;a
                Prime permanente;;scheme;b
                Résidence;15/12/2026;appel;c
                Bourse encore;2026-12-16;call;a
                """);

        Ran tried = home.run("notice", "import", file.toString(), "--dry-run", "--format", "jsonl");
        assertEquals(2, tried.out().lines().count(), tried::toString);
        assertEquals(0, home.search("*", "--include-closed").size());

        Ran imported = home.run("notice", "import", file.toString());

        assertEquals(1, imported.code(), imported::toString);
        assertEquals(2, home.search("*").size());
        assertTrue(imported.err().contains("calls.csv:4:2: deadline: '15/12/2026' is no deadline"), imported::toString);
        assertTrue(
                imported.err().contains("calls.csv:5: the same call as an entry before it (hand:a)"),
                imported::toString);
        assertTrue(imported.err().contains("Left out: 2, "), imported::toString);
    }

    @Test
    void changesNothing_whenAValueOrTheHomeIsWrong() throws Exception {
        Ran wrong = add("--title", "Bourse", "--deadline", "bientôt", "--cpv", "1");

        assertEquals(2, wrong.code(), wrong::toString);
        assertTrue(
                wrong.err().contains("--deadline: 'bientôt'") && wrong.err().contains("--cpv: '1'"), wrong::toString);
        assertFalse(Files.exists(folder.resolve("data")));
        Files.delete(folder.resolve("feeds.yaml"));
        assertEquals(2, add("--title", "Bourse").code());
        assertFalse(Files.exists(folder.resolve("data")));
    }

    @Test
    void keepsItsNameForItself() {
        home.feeds(Entries.feed("hand", "file:appels.xml"));

        Ran checked = home.run("sources", "check");

        assertEquals(2, checked.code());
        assertTrue(checked.err().contains("'hand' is the source of what people enter"), checked::toString);
    }
}
