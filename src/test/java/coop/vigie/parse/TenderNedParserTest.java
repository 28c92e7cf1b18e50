package coop.vigie.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

class TenderNedParserTest {

    private static final URI URL = URI.create("https://www.tenderned.nl/papi/tenderned-rs-tns/v2/publicaties");

    private static final String LISTED = """
            {"publicatieId": "500001", "publicatieDatum": "2026-11-20", "typePublicatie": {"code": "AAO", "omschrijving": "Aankondiging opdracht"},
             "aanbestedingNaam": "Tentoonstelling &amp; inrichting", "opdrachtgeverNaam": "Gemeente Sluis",
             "sluitingsDatum": "2026-12-15T12:00:00", "aantalDagenTotSluitingsDatum": %d,
             "publicatiecode": {"code": "EF16"}, "opdrachtBeschrijving": "Vaste opstelling.",
             "link": {"href": "https://www.tenderned.nl/aankondigingen/overzicht/500001", "title": "self"}}""";

    private static final String DETAIL = """
            {"publicatieId": 500001, "kenmerk": 611111, "aanbestedingNaam": "Tentoonstelling &amp; inrichting",
             "publicatieDatum": "2026-11-20T10:26:00.637087", "typePublicatie": "Aankondiging van een opdracht", "sluitingsDatum": "%s",
             "opdrachtBeschrijving": "Vaste opstelling, met lichtplan.", "trefwoord1": "museum", "trefwoord2": null,
             "nutsCodes": [{"code": "NL341", "omschrijving": "Zeeuwsch-Vlaanderen"}],
             "cpvCodes": [{"code": "79950000-8", "isHoofdOpdracht": true}, {"code": "?"}]}""";

    private final TenderNedParser parser = new TenderNedParser();

    @Test
    void readsWhatAListSays() {
        Notice notice = only(parse(list(1, LISTED.formatted(21))));

        assertEquals("tenderned:500001", notice.id().toString());
        assertEquals(Kind.TENDER, notice.kind());
        assertEquals(Stage.COMPETITION, notice.stage());
        assertEquals(
                Map.of("nl", "Tentoonstelling & inrichting"), notice.title().byLanguage());
        assertEquals("Vaste opstelling.", notice.text().in(List.of("nl")));
        assertEquals("Gemeente Sluis", notice.buyer());
        assertEquals(Instant.parse("2026-11-20T00:00:00Z"), notice.published());
        assertEquals(List.of(deadline(Role.TENDER, "2026-12-15", "12:00")), notice.deadlines());
        assertEquals(ZoneId.of("Europe/Amsterdam"), notice.zone());
        assertEquals(List.of("NL"), notice.places());
        assertEquals("https://www.tenderned.nl/aankondigingen/overzicht/500001", notice.url());
        assertNull(notice.procedure());
    }

