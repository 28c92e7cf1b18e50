package coop.vigie.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.Corpus;
import coop.vigie.fetch.FetchOutcome.Failed;
import coop.vigie.fetch.Payload;
import coop.vigie.fetch.Query;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.Level;
import coop.vigie.notice.LotDeadline;
import coop.vigie.notice.Notice;
import coop.vigie.notice.SourceId;
import coop.vigie.notice.Stage;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of TED's search interface. Nobody and nothing in the notices here is real. */
class TedSearchParserTest {

    private static final URI URL = URI.create("https://api.example.org/v3/notices/search");

    private static final String NOTICE = """
            {"publication-number": "598001-2026", "publication-date": "2026-11-20+01:00",
             "notice-identifier": "11111111-2222-4333-8444-555555555555", "notice-version": "01",
             "procedure-identifier": "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee",
             "notice-type": "cn-standard", "form-type": "competition",
             "notice-title": {"fra": "Belgique – Meubles – Achat de meubles", "nld": "België – Meubilair – Achat de meubles"},
             "title-proc": {"fra": "Achat de meubles &amp;amp; lampes"},
             "description-proc": {"fra": ["Tables &amp; chaises"]},
             "buyer-name": {"fra": ["Ville d’Exemple", "CPAS d’Exemple"]}, "buyer-country": ["BEL", "BEL"],
             "identifier-lot": ["LOT-0001", "LOT-0002"],
             "deadline-receipt-request": ["2026-12-15T10:00:00+02:00"],
             "deadline-receipt-tender-date-lot": ["2026-12-15+02:00", "2026-12-16+02:00"],
             "deadline-receipt-tender-time-lot": ["10:00:00+02:00", "11:30:00+02:00"],
             "classification-cpv": ["39100000", "39110000", "39100000"],
             "place-of-performance": ["BE100", "BEL"],
             "estimated-value-proc": "18000000", "estimated-value-cur-proc": "EUR",
             "official-language": ["FRA"], "submission-language": ["FRA", "NLD"],
             "document-url-lot": ["https://docs.example.org/1"],
             "links": {"html": {"ENG": "https://ted.example.org/en/598001-2026", "NLD": "https://ted.example.org/nl/598001-2026"}}}
            """;

    private final TedSearchParser parser = new TedSearchParser();

    private static ParseContext context(String query, Map<String, List<String>> params) {
        return new ParseContext(
                new SourceId("ted"),
                Level.EUROPEAN,
                null,
                List.of("nl", "fr"),
                List.of(),
                ZoneId.of("Europe/Brussels"),
                List.of(),
                List.of(),
                new SourceOptions(query, params, Map.of(), Map.of()),
                Instant.parse("2026-11-24T08:00:00Z"));
    }

    private static final ParseContext CONTEXT = context("", Map.of());

    private Parsed parse(String json) {
        return parser.parse(
                new Payload(URL, "ted", json.getBytes(StandardCharsets.UTF_8), "application/json"), CONTEXT);
    }

    private Parsed parse(String json, Query asked) {
        return parser.parse(
                new Payload(URL, "ted", json.getBytes(StandardCharsets.UTF_8), "application/json"), asked, CONTEXT);
    }

    private Notice only(String notice) {
        Parsed parsed = parse(page(notice));
        assertNull(parsed.failure());
        return parsed.notices().getFirst().notice();
    }

    private static String page(String... notices) {
        return "{\"notices\": [" + String.join(",", notices)
                + "], \"totalNoticeCount\": 9, \"iterationNextToken\": \"t2\"}";
    }

    private List<Query> lanes(ParseContext context) {
        return parser.first(URL, context);
    }

    private static String body(Query query) {
        return assertPresent(query.post()).body();
    }

    private static <T> T assertPresent(@Nullable T value) {
        assertNotNull(value);
        return value;
    }

