package coop.vigie.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import coop.vigie.Corpus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole test suites through {@code explain --jsonl}: a line in, a line out, whatever stands on it. */
class ExplainTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            text   | ~~                                                              |   | no JSON object
            text   | {broken                                                         |   | no JSON object
            text   | [1]                                                             |   | no JSON object
            text   | 7                                                               |   | no JSON object
            text   | {"id": 1, "text": "a"} {"id": 2}                                |   | no JSON object
            text   | {"id": 1}                                                       | 1 | "text" is missing
            text   | {"id": 1, "text": null}                                         | 1 | "text" is missing
            text   | {"id": 1, "text": ["a"]}                                        | 1 | "text" is no text
            text   | {"id": 1, "text": "a", "reference": "soon"}                     | 1 | soon
            html   | {"id": "x"}                                                     | x | "html" is missing
            query  | {"id": "x"}                                                     | x | "query" is missing
            feed   | {"id": "x"}                                                     | x | "data" is missing
            feed   | {"id": "x", "file": "none.xml"}                                 | x | there is no file none.xml
            feed   | {"id": "x", "data": "<rss/>", "base_url": "http://a b"}         | x | 'http://a b'
            page   | {"id": "x", "select": "li"}                                     | x | "file" is missing
            page   | {"id": "x", "file": "list.html", "select": {"titel": "h2"}}     | x | 'titel'
            mail   | {"id": "x"}                                                     | x | "file" is missing
            notice | {"id": "x"}                                                     | x | "file" is missing
            notice | {"id": "x", "file": "."}                                        | x | there is no file .
            notice | {"id": "x", "file": "a\\u0000b"}                                | x | there is no file
            notice | {"id": "x", "file": "damaged.gz"}                               | x | line 2
            """)
    void answersABadLineByWhatIsWrong_andTheOthersAsEver(String what, String line, String id, String said)
            throws IOException {
        Files.writeString(folder.resolve("list.html"), "<li>Appel</li>");
        Files.write(folder.resolve("damaged.gz"), new byte[] {0x1F, (byte) 0x8B, 8, 0});
        String good =
                "{\"id\": 9, \"text\": \"\", \"html\": \"\", \"query\": \"\", \"data\": \"\", \"file\": \"list.html\"}";

        List<JsonNode> answers = answers(1, what, good + "\n" + line + "\n" + good + "\n");

        assertEquals(3, answers.size());
        assertEquals(id == null ? "null" : id, answers.get(1).get("id").asText());
        assertTrue(
                answers.get(1).path("error").asText().contains(said),
                () -> answers.get(1).toString());
        assertEquals(answers.get(0), answers.get(2));
        assertEquals(9, answers.get(2).get("id").asInt());
    }

    @Test
    void readsLinesAsAnyEditorWritesThem() throws IOException {
        String line = "{\"id\": 1.5, \"text\": \"Date limite : 3 mai 2027\"}";

        List<JsonNode> answers = answers(0, "text", "\uFEFF" + line + "\r\n" + line);

        assertEquals(2, answers.size());
        assertEquals(answers.get(0), answers.get(1));
        assertEquals(1.5, answers.get(0).get("id").asDouble());
        assertEquals("2027-05-03", answers.get(0).at("/deadline/date").asText());
    }

    @Test
    void countsOffsetsInUtf16Units() throws IOException {
        JsonNode answer =
                answers(0, "text", "{\"text\": \"\uD83C\uDFAD le 3 mai 2027\"}").getFirst();

        assertEquals(6, answer.at("/dates/0/start").asInt());
        assertEquals("3 mai 2027", answer.at("/dates/0/quote").asText());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-07,                   2026-11-07",
        "2026-11-07T00:00:00,          2026-11-07",
        "2026-11-07T23:59:59,          2026-11-07",
        "2026-11-07T00:00:00.0000000,  2026-11-07",
        "2026-11-07T04:30:00-02:00,    2026-11-07",
        "2026-11-08T00:00:00,          2027-11-07"
    })
    void givesADayWithoutAYearTheNextOneFromTheReferencesOwnDay(String reference, String date) throws IOException {
        String line = "{\"text\": \"Date limite : 7 novembre\", \"reference\": \"" + reference + "\"}";

        JsonNode answer = answers(0, "text", line).getFirst();

        assertEquals(date, answer.at("/dates/0/value").asText());
        assertEquals(date, answer.at("/deadline/date").asText());
    }

    @Test
    void takesTheDataOfAFeedAsCharacters_whateverItsPrologSays() throws IOException {
        String line =
                "{\"base_url\": \"https://example.org/ \", \"data\": \"<?xml version='1.0' encoding='iso-8859-1'?>"
                        + "<rss><channel><item><description>Théâtre</description><link>/a</link></item></channel></rss>\"}";

        JsonNode answer = answers(0, "feed", line).getFirst();

        assertEquals("Théâtre", answer.at("/items/0/title").asText());
        assertEquals("https://example.org/a", answer.at("/items/0/link").asText());
        assertTrue(answer.at("/warnings/0").asText().contains("made up"), answer::toString);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"releases": []}                                       | ocds
            {"ocid": "ocds-1", "tender": {}}                       | ocds
            {"publications": [], "totalCount": 0}                  | bda
            {"content": [{"publicatieId": "1"}]}                   | tenderned
            {"publicatieId": 1}                                    | tenderned
            {"notices": [], "totalNoticeCount": 0}                 | ted-search
            {"results": [{"metadata": {}}], "totalResults": 1}     | sedia
            {"total_count": 0, "results": []}                      | boamp
            {"idweb": "26-1", "objet": "Toiture"}                  | boamp
            {"total_count": 2, "results": [{"idweb": "26-1",       | boamp
            {"version": "https://jsonfeed.org/version/1", "items": []} | rss
            <?xml version='1.0'?><!-- <rss> --><ContractNotice/>   | eforms
            <a:feed xmlns:a="http://www.w3.org/2005/Atom"/>        | rss
            BEGIN:VCALENDAR                                        | ics
            {"a": 1}                                               | null
            plain words                                            | null
            """)
    void knowsTheFormatOfANotice_byTheFileAlone(String document, String format) throws IOException {
        Files.writeString(folder.resolve("document"), document);

        JsonNode answer = answers(0, "notice", "{\"file\": \"document\"}").getFirst();

        assertEquals(format, answer.get("format").asText());
        assertTrue(answer.get("notices").isArray());
    }

    @ParameterizedTest
    @CsvSource({
        "eforms/published, eforms",
        "ted-legacy-xml, eforms",
        "ocds/generic, ocds",
        "ocds/uk-wales-sell2wales, ocds",
        "tenderned, tenderned",
        "atom, rss ",
        "sedia, sedia",
        "ted-api, ted-search",
        "be-bda, bda eforms",
        "boamp, boamp"
    })
    void readsEveryRecordedAnswer(String recordings, String formats) throws IOException {
        Path root = Corpus.require("sources/" + recordings);
        List<String> files;
        try (Stream<Path> all = Files.list(root)) {
            files = all.filter(file -> file.toString().matches(".*\\.(xml|json)"))
                    .filter(file -> !file.getFileName().toString().matches(".*probe.*"))
                    .map(Path::toString)
                    .sorted()
                    .toList();
        }
        String lines = String.join(
                "\n",
                files.stream()
                        .map(file -> json(Map.of("id", file, "file", file)))
                        .toList());

        List<JsonNode> answers = answers(0, "notice", lines);

        assertEquals(
                files, answers.stream().map(answer -> answer.get("id").asText()).toList());
        var seen = new TreeSet<String>();
        for (JsonNode answer : answers) {
            seen.add(answer.get("format").asText());
            assertTrue(answer.get("failure").isNull(), answer::toString);
            assertTrue(answer.at("/notices/0").has("deadlines"), answer::toString);
        }
        assertEquals(formats, String.join(" ", seen));
    }

    private static String json(Map<String, String> line) {
        try {
            return JSON.writeValueAsString(line);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private List<JsonNode> answers(int code, String what, String lines) throws IOException {
        Path suite = Files.writeString(folder.resolve("suite.jsonl"), lines);
        Shell.Ran ran = what.equals("query")
                ? Shell.run("explain", what, "--jsonl", "--file", suite.toString())
                : Shell.run("explain", what, "--jsonl", suite.toString());
        assertEquals(code, ran.code(), ran.err() + ran.out());
        return ran.out()
                .lines()
                .map(line -> {
                    try {
                        return JSON.readTree(line);
                    } catch (IOException broken) {
                        throw new UncheckedIOException(line, broken);
                    }
                })
                .toList();
    }
}
