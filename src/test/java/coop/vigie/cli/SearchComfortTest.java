package coop.vigie.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a search says beside its hits. */
class SearchComfortTest {

    private static final String NOW = "2026-11-16T08:00:00Z";

    @TempDir
    private static Path folder;

    private static HomeInTest home;

    @BeforeAll
    static void start() {
        home = new HomeInTest(folder, NOW);
        home.feeds("""
                - id: appels
                  type: rss
                  url: "file:appels.xml"
                  level: community
                  languages: [fr]
                  places: [BE100]
                """);
        home.write("appels.xml", """
                <rss version="2.0"><channel><title>Appels</title><link>https://calls.example.org/</link>
                %s%s%s%s
                </channel></rss>""".formatted(
                        item("demain", "Résidence de théâtre", "Un plateau pour la marionnette. Jusqu'au 18/11/2026."),
                        item("bientot", "Bourse de danse", "Pour la danse contemporaine. Jusqu'au 25/11/2026."),
                        item("livret", "Traductions d'un livret", "Jusqu'au 26/11/2026."),
                        item("ferme", "Ancien carnaval", "Jusqu'au 01/11/2026.")));
        home.fetch();
    }

    private static String item(String id, String title, String text) {
        return """
                <item><guid isPermaLink="false">%s</guid><title>%s</title><link>https://calls.example.org/%s?a=1&amp;b=2</link>
                <pubDate>Mon, 19 Oct 2026 09:00:00 +0100</pubDate><description>%s</description></item>""".formatted(id, title, id, text);
    }

    private static Shell.Ran run(int width, boolean colours, Map<String, String> environment, String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                colours,
                width);
        String[] all = new String[words.length + 6];
        List<String> global = List.of("--home", folder.toString(), "--now", NOW, "--ui-lang", "en");
        for (int i = 0; i < all.length; i++) {
            all[i] = i < 6 ? global.get(i) : words[i - 6];
        }
        int code = Main.run(terminal, environment, all);
        return new Shell.Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static Shell.Ran search(String... words) {
        String[] all = new String[words.length + 1];
        all[0] = "search";
        System.arraycopy(words, 0, all, 1, words.length);
        return run(Terminal.UNLIMITED, false, Map.of(), all);
    }