    /** Else every notice would be a changed one every day. */
    @Test
    void isTheSameNotice_whenOnlyTheDaysLeftChange() {
        assertEquals(only(parse(list(1, LISTED.formatted(21)))), only(parse(list(1, LISTED.formatted(20)))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "typePublicatie": {"code": "AAO", "omschrijving": "Aankondiging opdracht"}                   | COMPETITION
            "typePublicatie": {"omschrijving": "Aankondiging opdracht"}                                  | COMPETITION
            "typePublicatie": {"code": "AGO", "omschrijving": "Aankondiging gegunde opdracht"}           | AWARD
            "typePublicatie": {"omschrijving": "Aankondiging gegunde opdracht"}                          | AWARD
            "typePublicatie": {"code": "MAC", "omschrijving": "Marktconsultatie"}                        | FORECAST
            "typePublicatie": {"omschrijving": "Vooraankondiging"}                                       | FORECAST
            "typePublicatie": {"code": "VBE", "omschrijving": "Vroegtijdige beëindiging"}                | CANCELLED
            "typePublicatie": {"omschrijving": "Rectificatie"}, "publicatiecode": {"code": "EF16"}       | CHANGE
            "typePublicatie": "Marktconsultatie", "aankondigingCode": {"code": "MAC"}                    | FORECAST
            "typePublicatie": "Onbekend", "publicatieCode": "EF29"                                       | AWARD
            "publicatieCode": "EFE1"                                                                     | FORECAST
            "formType": "consultation"                                                                   | FORECAST
            "typePublicatie": null                                                                       | COMPETITION
            """)
    void knowsWhereAProcedureStands(String members, Stage stage) {
        String publication = "{\"publicatieId\": \"1\", \"aanbestedingNaam\": \"T\", %s}".formatted(members);

        assertEquals(stage, only(parse(list(1, publication))).stage());
    }

    @Test
    void keepsTheOthers_whenOneHasNoName() {
        Parsed parsed = parse(list(3, "{}", "[]", LISTED.formatted(1)));

        assertEquals(1, parsed.notices().size());
        assertEquals(2, parsed.warnings().size());
        assertNull(parsed.failure());
    }

    // Pages

    @Test
    void asksForTheLastDays_andForWords() {
        assertEquals(
                List.of(Query.get(URI.create(URL + "?publicatieDatumVanaf=2026-11-14&page=0&size=100"))),
                parser.first(URL, context("", Map.of())));
        assertEquals(
                List.of(Query.get(URI.create(URL
                        + "?typeOpdracht=D&search=licht+en+geluid&publicatieDatumVanaf=2026-10-25&page=0&size=100"))),
                parser.first(
                        URI.create(URL + "?typeOpdracht=D&page=7"),
                        context("licht en geluid", Map.of("days", List.of("30")))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 | 100 | 101 | 1
            0 | 100 | 100 |
            1 | 1   | 101 |
            1 | 0   | 100 |
            """)
    void asksForTheNextPage_untilAllAreThere(int page, int given, int total, @Nullable Integer next) {
        String[] publications = new String[given];
        for (int i = 0; i < given; i++) {
            publications[i] = "{\"publicatieId\": \"%d\", \"aanbestedingNaam\": \"T\"}".formatted(i);
        }
        Query asked = Query.get(URI.create(URL + "?page=" + page + "&size=100"));

        Parsed parsed = parse(asked, list(total, publications));

        assertNull(parsed.failure());
        assertEquals(
                next == null ? List.of() : List.of(Query.get(URI.create(URL + "?size=100&page=" + next))),
                parsed.next());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"content": [], "totalElements": 145047}     | an answer of TenderNed's list that counts 145047 publications in 10 days: it does not understand the question
            {"content": [], "totalElements": 7}          | an answer of TenderNed's list that counts 7 publications and ends with 0 on page 0
            {"content": [], "number": 3}                 | page 3 of TenderNed's list, where page 0 was asked for
            {"content": [{"publicatieId": "1",           | an answer of TenderNed's list that breaks off or is damaged after 0 publications
            {"publicatieId": 1}                          | not an answer of TenderNed's list, which is an object with 'content'
            """)
    void saysWhatIsWrong_withAnAnswer(String answer, String failure) {
        assertEquals(
                failure,
                parse(parser.first(URL, context("", Map.of())).getFirst(), answer)
                        .failure());
    }

    // What a publication's own page adds

    @Test
    void addsWhatThePageSays() {
        ParsedNotice listed = parse(list(1, LISTED.formatted(21))).notices().getFirst();
        assertEquals(URL + "/500001", parser.page(URI.create(URL + "?size=10"), listed));

        DetailParser.Read read = page(DETAIL.formatted("2026-12-15T12:00:00"), listed);
        Notice notice = read.notice().notice();

        assertNull(read.failure());
        assertEquals(1, read.warnings().size());
        assertEquals(listed.notice().id(), notice.id());
        assertEquals(List.of("79950000"), notice.cpv());
        assertEquals(List.of("NL341"), notice.places());
        assertEquals("tenderned-611111", notice.procedure());
        assertEquals(
                "Vaste opstelling, met lichtplan.\n\nTrefwoorden: museum",
                notice.text().in(List.of("nl")));
        assertEquals("Gemeente Sluis", notice.buyer());
        assertEquals(Stage.COMPETITION, notice.stage());
        assertEquals(listed.notice().deadlines(), notice.deadlines());
        assertEquals(listed.notice().url(), notice.url());
        assertEquals(Instant.parse("2026-11-20T09:26:00Z"), notice.published());
    }

    @ParameterizedTest
    @CsvSource({"2026-12-14T12:00:00, 2026-12-14T11:00:00Z", "2026-12-16T12:00:00, 2026-12-15T11:00:00Z"})
    void keepsTheEarlierDeadline_andSaysSo_whenListAndPageDiffer(String ofPage, Instant closes) {
        DetailParser.Read read = page(
                DETAIL.formatted(ofPage),
                parse(list(1, LISTED.formatted(21))).notices().getFirst());

        assertEquals(closes, read.notice().notice().closes());
        assertTrue(read.warnings().toString().contains("the earlier one stands"), read.warnings()::toString);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"publicatieId": 7}              | the page of another publication, 7
            {"message": "not found"}         | not what TenderNed says of a publication
            <html></html>                    | not what TenderNed says of a publication
            """)
    void leavesTheListedOne_whenThePageIsSomethingElse(String page, String failure) {
        ParsedNotice listed = parse(list(1, LISTED.formatted(21))).notices().getFirst();

        DetailParser.Read read = page(page, listed);

        assertEquals(failure, read.failure());
        assertEquals(listed.notice(), read.notice().notice());
    }

    private DetailParser.Read page(String json, ParsedNotice listed) {
        var payload = new Payload(URL, "page", json.getBytes(StandardCharsets.UTF_8), "application/json");
        return parser.readPage(payload, listed, context("", Map.of()));
    }

    // Recordings

    @Test
    void readsARecordedList() throws IOException {
        Parsed parsed = parse(recording("publicaties-list-excerpt.json"));

        assertNull(parsed.failure());
        assertEquals(List.of(), parsed.warnings());
        assertEquals(2, parsed.notices().size());
        Notice first = parsed.notices().getFirst().notice();
        assertEquals("tenderned:407238", first.id().toString());
        assertEquals(
                "Vooraankondiging Challenge Battle Damage Repair", first.title().in(List.of()));
        assertEquals("Ministerie van Defensie", first.buyer());
        assertEquals(
                "Defensie bereidt zich voor. Mail: inkoop@mindef.nl",
                first.text().in(List.of()));
        assertEquals(Stage.COMPETITION, first.stage());
        assertEquals(List.of(deadline(Role.TENDER, "2026-01-20", "00:05")), first.deadlines());
        assertEquals(Instant.parse("2026-01-19T23:05:00Z"), first.closes());
        assertEquals(Instant.parse("2026-01-06T00:00:00Z"), first.published());
        assertEquals("https://www.tenderned.nl/aankondigingen/overzicht/407238", first.url());
        Notice second = parsed.notices().get(1).notice();
        assertEquals("Bedrijfsmaatschappelijk werk", second.title().in(List.of()));
        assertEquals("Technische Universiteit Delft", second.buyer());
        assertEquals(Instant.parse("2026-11-19T16:00:00Z"), second.closes());
        assertEquals("https://www.tenderned.nl/aankondigingen/overzicht/443728", second.url());
        assertEquals("", second.text().in(List.of()));
    }

    @Test
    void readsARecordedSearch() throws IOException {
        Notice notice = only(parse(recording("publicaties-list-433831-excerpt.json")));

        assertEquals("SIEM, SOC, SOAR-dienstverlening", notice.title().in(List.of()));
        assertEquals("Veiligheidsregio Noord- en Oost- Gelderland", notice.buyer());
        assertEquals(Stage.COMPETITION, notice.stage());
        assertEquals(Instant.parse("2026-09-25T10:00:00Z"), notice.closes());
        assertEquals(Instant.parse("2026-07-19T00:00:00Z"), notice.published());
    }

    @Test
    void readsARecordedConsultation() throws IOException {
        Notice notice = only(parse(recording("detail-450123.json")));

        assertEquals("tenderned:450123", notice.id().toString());
        assertEquals("Marktconsultatie Afvalinzameling", notice.title().in(List.of()));
        assertEquals("Gemeente Harderwijk", notice.buyer());
        assertEquals(
                "Voorbereiding op GFT‑inzameling bij hoogbouw & omgekeerd inzamelen.",
                notice.text().in(List.of()));
        assertEquals(Stage.FORECAST, notice.stage());
        assertEquals(
                List.of(new LotDeadline(Role.INTEREST, null, LocalDate.of(2026, 10, 15), null, null)),
                notice.deadlines());
        assertEquals(Instant.parse("2026-10-15T21:59:59Z"), notice.closes());
        assertEquals(Instant.parse("2026-09-10T08:26:00Z"), notice.published());
        assertEquals("tenderned-620011", notice.procedure());
        assertEquals("https://www.tenderned.nl/aankondigingen/overzicht/450123", notice.url());
    }

    @Test
    void joinsARecordedPage_withItsList() throws IOException {
        ParsedNotice listed =
                parse(recording("publicaties-list-excerpt.json")).notices().getFirst();

        DetailParser.Read read = page(recording("detail-407238-excerpt.json"), listed);

        assertNull(read.failure());
        Notice.Builder expected = listed.notice().toBuilder().cpv(List.of("34000000", "50600000"));
        assertEquals(expected.build(), read.notice().notice());
    }

    private static String recording(String name) throws IOException {
        return Files.readString(Corpus.require("sources/tenderned/" + name));
    }

    @Test
    void saysNothingOfADate_thatCannotBe() {
        String publication =
                "{\"publicatieId\": \"1\", \"aanbestedingNaam\": \"T\", \"sluitingsDatum\": \"2026-02-31T12:00:00\"}";
        Parsed parsed = parse(list(1, publication));

        assertEquals(new Deadline.Unknown("2026-02-31T12:00:00"), only(parsed).stated());
        assertEquals(List.of(), only(parsed).deadlines());
    }

    private static LotDeadline deadline(Role role, String date, String time) {
        return new LotDeadline(role, null, LocalDate.parse(date), LocalTime.parse(time), null);
    }

    private static String list(int total, String... publications) {
        return "{\"content\": [%s], \"totalElements\": %d, \"totalPages\": 9, \"pageable\": {\"paged\": true}}"
                .formatted(String.join(",", publications), total);
    }

    private static Notice only(Parsed parsed) {
        assertEquals(1, parsed.notices().size());
        return parsed.notices().getFirst().notice();
    }

    /** As a file would be read. */
    private Parsed parse(String answer) {
        return parse(Query.get(URI.create("file:///answers/tenderned.json")), answer);
    }

    private Parsed parse(Query asked, String answer) {
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        return parser.parse(new Payload(asked.uri(), "answer", bytes, null), asked, context("", Map.of()));
    }

    private static ParseContext context(String query, Map<String, List<String>> params) {
        return new ParseContext(
                new SourceId("tenderned"),
                Level.FEDERAL,
                null,
                List.of("nl"),
                List.of("NL"),
                ZoneId.of("Europe/Brussels"),
                List.of(),
                List.of(),
                new SourceOptions(query, params, Map.of(), Map.of()),
                Instant.parse("2026-11-24T08:00:00Z"));
    }
}