    @Test
    void readsEveryField() {
        Notice notice = only(NOTICE);

        assertEquals("ted:598001-2026", notice.id().toString());
        assertEquals(Map.of("fr", "Achat de meubles & lampes"), notice.title().byLanguage());
        assertEquals(Map.of("fr", "Tables & chaises"), notice.text().byLanguage());
        assertEquals("Ville d’Exemple + 1", notice.buyer());
        assertEquals(Instant.parse("2026-11-20T00:00:00Z"), notice.published());
        assertEquals(Stage.COMPETITION, notice.stage());
        assertEquals(List.of("39100000", "39110000"), notice.cpv());
        assertEquals(List.of("BE100"), notice.places());
        assertEquals("18000000 EUR", String.valueOf(notice.value()));
        assertEquals(List.of("fr", "nl"), notice.submissionLanguages());
        assertEquals("https://docs.example.org/1", notice.documents());
        assertEquals("https://ted.example.org/nl/598001-2026", notice.url());
        assertEquals("aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee", notice.procedure());
        assertTrue(notice.identifiers().contains("11111111-2222-4333-8444-555555555555-01"));
        assertEquals(
                List.of("TENDER LOT-0001 2026-12-15T10:00", "TENDER LOT-0002 2026-12-16T11:30"),
                notice.deadlines().stream()
                        .map(each -> each.role() + " " + each.lot() + " " + each.date() + "T" + each.time())
                        .toList());
    }