    // --- nothing found -----------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            thaetre                      | Did you mean: theatre  (1 call)
            marionatte                   | Did you mean: marionnette  (1 call)
            "danse contenporaine"        | Did you mean: "danse contemporaine"  (1 call)
            danze -jazz title:bourse     | Did you mean: danse -jazz title:bourse  (1 call)
            """)
    void offersTheQueryThatWouldFindSomething(String asked, String said) {
        Shell.Ran ran = search(asked);

        assertEquals(0, ran.code());
        assertEquals("", ran.out());
        assertTrue(ran.err().contains(said), ran.err());
    }

    @Test
    void offersWordsAndCodes_andWhatHasClosed() {
        assertTrue(
                search("photografie")
                        .err()
                        .lines()
                        .anyMatch(
                                line -> line.startsWith("Words like 'photografie': ") && line.contains("photographie")),
                search("photografie").err());
        assertTrue(
                search("photographie").err().contains("CPV about it: cpv:"),
                search("photographie").err());
        assertTrue(
                search("carnaval").err().contains("1 call has closed already; --include-closed shows it."),
                search("carnaval").err());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"xq", "zzzzqqqq", "-théâtre -danse", "\"", "*", "cpv:99999999", "OR", "''", "théâtre danse"})
    void saysNothingStrange_whateverWasAsked(String asked) {
        Shell.Ran ran = search(asked, "--place", "FI1");

        assertTrue(ran.code() == 0 || ran.code() == 2, ran::toString);
        assertFalse(ran.err().contains("should not"), ran.err());
    }

    @Test
    void offersNothing_whereThereAreHits_orToAnotherProgram() {
        assertEquals("Calls: 1.", search("théâtre").err().strip());
        assertEquals("", search("thaetre", "--format", "json").err());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            théâtre place:FI1                    | place:FI1 alone finds nothing; without it: 1 call.
            théâtre --place FI1                  | --place FI1 alone finds nothing; without it: 1 call.
            théâtre danse                        | Without théâtre: 1 call.
            théâtre danse                        | Without danse: 1 call.
            théâtre --kind training,scheme       | --kind training,scheme alone finds nothing; without it: 1 call.
            résidence deadline:>30d              | deadline:>30d alone finds nothing; without it: 1 call.
            bourse --closing-within 4d           | Without --closing-within 4d: 1 call.
            place:FI1 lang:nl bourse             | place:FI1 alone finds nothing.
            place:FI1 lang:nl bourse             | lang:nl alone finds nothing.
            théâtre OR danse -bourse -marionnette | Without -marionnette: 1 call.
            """)
    void namesTheConditionThatStandsInTheWay(String asked, String said) {
        Shell.Ran ran = search(asked.split(" "));

        assertTrue(ran.err().lines().anyMatch(said::equals), ran.err());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            théâtre bruxelles | Or by place: théâtre place:BE1  (Région de Bruxelles-Capitale/Brussels Hoofdstedelijk Gewest; 1 call)
            opéra Brussel     | Or by place: place:BE1  (Région de Bruxelles-Capitale/Brussels Hoofdstedelijk Gewest; 3 calls)
            """)
    void takesTheNameOfAPlaceForThePlace(String asked, String said) {
        Shell.Ran ran = search(asked.split(" "));

        assertTrue(ran.err().lines().anyMatch(said::equals), ran.err());
        assertFalse(search("théâtre", "luik").err().contains("Or by place"), "nothing is open there");
    }

    @Test
    void namesNoCondition_whereThereIsOnlyOne_orAllAreNeeded() {
        for (String asked : List.of("place:FI1", "cirque", "théâtre")) {
            String err = search(asked).err();
            assertFalse(err.contains("alone") || err.contains("ithout "), asked + ": " + err);
        }
    }

    // --- why ---------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            en | théâtre         | because: théâtre in the title (fr)
            en | résidences      | because: résidences in the title (fr), as "Résidence"
            fr | résidences      | parce que : résidences dans le titre (fr), écrit « Résidence »
            nl | résidences      | omdat: résidences in de titel (fr), geschreven als "Résidence"
            en | resid*          | because: resid* in the title (fr), as "Résidence"
            en | marionnettes    | because: marionnettes in the text (fr)
            en | vertaling       | because: vertaling, found by "traduction" in the title (fr), as "Traductions"
            fr | vertaling       | parce que : vertaling, trouvé par « traduction » dans le titre (fr), écrit « Traductions »
            nl | vertaling       | omdat: vertaling, gevonden via "traduction" in de titel (fr), geschreven als "Traductions"
            fr | théâtre deadline:<30d | parce que : théâtre dans le titre (fr) ; deadline:2026-11-16..2026-12-16
            en | théâtre deadline:<30d | because: théâtre in the title (fr); deadline:2026-11-16..2026-12-16
            """)
    void saysBelowEachCallWhyItIsThere_inTheWordsOfItsTitle(String language, String asked, String said) {
        String table = run(200, false, Map.of(), "search", asked, "--why", "--ui-lang", language)
                .out();

        assertTrue(table.lines().anyMatch(("    " + said)::equals), table);
    }

    @Test
    void saysNothingBelow_whereEverythingWasAskedFor() {
        assertEquals(
                4, run(200, false, Map.of(), "search", "--why").out().lines().count());
    }

    // --- snippets ----------------------------------------------------------------------------------------------

    @Test
    void showsTheWordsAroundAHit_withTheHitMarkedInColour() {
        Shell.Ran plain = run(100, false, Map.of(), "search", "marionnettes", "--snippets");
        assertTrue(plain.out().contains("\n    Un plateau pour la marionnette."), plain.out());

        Shell.Ran coloured = run(100, true, Map.of(), "search", "marionnettes", "--snippets");
        assertTrue(coloured.out().contains("la \u001b[1;33mmarionnette\u001b[0m."), coloured.out());

        var json = home.run("search", "marionnettes", "--snippets", "--format", "json")
                .json();
        assertTrue(json.at("/0/snippet").asText().startsWith("Un plateau pour la marionnette."), json::toString);
        assertTrue(home.search("marionnettes").at("/0/snippet").isMissingNode());
        assertTrue(home.search("résidence", "--snippets").at("/0/snippet").isNull());
    }

    // --- an index that cannot be read --------------------------------------------------------------------------

    @Test
    void saysThatTheIndexMayNotBeRead_andDoesNotTryToBuildAnother() throws IOException {
        Path index = folder.resolve("data/index");
        Set<PosixFilePermission> before = Files.getPosixFilePermissions(index);
        Files.setPosixFilePermissions(index, Set.of());
        try {
            // Whoever runs as root may read all.
            assumeFalse(Files.isReadable(index));

            Shell.Ran ran = search("théâtre");

            assertEquals(3, ran.code());
            assertTrue(ran.err().contains("access denied"), ran.err());
            assertFalse(ran.err().contains("rebuilding"), ran.err());
        } finally {
            Files.setPosixFilePermissions(index, before);
        }
    }

    // --- the table ---------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(ints = {70, 80, 100, 140})
    void fitsTheTerminal_andKeepsWhatMatters(int width) {
        Shell.Ran ran = run(width, false, Map.of(), "search", "*", "--snippets");

        for (String line : ran.out().lines().toList()) {
            assertTrue(line.length() <= width, line);
        }
        assertTrue(ran.out().contains("appels:demain"), ran.out());
        assertTrue(ran.out().contains("Résidence de théâtre"), ran.out());
    }

    @Test
    void coloursTheDaysThatAreLeft() {
        String table = run(120, true, Map.of(), "search", "*").out();

        assertTrue(table.contains("\u001b[1;31m2\u001b[0m"), table);
        assertTrue(table.contains("\u001b[33m9\u001b[0m"), table);
        assertFalse(run(120, false, Map.of(), "search", "*").out().contains("\u001b"));
    }

    // --- open --------------------------------------------------------------------------------------------------

    @Test
    void opensThePageInTheBrowser_orPrintsItsAddress() throws IOException {
        Path seen = folder.resolve("seen");
        Path browser = folder.resolve("browser.sh");
        Files.writeString(browser, "#!/bin/sh\nprintf '%s' \"$1\" > " + seen + "\n");
        Files.setPosixFilePermissions(browser, PosixFilePermissions.fromString("rwx------"));

        Shell.Ran shown = run(100, false, Map.of("BROWSER", browser.toString()), "open", "appels:demain");

        assertEquals(new Shell.Ran(0, "", ""), shown);
        assertEquals("https://calls.example.org/demain?a=1&b=2", Files.readString(seen));

        Shell.Ran none = run(100, false, Map.of("BROWSER", "/nowhere/browser"), "open", "appels:demain");
        assertEquals(0, none.code());
        assertEquals("https://calls.example.org/demain?a=1&b=2", none.out().strip());
        assertEquals(2, run(100, false, Map.of(), "open", "appels:nobody").code());
        assertEquals(2, run(100, false, Map.of(), "open", "words").code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "pull", "run", "status"})
    void wordsThatAreNamesOfCommandsAreWords_afterSearch(String word) {
        assertEquals(0, search(word, "data").code());
    }
}
