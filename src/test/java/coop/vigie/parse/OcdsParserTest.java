package coop.vigie.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import coop.vigie.Corpus;
import coop.vigie.fetch.Payload;
import coop.vigie.notice.Kind;
import coop.vigie.notice.Level;
import coop.vigie.notice.LotDeadline;
import coop.vigie.notice.LotDeadline.Role;
import coop.vigie.notice.Money;
import coop.vigie.notice.Notice;
import coop.vigie.notice.SourceId;
import coop.vigie.notice.Stage;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OcdsParserTest {

    private static final SourceId SOURCE = new SourceId("list");
    private static final ZoneId BRUSSELS = ZoneId.of("Europe/Brussels");

    private final OcdsParser parser = new OcdsParser();

    @Test
    void readsEveryField_ofARelease() {
        Notice notice = only("""
                {"ocid": "ocds-abcdef-1", "id": "r-1", "date": "2026-10-01T09:00:00Z", "tag": ["tender"], "language": "FR",
                 "buyer": {"id": "b", "name": "Ville"}, "parties": [{"id": "b", "name": "Ville", "address": {"country": "BE"}}],
                 "tender": {"title": "Expo", "description": "Une exposition", "status": "active",
                  "tenderPeriod": {"endDate": "2026-12-01T11:00:00+01:00"}, "value": {"amount": 90000, "currency": "EUR"},
                  "classification": {"scheme": "CPV", "id": "79950000-8"},
                  "items": [{"id": "1", "additionalClassifications": [{"scheme": "CPV", "id": "71318100"}],
                             "deliveryAddresses": [{"region": "BE100"}]}],
                  "documents": [{"documentType": "tenderNotice", "url": "https://example.org/avis"},
                                {"documentType": "biddingDocuments", "url": "https://example.org/dossier"}],
                  "submissionTerms": {"languages": ["fr", "nl"]}}}
                """);

        assertEquals("r-1", notice.id().nativeId());
        assertEquals(Kind.TENDER, notice.kind());
        assertEquals(Stage.COMPETITION, notice.stage());
        assertEquals("Expo", notice.title().in(List.of("fr")));
        assertEquals("Ville", notice.buyer());
        assertEquals("ocds-abcdef-1", notice.procedure());
        assertEquals(
                List.of(new LotDeadline(
                        Role.TENDER,
                        null,
                        LocalDate.parse("2026-12-01"),
                        LocalTime.parse("11:00"),
                        ZoneOffset.ofHours(1))),
                notice.deadlines());
        assertEquals(new Money(new BigDecimal(90000), "EUR"), notice.value());
        assertEquals(List.of("79950000", "71318100"), notice.cpv());
        assertEquals(List.of("BE100"), notice.places());
        assertEquals("https://example.org/avis", notice.url());
        assertEquals("https://example.org/dossier", notice.documents());
        assertEquals(List.of("fr", "nl"), notice.submissionLanguages());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "tag": ["planning"]                                            | FORECAST
            "tag": ["tender"]                                              | COMPETITION
            "tag": ["tenderAmendment"]                                     | CHANGE
            "tag": ["tenderUpdate"]                                        | CHANGE
            "tag": ["tenderCancellation"]                                  | CANCELLED
            "tag": ["tender"], "tender": {"status": "cancelled"}           | CANCELLED
            "tag": ["award", "contract"]                                   | AWARD
            "tag": ["compiled"], "tender": {"status": "active"}            | COMPETITION
            "tag": ["compiled"], "tender": {"status": "planned"}           | FORECAST
            "tag": ["compiled"], "tender": {"id": "1"}, "awards": [{"id": "1"}]                     | AWARD
            "tag": ["compiled"], "tender": {"status": "active"}, "awards": [{"id": "1"}]            | COMPETITION
            "tender": {"id": "1"}                                          | COMPETITION
            """)
    void knowsWhereAProcedureStands(String members, Stage stage) {
        assertEquals(
                stage,
                only("{\"ocid\": \"o-1\", \"id\": \"1\", " + members + "}").stage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"releases": [{"ocid": "o", "id": "2", "date": "2026-02-01"}, {"ocid": "o", "id": "1", "date": "2026-01-01"}]}  | 1 2
            {"records": [{"ocid": "o", "compiledRelease": {"ocid": "o", "id": "c"}}]}                              | c
            {"records": [{"ocid": "o", "releases": [{"ocid": "o", "id": "a", "date": "2026-01-01", "tender": {}}]}]} | a
            [{"releases": [{"ocid": "o", "id": "1"}]}, {"ocid": "o", "id": "2"}]                                   | 1 2
            {"ocid": "o", "id": "1"} {"ocid": "o", "id": "2"}                                                      | 1 2
            {"publisher": {"name": "x"}, "publishedDate": "2026-01-01"}                                            | ``
            {"releases": [{"ocid": "o", "id": "1", "tender": {"value": {"amount": 1e9999, "currency": "EUR"}}}]}   | 1
            {"releases": [{"ocid": "o", "id": "1", "tender": {"value": {"amount": 000, "currency": "EUR"}}}]}      | 1
            """)
    void findsTheReleases_inEveryShape(String document, String ids) {
        Parsed parsed = parser.parse(payload(document), context(Map.of(), Map.of()));

        assertNull(parsed.failure());
        assertEquals(
                ids,
                String.join(
                        " ",
                        parsed.notices().stream()
                                .map(each -> each.notice().id().nativeId())
                                .toList()));
    }

    @Test
    void keepsWhatCameBefore_whenTheDocumentBreaksOff() {
        Parsed parsed = parser.parse(
                payload("{\"releases\": [{\"ocid\": \"o\", \"id\": \"1\"}, {\"ocid\""), context(Map.of(), Map.of()));

        assertEquals(1, parsed.notices().size());
        assertEquals("JSON that cannot be read beyond line 1, column 48", parsed.failure());
    }

    @Test
    void keepsLocalTime_andSaysSo_whenTheOffsetIsNotThatOfTheZone() {
        Parsed parsed = parser.parse(payload("""
                {"ocid": "o", "id": "1", "tender": {"title": "x", "tenderPeriod": {"endDate": "2026-07-01T12:00:00Z"}}}
                """), context(Map.of(), Map.of()));

        Notice notice = parsed.notices().getFirst().notice();
        assertEquals(Instant.parse("2026-07-01T10:00:00Z"), notice.closes());
        assertEquals("tender deadline", parsed.warnings().getFirst().field());
    }

    @Test
    void asksForWindows_andHalvesThoseThatAreFull() {
        ParseContext context = context(
                Map.of(
                        "from",
                        List.of("updatedFrom"),
                        "to",
                        List.of("updatedTo"),
                        "days",
                        List.of("1"),
                        "hours",
                        List.of("12")),
                Map.of());

        List<String> first = parser.first(URI.create("https://example.org/api?limit=100"), context).stream()
                .map(query -> query.uri().toString())
                .toList();
        var full = new Payload(
                URI.create(first.getFirst()),
                "x",
                "{\"releases\": [], \"links\": {\"next\": \"https://example.org/api?cursor=x\"}}"
                        .getBytes(StandardCharsets.UTF_8),
                null);
        List<String> next = parser.parse(full, context).next().stream()
                .map(query -> query.uri().toString())
                .toList();

        assertEquals(
                List.of(
                        "https://example.org/api?limit=100&updatedFrom=2026-11-23T00%3A00%3A00&updatedTo=2026-11-23T12%3A00%3A00",
                        "https://example.org/api?limit=100&updatedFrom=2026-11-23T12%3A00%3A00&updatedTo=2026-11-24T00%3A00%3A00",
                        "https://example.org/api?limit=100&updatedFrom=2026-11-24T00%3A00%3A00&updatedTo=2026-11-24T12%3A00%3A00",
                        "https://example.org/api?limit=100&updatedFrom=2026-11-24T12%3A00%3A00&updatedTo=2026-11-25T00%3A00%3A00"),
                first);
        assertEquals(
                List.of(
                        "https://example.org/api?limit=100&updatedFrom=2026-11-23T00%3A00%3A00&updatedTo=2026-11-23T06%3A00%3A00",
                        "https://example.org/api?limit=100&updatedFrom=2026-11-23T06%3A00%3A00&updatedTo=2026-11-23T12%3A00%3A00"),
                next);
    }

    @Test
    void readsEveryRecording() throws IOException {
        List<Path> files;
        try (Stream<Path> paths = Files.walk(Corpus.require("sources/ocds"))) {
            files = paths.filter(path -> path.toString().endsWith(".json")).toList();
        }
        for (Path file : files) {
            Parsed parsed = parser.parse(
                    new Payload(file.toUri(), file.toString(), Files.readAllBytes(file), null),
                    context(Map.of(), Map.of()));

            assertNull(parsed.failure(), file::toString);
            assertFalse(parsed.notices().isEmpty(), file::toString);
        }
    }

    private Notice only(String json) {
        Parsed parsed = parser.parse(payload(json), context(Map.of(), Map.of()));
        assertNull(parsed.failure());
        return parsed.notices().getFirst().notice();
    }

    private static ParseContext context(Map<String, List<String>> params, Map<String, String> select) {
        return new ParseContext(
                SOURCE,
                Level.LOCAL,
                null,
                List.of("fr", "nl"),
                List.of("BE1"),
                BRUSSELS,
                List.of(),
                List.of("(?i)annulé"),
                new SourceOptions("", params, select, Map.of()),
                Instant.parse("2026-11-24T12:00:00Z"));
    }

    private static Payload payload(String text) {
        return new Payload(URI.create("https://example.org/list"), "list", text.getBytes(StandardCharsets.UTF_8), null);
    }
}