    @Test
    void meansTheLocalTimeThatTheBuyerWrote_whateverItsOffset() {
        Deadline deadline = only(NOTICE).deadline(Instant.parse("2026-11-24T08:00:00Z"));

        assertEquals(Instant.parse("2026-12-15T09:00:00Z"), ((Deadline.Dated) deadline).instant());
        assertEquals(List.of(), parse(page(NOTICE)).warnings());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "deadline-receipt-tender-date-lot": ["2026-12-01+01:00", "2026-12-01+01:00"]                                              | TENDER 2026-12-01 null
            "deadline-receipt-tender-date-lot": ["2026-12-01Z"], "deadline-receipt-request": ["2026-12-01T17:00:00+01:00"]            | TENDER 2026-12-01 17:00
            "deadline-receipt-tender-date-lot": ["2026-12-01"], "deadline-receipt-request": ["2026-12-01T00:00:00+01:00"]             | TENDER 2026-12-01 null
            "deadline-receipt-tender-date-lot": "2026-12-01", "deadline-receipt-tender-time-lot": "12:00:00+01:00"                    | TENDER 2026-12-01 12:00
            "deadline-receipt-request": ["2028-08-31T17:00:00+02:00"]                                                                  | REQUEST 2028-08-31 17:00
            "deadline-receipt-request-date-lot": ["2026-12-01"], "deadline-receipt-request-time-lot": ["09:00:00Z"]                   | REQUEST 2026-12-01 09:00
            "deadline-receipt-expressions-date-lot": ["2026-12-01"]                                                                    | INTEREST 2026-12-01 null
            "deadline": ["2026-12-01T00:00:00+01:00"]                                                                                  | OTHER 2026-12-01 null
            """)
    void readsDeadlines_howeverTheyAreSpread(String fields, String expected) {
        Notice notice = only("{\"publication-number\": \"1-2026\", " + fields + "}");

        assertEquals(1, notice.deadlines().size(), () -> notice.deadlines().toString());
        LotDeadline only = notice.deadlines().getFirst();
        assertEquals(expected, only.role() + " " + only.date() + " " + only.time());
    }

    @Test
    void keepsANoticeWithoutADeadline() {
        Notice notice = only("{\"publication-number\": \"1-2026\", \"notice-type\": \"qu-sy\"}");

        assertEquals(Deadline.UNKNOWN, notice.deadline(CONTEXT.now()));
    }

    @Test
    void takesTheLastPartOfATranslatedTitle_inTheLanguageSubmitted() {
        Notice notice = only("""
                {"publication-number": "1-2026", "buyer-name": {"fra": ["X"]},
                 "notice-title": {"nld": "België – Meubilair – Achat – urgent", "fra": "Belgique – Meubles – Achat – urgent"}}
                """);

        assertEquals(Map.of("fr", "Achat – urgent"), notice.title().byLanguage());
    }

    @ParameterizedTest
    @CsvSource({
        "'\"notice-type\": \"pin-only\"', FORECAST",
        "'\"notice-type\": \"cn-standard\", \"change-notice-version-identifier\": \"x-01\"', CHANGE",
        "'\"form-type\": \"change\"', CHANGE",
        "'\"notice-type\": \"cn-standard\", \"change-reason-code\": [\"cancel\"]', CANCELLED",
        "'\"form-type\": \"result\"', AWARD"
    })
    void knowsWhereTheProcedureStands(String fields, Stage stage) {
        assertEquals(
                stage,
                only("{\"publication-number\": \"1-2026\", " + fields + "}").stage());
    }

    @Test
    void keepsTheOtherNotices_whenOneIsBroken() {
        Parsed parsed = parse(page("{\"links\": 7}", "17", NOTICE));

        assertEquals(1, parsed.notices().size());
        assertEquals(2, parsed.warnings().size(), parsed::toString);
        assertTrue(parsed.warnings().getFirst().position().endsWith("notice 1"), parsed::toString);
    }

    @Test
    void asksForTheNextPage_withTheTokenOfThisOne() {
        Query asked = lanes(CONTEXT).getFirst();

        Parsed first = parse(page(NOTICE), asked);
        Parsed last = parse(
                "{\"notices\": [], \"iterationNextToken\": \"t3\"}",
                first.next().getFirst());

        assertEquals(
                body(asked).replaceFirst("}$", ",\"iterationNextToken\":\"t2\"}"),
                body(first.next().getFirst()));
        assertEquals(List.of(), last.next());
        assertEquals(
                "an answer that leads to itself, so that the notices after it cannot be reached",
                parse(page(NOTICE), first.next().getFirst()).failure());
    }

    @Test
    void keepsWhatCameBefore_whenAnAnswerBreaksOff() {
        String whole = page(NOTICE, NOTICE.replace("598001", "598002"));
        Parsed cut = parse(
                whole.substring(0, whole.indexOf("598002") + 40), lanes(CONTEXT).getFirst());

        assertEquals(1, cut.notices().size());
        assertTrue(String.valueOf(cut.failure()).contains("breaks off"), cut::toString);
        assertEquals(List.of(), cut.next());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "[]",
                "{}",
                "{\"message\": \"no\"}",
                "{\"notices\": 3}",
                "{\"notices\": [], \"timedOut\": true}"
            })
    void saysWhatItIsInstead(String answer) {
        assertNotNull(parse(answer).failure());
    }

    @Test
    void asksTwoLists_whatAppearedLatelyAndWhatIsStillOpen() {
        List<String> bodies =
                lanes(context("", Map.of("countries", List.of("BEL", "LU"), "cpv", List.of("79950000")))).stream()
                        .map(TedSearchParserTest::body)
                        .toList();

        assertEquals(2, bodies.size());
        String what =
                "(buyer-country = BEL OR buyer-country = LUX) AND classification-cpv = 7995* AND (form-type = planning OR form-type = competition OR form-type = change) AND ";
        assertTrue(bodies.get(0).contains(what + "publication-date = (20261114 <> 20261125)"), bodies::toString);
        assertTrue(
                bodies.get(1).contains(what + "(deadline >= 20261123 OR deadline-receipt-request >= 20261123 OR"),
                bodies::toString);
    }

    @Test
    void asksAQueryThatNamesDatesAsItIs_andOtherQueriesInBothLists() {
        String dated = "buyer-country=BEL AND publication-date>=20261101 SORT BY publication-date DESC";

        assertEquals(1, lanes(context(dated, Map.of())).size());
        List<Query> both = lanes(context("buyer-country=BEL SORT BY publication-date DESC", Map.of()));
        assertEquals(2, both.size());
        assertTrue(body(both.getFirst()).contains("(buyer-country=BEL) AND publication-date"), both::toString);
    }

    @Test
    void staysWithinWhatTheInterfaceAllows() {
        assertTrue(TedQuestion.FIELDS.size() * TedQuestion.PAGE <= 10_000);
    }

    @Test
    void asksOnlyForFieldsThatTheInterfaceDocuments() throws IOException {
        String documented = Files.readString(Corpus.require("sources/ted-api/openapi-ted-europa-eu.yaml"));
        Set<String> names = Set.copyOf(documented
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("- "))
                .map(line -> line.substring(2))
                .distinct()
                .toList());

        assertEquals(
                List.of(),
                TedQuestion.FIELDS.stream()
                        .filter(each -> !names.contains(each))
                        .toList());
    }

    private Optional<NoticeParser.Advice> advice(Query asked, String answer) {
        return parser.afterFailure(asked, new Failed(Failed.Reason.CLIENT_ERROR, 400, "failed", null, answer), CONTEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"EXPIRED_ITERATION_TOKEN", "INVALID_ITERATION_TOKEN"})
    void beginsTheListAgain_whenTheTokenIsNotKnownAnyMore(String type) {
        Query first = lanes(CONTEXT).getFirst();
        Query second = parse(page(NOTICE), first).next().getFirst();
        String answer = "{\"message\": \"no\", \"error\": {\"type\": \"" + type + "\"}}";

        assertEquals(first, advice(second, answer).orElseThrow().instead());
        assertEquals(Optional.empty(), advice(first, answer));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"message\": \"x\", \"error\": {\"type\": \"QUERY_UNKNOWN_FIELD\", \"fieldName\": \"title-lot\"}}",
                "{\"message\": \"x\", \"error\": {\"type\": \"UNSUPPORTED_VALUE\", \"parameterName\": \"fields\", \"unsupportedValue\": \"title-lot\"}}",
                "{\"message\": \"Parameter 'fields' contains unsupported value (title-lot). Supported: (buyer-name, links"
            })
    void asksWithoutAField_thatTheInterfaceDoesNotKnow(String answer) {
        NoticeParser.Advice advice = advice(lanes(CONTEXT).getFirst(), answer).orElseThrow();

        assertFalse(body(assertPresent(advice.instead())).contains("\"title-lot\""));
        assertTrue(advice.words().contains("'title-lot'"), advice::words);
    }

    @Test
    void passesOnWhatTheInterfaceSays_whenTheQueryIsWrong() {
        NoticeParser.Advice advice = advice(
                        lanes(CONTEXT).getFirst(),
                        "{\"message\": \"extraneous input 'ASC'\", \"error\": {\"type\": \"QUERY_SYNTAX_ERROR\"}}")
                .orElseThrow();

        assertNull(advice.instead());
        assertEquals("TED says: extraneous input 'ASC'", advice.words());
    }

    @Test
    void readsTheAnswersOfTheCorpus_withoutLosingANotice() throws IOException {
        Path folder = Corpus.require("sources/ted-api");
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.getFileName().toString().startsWith("search-"))
                    .sorted()
                    .toList();
        }
        var problems = new ArrayList<String>();
        for (Path file : files) {
            String json = Files.readString(file);
            Parsed parsed = parse(json);
            long expected = json.lines()
                    .filter(line -> line.contains("\"publication-number\""))
                    .count();
            if (parsed.failure() != null || parsed.notices().size() != expected) {
                problems.add(file + ": " + parsed.notices().size() + " of " + expected + ", " + parsed.failure());
            }
            for (ParsedNotice each : parsed.notices()) {
                boolean wrong =
                        each.notice().deadlines().stream().anyMatch(deadline -> !json.contains("\"" + deadline.date()));
                if (wrong) {
                    problems.add(file + ": " + each.notice().id());
                }
            }
        }
        assertEquals(List.of(), problems);
    }
}
