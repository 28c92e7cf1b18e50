package coop.vigie.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import coop.vigie.Corpus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables and CSV. */
class ListingTest {

    private static final String LONG = "Résidence de recherche pour compagnies émergentes et collectifs";
    private static final String ID = "appels-fr:tag:appels.example.org,2026:residence-de-recherche";

    @Test
    void neverCutsAnId_onANarrowTerminal() {
        String table = table(40, List.of(Listing.Column.flexible("title"), Listing.Column.fixed("id")), LONG, ID);

        assertTrue(table.contains(ID), table);
        assertTrue(table.contains("…"), table);
    }

    @Test
    void givesAVeryLongIdALineOfItsOwn_andNoOtherTitleLosesByIt() {
        var bytes = new ByteArrayOutputStream();
        var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        new Listing(new Terminal(out, out, false, false, 60))
                .table(
                        List.of(Listing.Column.flexible("title"), Listing.Column.fixed("id")),
                        List.of(List.of(LONG, "ted:100105-2026"), List.of("Danse", ID)),
                        List.of(List.of(), List.of("    and below")));

        assertEquals("""
                title                                        id
                Résidence de recherche pour compagnies éme…  ted:100105-2026
                Danse                                        appels-fr:tag:…
                    %s
                    and below
                """.formatted(ID), bytes.toString(StandardCharsets.UTF_8));
    }

    @Test
    void cutsNothing_whereNobodyWatches() {
        String table = table(
                Terminal.UNLIMITED, List.of(Listing.Column.flexible("title"), Listing.Column.fixed("id")), LONG, ID);

        assertTrue(table.contains(LONG), table);
    }

    @Test
    void knowsTheWidthOfATerminalAlone() {
        assertEquals(Terminal.UNLIMITED, Terminal.ofProcess(Map.of()).width());
        assertEquals(72, Terminal.ofProcess(Map.of("COLUMNS", "72")).width());
        assertEquals(
                Terminal.UNLIMITED, Terminal.ofProcess(Map.of("COLUMNS", "0")).width());
    }

    @Property(seed = "20261124", tries = 200)
    void fitsAnyTitleOnOneLine(@ForAll String title, @ForAll @IntRange(min = 40, max = 120) int width) {
        String table =
                table(width, List.of(Listing.Column.flexible("title"), Listing.Column.fixed("id")), title, "a:1");

        for (String line : table.lines().toList()) {
            assertTrue(line.codePointCount(0, line.length()) <= width, line);
            assertTrue(Listing.width(line) <= width, line);
        }
        assertEquals(2, table.lines().count());
    }

    @Test
    void leavesRoomForPicturesAndWideScripts_andNoneForAccents() {
        assertEquals(9, Listing.width("🎭 théâtr"));
        assertEquals("théâtre", Listing.Column.flexible("title").shown("the\u0301a\u0302tre"));
        assertEquals("a:e\u0301", Listing.Column.fixed("id").shown("a:e\u0301"), "may be copied");
        assertEquals(6, Listing.width("日本語"));
        assertEquals("""
                title         id
                日本語日本語  a:1
                日本語日本…   a:2
                """, narrow("日本語日本語", "日本語日本語日"));
    }

    private static String narrow(String... titles) {
        var bytes = new ByteArrayOutputStream();
        var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        new Listing(new Terminal(out, out, false, false, 17))
                .table(
                        List.of(Listing.Column.flexible("title"), Listing.Column.fixed("id")),
                        List.of(List.of(titles[0], "a:1"), List.of(titles[1], "a:2")));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static String table(int width, List<Listing.Column> columns, String... cells) {
        var bytes = new ByteArrayOutputStream();
        var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        new Listing(new Terminal(out, out, false, false, width)).table(columns, List.of(List.of(cells)));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            théâtre     | théâtre
            =1+1        | '=1+1
            @SUM(A1)    | '@SUM(A1)
            -5          | '-5
            +32 2 123   | '+32 2 123
            ＝1+1       | '＝1+1
            a,b         | "a,b"
            say "hello" | "say ""hello""\"
            a;b         | "a;b"
            """)
    void writesACellThatASpreadsheetShowsAsText(String value, String cell) {
        assertEquals(cell, Listing.csvCell(value));
    }

    @Test
    void leavesANegativeNumberANumber() {
        assertEquals("-3", Listing.csvCell(-3L));
    }

    @Test
    void disarmsEveryKnownFormula() throws IOException {
        int seen = 0;
        for (String line : Files.readAllLines(Corpus.require("security-payloads/payloads.jsonl"))) {
            JsonNode payload = new ObjectMapper().readTree(line);
            if (payload.path("kind").asText().equals("csv")) {
                seen++;
                String cell = Listing.csvCell(payload.path("payload").asText());
                String shown = cell.startsWith("\"") ? cell.substring(1) : cell;
                assertFalse(shown.matches("(?s)\\s*[=+\\-@].*"), cell);
            }
        }
        assertTrue(seen > 0);
    }
}
