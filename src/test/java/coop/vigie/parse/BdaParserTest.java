package coop.vigie.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.Corpus;
import coop.vigie.fetch.Payload;
import coop.vigie.fetch.Query;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.Kind;
import coop.vigie.notice.Level;
import coop.vigie.notice.LotDeadline;
import coop.vigie.notice.LotDeadline.Role;
import coop.vigie.notice.Notice;
import coop.vigie.notice.SourceId;
import coop.vigie.notice.Stage;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BdaParserTest {

    private static final URI URL = URI.create("https://gateway.example.org/search/publications");
    private static final ZoneId BRUSSELS = ZoneId.of("Europe/Brussels");

    private static final String PUBLICATION = """
            {"publicationWorkspaceId": "3f0c1a52-0000-4000-8000-000000000001", "procedureId": "9B7A0C11-0000-4000-8000-00000000000a",
             "noticeIds": ["11111111-0000-4000-8000-000000000001"], "noticeSubType": "16", "publicationType": "ACTIVE",
             "publicationReferenceNumbersBDA": ["X-F02_0"], "publicationReferenceNumbersTED": ["2026/S 226-00712345", "00712346-2026"],
             "tedPublished": true, "publicationLanguages": ["FR", "NL"],
             "dossier": {"titles": [{"language": "FR", "text": "Exposition &amp; scénographie"}, {"language": "NL", "text": "Tentoonstelling"}],
                         "descriptions": [{"language": "FR", "text": "<p>Un parcours</p><p>et des textes</p>"}]},
             "organisation": {"organisationId": 7, "organisationNames": [{"language": "NL", "text": "Stad"}, {"language": "FR", "text": "Ville"}]},
             "lots": [{"titles": [{"language": "FR", "text": "Exposition & scénographie"}], "descriptions": [{"language": "NL", "text": "Perceel"}]}],
             "cpvMainCode": {"code": "79950000-8"}, "cpvAdditionalCodes": [{"code": "92521000-9"}, {"code": "nine"}],
             "nutsCodes": ["BE100", "string"], "publishedAt": ["2026-11-20T10:15:30.632224", "2026-11-12T00:00:46.1"],
             "publicationDate": "2026-11-12", "vaultSubmissionDeadline": "2026-12-15T11:00:00"}""";

    private final BdaParser parser = new BdaParser();

    @Test
    void readsEveryField() {
        Parsed parsed = parse(answer(1, PUBLICATION));
        Notice notice = only(parsed);

        assertEquals("bda:3f0c1a52-0000-4000-8000-000000000001", notice.id().toString());
        assertEquals(Kind.TENDER, notice.kind());
        assertEquals(Stage.COMPETITION, notice.stage());
        assertEquals(
                Map.of("fr", "Exposition & scénographie", "nl", "Tentoonstelling"),
                notice.title().byLanguage());
        assertNull(notice.title().original());
        assertEquals(
                Map.of("fr", "Un parcours\net des textes", "nl", "Perceel"),
                notice.text().byLanguage());
        assertEquals("Ville", notice.buyer());
        assertEquals(Instant.parse("2026-11-11T23:00:46Z"), notice.published());
        assertEquals(List.of(tender("2026-12-15", "11:00")), notice.deadlines());
        assertEquals(BRUSSELS, notice.zone());
        assertEquals(List.of("79950000", "92521000"), notice.cpv());
        assertEquals(List.of("BE100"), notice.places());
        assertEquals("9b7a0c11-0000-4000-8000-00000000000a", notice.procedure());
        assertEquals(
                List.of("11111111-0000-4000-8000-000000000001", "712345-2026", "712346-2026"), notice.identifiers());
        assertEquals("712345-2026", notice.publication());
        String page = "https://www.publicprocurement.be/publication-workspaces/3f0c1a52-0000-4000-8000-000000000001";
        assertEquals(page + "/general", notice.url());
        assertEquals(page + "/documents", notice.documents());
        assertEquals(1, parsed.warnings().size());
        assertTrue(parsed.warnings().getFirst().toString().contains("nine"), parsed.warnings()::toString);
    }

    /** Belgian time, summer and winter; reading it as UTC would be an hour or two late. */
    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            2026-12-15T11:00:00,        2026-12-15T10:00:00Z
            2026-09-11T09:45:00,        2026-09-11T07:45:00Z
            2026-09-11T09:45:00.632224, 2026-09-11T07:45:00Z
            2026-09-11,                 2026-09-11T21:59:59Z
            2026-09-11T00:00:00,        2026-09-10T22:00:00Z
            2026-09-11T09:45:00Z,       2026-09-11T07:45:00Z
            2026-02-30T09:45:00,        -
            soon,                       -
            """)
    void readsDeadlinesInBelgianTime(String written, @Nullable Instant closes) {
        Notice notice = only(parse(answer(1, publication("\"vaultSubmissionDeadline\": \"" + written + "\""))));

        assertEquals(closes, notice.closes());
        if (closes == null) {
            assertEquals(new Deadline.Unknown(written), notice.stated());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            ["2026-12-15T10:00:00"]                        | 2026-12-15T09:00:00Z | -
            ["2026-12-15T10:00:00", "2027-01-15T10:00:00"] | -                    | 2026-12-15T10:00:00, 2027-01-15T10:00:00
            {"at": "2026-12-15"}                           | -                    | {"at":"2026-12-15"}
            """)
    void losesNoDeadline_whoseShapeChanged(String json, @Nullable Instant closes, @Nullable String kept) {
        Parsed parsed = parse(answer(1, publication("\"vaultSubmissionDeadline\": " + json)));
        Notice notice = parsed.notices().getFirst().notice();

        assertEquals(closes, notice.closes());
        assertEquals(kept == null ? Deadline.UNKNOWN : new Deadline.Unknown(kept), notice.stated());
        assertEquals(kept == null ? 0 : 1, parsed.warnings().size());
    }

    @Test
    void knowsNoDeadline_whereNoneIsGiven() {
        Notice notice = only(parse(answer(1, publication("\"vaultSubmissionDeadline\": null"))));

        assertEquals(Deadline.UNKNOWN, notice.deadline(Instant.EPOCH));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "noticeSubType": "4"                                            | FORECAST
            "noticeSubType": "E1"                                           | FORECAST
            "noticeSubType": "16"                                           | COMPETITION
            "noticeSubType": "e3"                                           | COMPETITION
            "noticeSubType": "29"                                           | AWARD
            "noticeSubType": "E4"                                           | AWARD
            "noticeSubType": "16", "cancelledAt": "2026-11-20T12:15:50"     | CANCELLED
            "noticeSubType": "16", "publicationType": "CANCELLED"           | CANCELLED
            "noticeSubType": "unheard"                                      | COMPETITION
            "cancelledAt": null                                             | COMPETITION
            """)
    void knowsWhereAProcedureStands(String members, Stage stage) {
        assertEquals(stage, only(parse(answer(1, publication(members)))).stage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "dossier": {"titles": []}, "lots": [{"titles": [{"language": "DE", "text": "Los"}]}] | Los                                        | 0
            "dossier": {"referenceNumber": "R-7"}                                                | R-7                                        | 1
            "dossier": null                                                                      | (sans titre / zonder titel / ohne Titel)   | 1
            """)
    void finds_orMakesUp_aTitle(String members, String title, int warnings) {
        Parsed parsed = parse(answer(1, publication(members)));

        assertEquals(title, only(parsed).title().in(List.of()));
        assertEquals(warnings, parsed.warnings().size());
    }

    @Test
    void keepsTheOthers_whenOneHasNoName() {
        Parsed parsed = parse(answer(3, "{\"dossier\": {}}", "7", PUBLICATION));

        assertEquals(1, parsed.notices().size());
        assertNull(parsed.failure());
        assertEquals(3, parsed.warnings().size());
    }

    // Pages

    @Test
    void asksForTheFirstPage_ofTheLastDays_withATrace() {
        Query query = parser.first(URL, context(Map.of())).getFirst();

        assertEquals(URI.create(URL + "?dispatchDateFrom=2026-11-14&page=1&pageSize=100"), query.uri());
        assertTrue(query.headers()
                .getOrDefault("BelGov-Trace-Id", "")
                .matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"));
        assertEquals(
                URI.create(URL + "?dispatchDateFrom=2026-10-25&page=1&pageSize=100"),
                parser.first(URL, context(Map.of("days", List.of("30"))))
                        .getFirst()
                        .uri());
    }

    @Test
    void asksForTheNextPage_untilAllAreThere() {
        Query first = parser.first(URL, context(Map.of())).getFirst();
        String[] hundred = new String[100];
        for (int i = 0; i < hundred.length; i++) {
            hundred[i] = "{\"publicationWorkspaceId\": \"w" + i + "\"}";
        }

        Parsed more = parse(first, answer(101, hundred));
        Query second = more.next().getFirst();
        Parsed last = parse(second, answer(101, PUBLICATION));

        assertEquals(100, more.notices().size());
        assertEquals(URI.create(URL + "?dispatchDateFrom=2026-11-14&pageSize=100&page=2"), second.uri());
        assertFalse(first.headers().equals(second.headers()));
        assertEquals(List.of(), last.next());
        assertNull(last.failure());
        assertEquals(List.of(), parse(first, answer(100, hundred)).next());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"totalCount": 270929, "publications": [{}]}           | an answer of the BDA's search that counts 270929 publications in 10 days: it does not understand the question
            {"totalCount": 250, "publications": [{}]}              | an answer of the BDA's search that counts 250 publications and ends with 1 on page 1
            {"totalCount": 250, "publications": []}                | an answer of the BDA's search that counts 250 publications and ends with 0 on page 1
            {"publications": [{}, {"a":                            | an answer of the BDA's search that breaks off or is damaged after 1 publications
            {"error": "no"}                                        | not an answer of the BDA's search, which is an object with 'publications'
            []                                                     | not an answer of the BDA's search, which is an object with 'publications'
            <html><title>Login</title></html>                      | an HTML page titled 'Login', where an answer of the BDA's search was expected
            """)
    void saysWhatIsWrong_withAnAnswer(String answer, String failure) {
        Parsed parsed = parse(parser.first(URL, context(Map.of())).getFirst(), answer);

        assertEquals(failure, parsed.failure());
        assertEquals(List.of(), parsed.next());
    }

    // Recordings

    @Test
    void readsARecordedPublication() throws IOException {
        Parsed parsed = parse(recording("search-publications-vito-2024-excerpt.json"));
        Notice notice = only(parsed);

        assertNull(parsed.failure());
        assertEquals(List.of(), parsed.warnings());
        assertEquals("bda:47197bd6-5b65-432f-8832-8179c70cf285", notice.id().toString());
        assertEquals(
                Map.of("nl", "Opmaak van een nieuwe website voor het APEx project"),
                notice.title().byLanguage());
        assertEquals("nl", notice.title().original());
        String text = notice.text().in(List.of("nl"));
        assertTrue(text.startsWith("Aantrekkelijke en gebruiksvriendelijke website"), text);
        assertTrue(text.endsWith("(meer specifieke info in de Technische Bepalingen)."), text);
        assertEquals(Stage.COMPETITION, notice.stage());
        assertEquals(Deadline.UNKNOWN, notice.deadline(Instant.EPOCH));
        assertEquals(Instant.parse("2024-07-02T22:00:46Z"), notice.published());
        assertEquals(List.of("72413000"), notice.cpv());
        assertEquals("455354f1-b03e-489a-8cc7-6fc2ccd7545a", notice.procedure());
        assertNull(notice.publication());
        assertNull(notice.buyer());
        assertEquals(List.of("BE"), notice.places());
    }

    /** A schema's own example: placeholders are no codes, no languages of a text and no procedure that others could share. */
    @Test
    void readsTheExampleOfTheSchema() throws IOException {
        Notice notice = only(parse(recording("search-publications-schema-example.json")));

        assertEquals("bda:string", notice.id().toString());
        assertEquals(Stage.CANCELLED, notice.stage());
        assertEquals(List.of(tender("2022-03-10", "12:15:50")), notice.deadlines());
        assertEquals(Instant.parse("2022-03-10T11:15:50Z"), notice.published());
        assertNull(notice.procedure());
        assertEquals(List.of(), notice.identifiers());
        assertEquals(List.of(), notice.cpv());
        assertEquals(List.of("BE"), notice.places());
        assertEquals("string", notice.buyer());
    }

    private static String recording(String name) throws IOException {
        return Files.readString(Corpus.require("sources/be-bda/" + name));
    }

    private static LotDeadline tender(String date, String time) {
        return new LotDeadline(Role.TENDER, null, LocalDate.parse(date), LocalTime.parse(time), null);
    }

    private static String publication(String members) {
        return "{\"publicationWorkspaceId\": \"w\", \"dossier\": {\"titles\": [{\"language\": \"FR\", \"text\": \"T\"}]}, %s}"
                .formatted(members);
    }

    private static String answer(int total, String... publications) {
        return "{\"totalCount\": %d, \"publications\": [%s]}".formatted(total, String.join(",", publications));
    }

    private static Notice only(Parsed parsed) {
        assertEquals(1, parsed.notices().size());
        return parsed.notices().getFirst().notice();
    }

    /** As a file would be read. */
    private Parsed parse(String answer) {
        return parse(Query.get(URI.create("file:///answers/bda.json")), answer);
    }

    private Parsed parse(Query asked, String answer) {
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        return parser.parse(new Payload(asked.uri(), "answer", bytes, "application/json"), asked, context(Map.of()));
    }

    private static ParseContext context(Map<String, List<String>> params) {
        return new ParseContext(
                new SourceId("bda"),
                Level.FEDERAL,
                null,
                List.of("fr", "nl"),
                List.of("BE"),
                ZoneId.of("Europe/Paris"),
                List.of(),
                List.of(),
                new SourceOptions("", params, Map.of(), Map.of()),
                Instant.parse("2026-11-24T08:00:00Z"));
    }
}
