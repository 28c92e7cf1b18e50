package coop.vigie.hand;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallsFileTest {

    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

    private static CallsFile.Read read(String text) {
        return CallsFile.read("calls.csv", text.getBytes(StandardCharsets.UTF_8), NOW);
    }

    private static List<String> problems(String text) {
        return read(text).problems().stream().map(Object::toString).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "title,deadline\nBourse,2026-12-15\n",
                "\uFEFFtitle;deadline\r\nBourse;2026-12-15\r\n",
                " Title , DEADLINE \n\nBourse,2026-12-15"
            })
    void readsWhatSpreadsheetsWrite(String text) {
        CallsFile.Read read = read(text);

        assertEquals(List.of(), read.problems());
        assertEquals("Bourse", read.lines().getFirst().entry().title());
    }

    @Test
    void keepsSeparatorsAndLineBreaksInQuotes_andCountsTheLinesOfTheFile() {
        CallsFile.Read read = read("title,text,deadline\n"
                + "\"Bourse, \"\"1\"\"\",\"un\ndeux\",2026-12-15\n"
                + "\n"
                + "Résidence,,demain\n");

        Entry entry = read.lines().getFirst().entry();
        assertEquals("Bourse, \"1\"", entry.title());
        assertEquals("un\ndeux", entry.text());
        assertEquals(2, read.lines().getFirst().number());
        assertEquals(
                List.of(
                        "calls.csv:5:3: deadline: 'demain' is no deadline; write 2026-12-15, \"2026-12-15 12:00\" or rolling"),
                read.problems().stream().map(Object::toString).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            deadline | 31/12/2026       | is no deadline
            deadline | 2026-02-30       | is on no calendar or clock
            deadline | 2026-12-15 24:00 | is on no calendar or clock
            deadline | 2027-03-28 02:30 | the clocks go forward
            deadline | 2026-12-15 00:00:00 | may be a whole day
            deadline | 0206-12-15       | is no likely year
            deadline | 2126-12-15       | is no likely year
            url      | example.org      | is not an address that begins with https
            url      | javascript:x     | is not an address that begins with https
            kind     | appel            | is not one of call, tender
            level    | lokal            | did you mean 'local'
            places   | BE1 BE9          | no NUTS code BE9
            cpv      | 12345678         | no CPV code 12345678
            languages| français         | is not a language code
            every    | month            | is not one of year
            id       | a b              | is no id
            """)
    void saysWhatIsWrongWithAField(String field, String written, String words) {
        List<String> problems = problems("title," + field + "\nBourse,\"" + written + "\"\nBon,\n");

        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.getFirst().startsWith("calls.csv:2:2: " + field + ": "), problems::toString);
        assertTrue(problems.getFirst().contains(words), problems::toString);
        assertEquals(
                1,
                read("title," + field + "\nBourse,\"" + written + "\"\nBon,\n")
                        .lines()
                        .size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            title,titel\\nBourse,x        | calls.csv:1:2: unknown column 'titel'
            buyer\\nBourse                | calls.csv:1: there is no column 'title'
            title,title\\nBourse,Bourse   | calls.csv:1:2: column 'title' is there twice
            title,buyer\\nBourse          | calls.csv:2: has 1 fields where the first line names 2
            title,buyer\\nBourse,x,y      | calls.csv:2: has 3 fields where the first line names 2
            title,buyer\\n,x              | calls.csv:2:1: title: is missing
            title\\nBon\\n"Bourse\\nx,y   | calls.csv:3: a quotation mark that opens here is never closed
            ``                            | calls.csv:1: the file is empty
            """)
    void saysWhatIsWrongWithALine(String text, String words) {
        List<String> problems = problems(text.replace("\\n", "\n"));

        assertTrue(problems.stream().anyMatch(problem -> problem.startsWith(words)), problems::toString);
    }

    @Test
    void refusesAnotherEncoding_ratherThanStoreBrokenLetters() {
        CallsFile.Read read =
                CallsFile.read("calls.csv", "title\nRésidence\n".getBytes(Charset.forName("windows-1252")), NOW);

        assertFalse(read.usable());
        assertEquals(
                "calls.csv:1: the file is not in UTF-8; save it as \"CSV UTF-8\"",
                read.problems().getFirst().toString());
    }

    /** A quotation mark too many would otherwise join two calls, and give the first the date of the second. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bon,,2026-12-15\n\n\"Bourse,x,2026-12-16\n\"Prix\",y,2026-12-17\n",
                "Bon,,2026-12-15\n\nBourse,\"5\"\" tuyaux,2026-12-16\nPrix,\"x\",2026-12-17\n"
            })
    void readsNothingBehindAQuotationMarkThatIsNoPair(String calls) {
        CallsFile.Read read = read("title,text,deadline\n" + calls);

        assertEquals(1, read.lines().size());
        assertEquals(1, read.problems().size());
        assertTrue(
                read.problems().getFirst().toString().startsWith("calls.csv:4: a quotation mark that opens here "),
                read.problems()::toString);
    }

    /** A line of the file: what is written in its three columns, and whether it can be taken. */
    record Row(String text, boolean good) {}

    @Provide
    Arbitrary<Row> rows() {
        return Arbitraries.of(
                new Row("Bourse;;2026-12-15", true),
                new Row("Bourse;;2026-12-15", true),
                new Row("Bissextile;;2028-02-29", true),
                new Row("\"Un; \"\"deux\"\"\";\"a~~b~;c~\";rolling", true),
                new Row("\"Titre~long\";x;", true),
                new Row("Né un 29 février;;2027-02-29", false),
                new Row("Excel;;15/12/2026", false),
                new Row(";sans titre;", false),
                new Row("court;x", false),
                new Row("\"deux~fautes\";\u0001;demain", false));
    }

    @Property(seed = "20261124", tries = 200)
    void takesEachCallOrLeavesItOut_onceAndByItsLine(
            @ForAll @Size(max = 30) List<@From("rows") Row> rows,
            @ForAll @IntRange(max = 2) int emptyLines,
            @ForAll("lineEnds") String end,
            @ForAll boolean mark) {
        var file = new StringBuilder(mark ? "\uFEFF" : "").append("title;text;deadline~");
        List<Integer> good = new ArrayList<>();
        Set<Integer> bad = new TreeSet<>();
        for (Row row : rows) {
            file.append("~".repeat(emptyLines)).append(";;~");
            int line = 1 + (int) file.chars().filter(letter -> letter == '~').count();
            file.append(row.text()).append('~');
            (row.good() ? good : bad).add(line);
        }

        CallsFile.Read read = read(file.toString().replace("~", end));

        assertEquals(good, read.lines().stream().map(CallsFile.Line::number).toList());
        assertEquals(
                bad,
                read.problems().stream().map(CallsFile.Problem::line).collect(Collectors.toCollection(TreeSet::new)));
        assertEquals(bad.size(), read.leftOut());
    }

    @Provide
    Arbitrary<String> lineEnds() {
        return Arbitraries.of("\n", "\r\n", "\r");
    }

    @Property(seed = "20261124", tries = 300)
    void neverFails_andLosesNoLineSilently(@ForAll @Size(max = 6) List<@NotBlank String> cells) {
        String text = "title,buyer\n" + String.join("\n", cells);

        CallsFile.Read read = read(text);

        assertTrue(read.lines().size() + read.problems().size() > 0
                || cells.stream()
                        .collect(Collectors.joining())
                        .replaceAll("[,\"]", "")
                        .isBlank());
    }
}
