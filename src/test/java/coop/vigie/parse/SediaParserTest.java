package coop.vigie.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.Corpus;
import coop.vigie.fetch.Payload;
import coop.vigie.fetch.Query;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.Kind;
import coop.vigie.notice.Level;
import coop.vigie.notice.LocalText;
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
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SediaParserTest {

    private static final URI API = URI.create("https://api.example.org/search?apiKey=KEY");
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    private static final String TOPIC_PAGE =
            "https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities/";

    private final SediaParser parser = new SediaParser();

    private static ParseContext context(List<String> languages, SourceOptions options, Instant now) {
        return new ParseContext(
                new SourceId("eu"),
                Level.EUROPEAN,
                null,
                languages,
                List.of(),
                ZoneId.of("Europe/Brussels"),
                List.of(),
                List.of(),
                options,
                now);
    }

    private static ParseContext context() {
        return context(List.of("en"), SourceOptions.NONE, NOW);
    }

    private static Payload payload(String json) {
        return new Payload(API, "answer", json.getBytes(StandardCharsets.UTF_8), "application/json");
    }

    private Parsed parse(String... hits) {
        return parser.parse(payload("{\"results\": [" + String.join(",", hits) + "]}"), context());
    }

    private Notice one(String hit) {
        Parsed parsed = parse(hit);
        assertNull(parsed.failure());
        assertEquals(1, parsed.notices().size(), parsed::toString);
        return parsed.notices().getFirst().notice();
    }

    /** Members as {@code name: value | value}. */
    private static String hit(String language, String... members) {
        String metadata = Arrays.stream(members)
                .map(member -> member.split(": ", 2))
                .map(member -> "\"%s\": [%s]"
                        .formatted(
                                member[0],
                                Arrays.stream(member[1].split(" \\| "))
                                        .map(value -> "\"" + value.replace("\"", "\\\"") + "\"")
                                        .collect(Collectors.joining(", "))))
                .collect(Collectors.joining(", "));
        return "{\"reference\": \"501TOPICS%1$s\", \"language\": \"%1$s\", \"metadata\": {%2$s}}"
                .formatted(language, metadata);
    }

    private static LotDeadline day(Role role, String date) {
        return new LotDeadline(role, null, LocalDate.parse(date), null, null);
    }

    @Test
    void readsEveryFieldOfATopic() {
        Notice notice = one(hit(
                "en",
                "type: 1",
                "identifier: CREA-CULT-2027-COOP-1",
                "title: European cooperation &amp; scale",
                "callTitle: European cooperation projects",
                "callIdentifier: CREA-CULT-2027-COOP",
                "status: 31094502",
                "startDate: 2026-10-01T00:00:00.000+0000",
                "deadlineDate: 2027-03-05T00:00:00.000+0000",
                "deadlineModel: single-stage",
                "typesOfAction: CREA Project Grants",
                "keywords: theatre | networks",
                "descriptionByte: <p>Expected <b>impact</b>:</p><p>More stages.</p>",
                "url: https://portal.example.org/data/topicDetails/CREA-CULT-2027-COOP-1.json",
                "budgetOverview: {\"budgetTopicActionMap\":{\"7\":[{\"action\":\"CREA-CULT-2027-COOP-1 - CREA-PJG\","
                        + "\"minContribution\":0,\"maxContribution\":200000},{\"action\":\"CREA-CULT-2027-COOP-10 - CREA-PJG\","
                        + "\"maxContribution\":2000000}]}}"));

        assertEquals("eu:CREA-CULT-2027-COOP-1", notice.id().toString());
        assertEquals(Kind.CALL, notice.kind());
        assertEquals(Level.EUROPEAN, notice.level());
        assertEquals(Stage.COMPETITION, notice.stage());
        assertEquals(LocalText.of("en", "European cooperation & scale"), notice.title());
        assertEquals(
                LocalText.of(
                        "en",
                        "European cooperation projects\n\nExpected impact:\nMore stages.\n\nCREA Project Grants, theatre, networks"),
                notice.text());
        assertEquals(Instant.parse("2026-10-01T00:00:00Z"), notice.published());
        assertEquals(List.of(day(Role.TENDER, "2027-03-05")), notice.deadlines());
        assertEquals(Instant.parse("2027-03-05T22:59:59Z"), notice.closes());
        assertEquals(new Money(new BigDecimal(200_000), "EUR"), notice.value());
        assertEquals(TOPIC_PAGE + "topic-details/CREA-CULT-2027-COOP-1", notice.url());
        assertEquals("CREA-CULT-2027-COOP-1", notice.publication());
    }

    @Test
    void isOneNotice_inAllItsLanguages() {
        Parsed parsed = parse(
                hit("fr", "identifier: A-1", "title: Réseaux", "status: 31094502", "language: fr"),
                hit("en", "identifier: B-1", "title: Stages"),
                hit("en", "identifier: A-1", "title: Networks", "deadlineDate: 2027-01-15"),
                hit("nl", "identifier: A-1", "title: Netwerken"));

        assertEquals(2, parsed.notices().size());
        Notice merged = parsed.notices().getFirst().notice();
        assertEquals(new LocalText(Map.of("fr", "Réseaux", "en", "Networks", "nl", "Netwerken"), "en"), merged.title());
        assertEquals(List.of(day(Role.TENDER, "2027-01-15")), merged.deadlines());
    }

    @Test
    void readsItsOwnRawBytesAgain() {
        Parsed parsed = parse(
                hit("fr", "identifier: A-1", "title: Réseaux"),
                hit("en", "identifier: A-1", "title: Networks"),
                hit("en", "identifier: B-1", "title: Stages"));

        for (ParsedNotice each : parsed.notices()) {
            Parsed again = parser.parse(new Payload(API, "raw", each.raw(), each.rawType()), context());
            assertEquals(
                    List.of(each.notice()),
                    again.notices().stream().map(ParsedNotice::notice).toList());
        }
    }

    @Test
    void holdsEveryCutOff_whetherListedOrRepeated() {
        Parsed parsed = parse(
                hit("en", "identifier: A-1", "title: A", "status: 31094502", "deadlineDate: 2026-06-01 | 2026-12-10"),
                hit(
                        "en",
                        "identifier: A-1",
                        "title: A",
                        "status: 31094502",
                        "deadlineDate: 2027-05-04T00:00:00.000+0000",
                        "actions: [{\"deadlineDates\": [\"2027-11-09\", \"2026-12-10\"]}]"));

        Notice notice = parsed.notices().getFirst().notice();
        assertEquals(
                List.of("2026-06-01", "2026-12-10", "2027-05-04", "2027-11-09"),
                notice.deadlines().stream().map(each -> each.date().toString()).toList());
        assertEquals(LocalDate.parse("2026-12-10"), ((Deadline.Dated) notice.deadline(NOW)).date());
    }

    @Test
    void closesWithTheFirstStage_ofTwo() {
        Notice notice = one(hit(
                "en",
                "identifier: A-1",
                "title: A",
                "deadlineModel: two-stage",
                "deadlineDate: 2027-09-14 | 2027-02-02"));

        assertEquals(List.of(day(Role.TENDER, "2027-02-02"), day(Role.OTHER, "2027-09-14")), notice.deadlines());
        assertEquals(Instant.parse("2027-02-02T22:59:59Z"), notice.closes());
    }

    @ParameterizedTest(name = "{0} with {1}")
    @CsvSource(delimiter = ';', textBlock = """
            31094501    ; 2027-09-21            ; FORECAST    ; 2027-09-21 ; open
            Forthcoming ; 2024-01-09            ; FORECAST    ;            ; forecast
            31094502    ; 2027-09-21            ; COMPETITION ; 2027-09-21 ; open
            Ongoing     ; 2027-01-15            ; COMPETITION ; 2027-01-15 ; open
            31094502    ; 2024-01-09            ; COMPETITION ;            ; rolling
            31094502    ; 2026-11-23            ; COMPETITION ; 2026-11-23 ; closed
            31094502    ; 2024-01-09 | 2026-11-24 ; COMPETITION ; 2024-01-09 2026-11-24 ; open
            31094503    ; 2026-11-20            ; COMPETITION ; 2026-11-20 ; closed
            31094503    ; 2026-11-20 | 2027-05-04 ; COMPETITION ; 2026-11-20 ; closed
            31094503    ; 2027-05-04            ; CANCELLED   ; 2027-05-04 ; open
            31094503    ;                       ; AWARD       ;            ; unknown
            31094502    ;                       ; COMPETITION ;            ; unknown
            something   ; 2027-05-04            ; COMPETITION ; 2027-05-04 ; open
            """)
    void believesTheStatusBeforeTheDate(
            String status, @Nullable String dates, Stage stage, @Nullable String read, String state) {
        Notice notice = dates == null
                ? one(hit("en", "identifier: A-1", "title: A", "status: " + status))
                : one(hit("en", "identifier: A-1", "title: A", "status: " + status, "deadlineDate: " + dates));

        assertEquals(stage, notice.stage());
        assertEquals(
                read == null ? "" : read,
                notice.deadlines().stream().map(each -> each.date().toString()).collect(Collectors.joining(" ")));
        assertEquals(state, notice.deadline(NOW).state(NOW).code());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            2027-09-21T00:00:00.000+0000  | 2027-09-21 | -     | 0
            2027-09-21T00:00:00.000+0100  | 2027-09-21 | -     | 0
            2027-06-20T22:00:00.000+0000  | 2027-06-21 | -     | 0
            2027-01-20T23:00:00.000Z      | 2027-01-21 | -     | 0
            2027-01-20                    | 2027-01-20 | -     | 0
            20 January 2027               | 2027-01-20 | -     | 0
            2027-01-20T17:00:00.000+0100  | 2027-01-20 | 17:00 | 0
            2027-01-20T17:00:00.000+0000  | 2027-01-20 | 17:00 | 1
            2027-02-30T00:00:00.000+0000  | -          | -     | 1
            soon                          | -          | -     | 1
            0027-01-20                    | -          | -     | 1
            """)
    void readsDatesAsDaysInBrussels(String written, @Nullable LocalDate date, @Nullable LocalTime time, int warnings) {
        Parsed parsed = parse(hit("en", "identifier: A-1", "title: A", "status: 31094502", "deadlineDate: " + written));

        Notice notice = parsed.notices().getFirst().notice();
        assertEquals(warnings, parsed.warnings().size(), parsed.warnings()::toString);
        if (date == null) {
            assertEquals(List.of(), notice.deadlines());
            assertEquals(new Deadline.Unknown(written), notice.stated());
        } else {
            assertEquals(date, notice.deadlines().getFirst().date());
            assertEquals(time, notice.deadlines().getFirst().time());
        }
    }

    @Test
    void keepsACascadeCallApart_fromTheTopicWhoseIdentifierItCarries() {
        Parsed parsed = parse(
                hit("en", "type: 1", "identifier: CREA-1", "title: Touring"),
                hit(
                        "en",
                        "type: 8",
                        "identifier: CREA-1",
                        "callccm2Id: 4711",
                        "callTitle: Open call for companies",
                        "title: Touring",
                        "description: <p>Grants for <i>tours</i></p>"));

        Notice cascade = parsed.notices().getLast().notice();
        assertEquals(
                List.of("CREA-1", "4711"),
                parsed.notices().stream()
                        .map(each -> each.notice().id().nativeId())
                        .toList());
        assertEquals("Open call for companies", cascade.title().original(""));
        assertTrue(cascade.text().original("").contains("Grants for tours"));
        assertEquals(TOPIC_PAGE + "competitive-calls-cs/4711", cascade.url());
    }

    @Test
    void isNamedByItsReference_withoutTheLanguage_whenItHasNoIdentifier() {
        Notice notice = one("""
                {"summary": "A summary", "reference": "43108390101202507mt",
                 "metadata": {"identifier": null, "title": null, "callTitle": null, "status": ["Ongoing"], "actions": null}}
                """);

        assertEquals("43108390101202507", notice.id().nativeId());
        assertEquals(LocalText.of("mt", "A summary"), notice.title());
        assertEquals(Deadline.UNKNOWN, notice.deadline(NOW));
        assertNull(notice.url());
    }

    @Test
    void losesOnlyTheHitThatIsBroken() {
        Parsed parsed = parse(
                "{\"metadata\": {}}",
                "7",
                hit("en", "identifier: A-1", "title: A", "actions: [{", "budgetOverview: nonsense"));

        assertEquals(1, parsed.notices().size());
        assertEquals(4, parsed.warnings().size(), parsed.warnings()::toString);
        assertNull(parsed.failure());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <html><title>Down</title></html>    | an HTML page
            ''                                  | an empty document
            {"status": 500}                     | without 'results'
            "words"                             | neither an object nor a list
            {"results": [{"metadata": {"ident   | breaks off
            """)
    void saysWhatTheAnswerIsInstead(String answer, String words) {
        Parsed parsed = parser.parse(payload(answer), context());

        assertNotNull(parsed.failure());
        assertTrue(parsed.failure().contains(words), parsed.failure());
        assertEquals(List.of(), parsed.notices());
    }

    @Test
    void neverThrows_whateverStandsInAnyPlace() {
        String hit = hit(
                "en",
                "type: 1",
                "identifier: A-1",
                "title: A",
                "status: 31094502",
                "startDate: 2026-10-01T00:00:00.000+0000",
                "deadlineDate: 2027-03-05T00:00:00.000+0000",
                "keywords: theatre");

        OddValues.in("{\"totalResults\": 1, \"results\": [" + hit + "]}", odd -> parser.parse(payload(odd), context()));
        OddValues.in(
                "[{\"status\": {\"id\": 31094502}, \"submissionProcedure\": {\"abbreviation\": \"two-stage\"}, \"deadlineDates\": [\"2027-03-05\"]}]",
                odd -> parse(hit("en", "identifier: A-1", "actions: " + odd.replace("\\", "\\\\"))));
        OddValues.in(
                "{\"budgetTopicActionMap\": {\"7\": [{\"action\": \"A-1 - X\", \"maxContribution\": 5, \"deadlineDates\": [\"2027-03-05\"]}]}}",
                odd -> parse(hit("en", "identifier: A-1", "budgetOverview: " + odd.replace("\\", "\\\\"))));
    }

    // Asking

    private Query first(List<String> languages, String query, Map<String, List<String>> params) {
        return parser.first(API, context(languages, new SourceOptions(query, params, Map.of(), Map.of()), NOW))
                .getFirst();
    }

    @Test
    void asksInPartsThatEachSayTheyAreJson() {
        Query query = first(List.of("en", "fr"), "", Map.of("programme", List.of("crea", "43353764")));

        assertEquals(API + "&text=***&pageSize=100&pageNumber=1", query.uri().toString());
        Query.Post post = query.post();
        assertNotNull(post);
        String boundary = post.contentType().replaceFirst("multipart/form-data; boundary=", "");
        String expected = """
                --BOUNDARY
                Content-Disposition: form-data; name="query"; filename="blob"
                Content-Type: application/json

                {"bool":{"must":[{"terms":{"type":["1","2","8"]}},{"terms":{"status":["31094501","31094502"]}},\
                {"terms":{"frameworkProgramme":["43251814","43353764"]}}]}}
                --BOUNDARY
                Content-Disposition: form-data; name="languages"; filename="blob"
                Content-Type: application/json

                ["en"]
                --BOUNDARY
                Content-Disposition: form-data; name="sort"; filename="blob"
                Content-Type: application/json

                {"order":"DESC","field":"startDate"}
                --BOUNDARY--
                """;
        assertEquals(expected.replace("BOUNDARY", boundary).replace("\n", "\r\n"), post.body());
    }

    @Test
    void asksForWordsAndAnotherLanguage_whenTheSourceSaysSo() {
        Query query = first(List.of("fr"), "arts & crafts", Map.of("status", List.of("closed"), "types", List.of("8")));

        assertTrue(query.uri().toString().contains("&text=arts%20%26%20crafts&"), query.uri()::toString);
        assertTrue(query.post() != null && query.post().body().contains("[\"fr\"]"));
        assertTrue(query.post() != null && query.post().body().contains("[\"31094503\"]"));
    }

    @Test
    void readsAFileAsItIs() {
        URI file = URI.create("file:/answers/page.json");

        assertEquals(List.of(Query.get(file)), parser.first(file, context()));
    }

    private Parsed page(int number, int hits, String counts) {
        Query asked =
                SediaQuestion.page(first(List.of("en"), "", Map.of()), number).orElseThrow();
        var all = new StringBuilder();
        for (int i = 0; i < hits; i++) {
            all.append(i == 0 ? "" : ",").append(hit("en", "identifier: A-" + number + "-" + i, "title: A"));
        }
        return parser.parse(payload("{%s, \"results\": [%s]}".formatted(counts, all)), asked, context());
    }

    @ParameterizedTest(name = "page {0} with {1} of {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            1 | 100 | "totalResults": 250                  | 2 | -
            3 | 50  | "totalResults": 250                  | - | -
            1 | 0   | "totalResults": 0                    | - | -
            1 | 50  | "totalResults": 250, "pageSize": 50  | 2 | -
            2 | 99  | "totalResults": 250                  | - | page 2 gives 99 in place of 100
            3 | 0   | "totalResults": 250                  | - | page 3 gives 0 in place of 50
            1 | 3   | "pageNumber": 1                      | - | without a count
            1 | 100 | "totalResults": 1234567              | - | was not understood
            """)
    void goesOnAsFarAsTheCountSays(
            int number, int hits, String counts, @Nullable Integer next, @Nullable String failure) {
        Parsed parsed = page(number, hits, counts);

        if (failure == null) {
            assertNull(parsed.failure());
        } else {
            assertNotNull(parsed.failure());
            assertTrue(parsed.failure().contains(failure), parsed.failure());
        }
        assertEquals(
                next == null ? List.of() : List.of(next.longValue()),
                parsed.next().stream().map(SediaQuestion::number).toList());
        assertEquals(counts.contains("1234567") ? 0 : hits, parsed.notices().size());
    }

    // Recordings

    private Parsed recorded(String name, String now) throws IOException {
        byte[] bytes = Files.readAllBytes(Corpus.require("sources/sedia/" + name));
        return parser.parse(
                new Payload(URI.create("file:/recorded.json"), name, bytes, null),
                context(List.of("en"), SourceOptions.NONE, Instant.parse(now)));
    }

    @Test
    void readsRecordedHits() throws IOException {
        Parsed parsed = recorded("search-es-2-results-excerpt.json", "2026-07-10T08:00:00Z");

        assertNull(parsed.failure());
        assertEquals(List.of(), parsed.warnings());
        Notice forthcoming = parsed.notices().get(0).notice();
        assertEquals("HORIZON-MISS-2027-02-CANCER-02", forthcoming.id().nativeId());
        assertEquals(Stage.FORECAST, forthcoming.stage());
        assertEquals(List.of("es"), List.copyOf(forthcoming.title().byLanguage().keySet()));
        assertEquals(List.of(day(Role.TENDER, "2027-09-21")), forthcoming.deadlines());
        assertEquals(new Money(new BigDecimal(10_000_000), "EUR"), forthcoming.value());
        assertEquals(TOPIC_PAGE + "topic-details/HORIZON-MISS-2027-02-CANCER-02", forthcoming.url());
        assertNull(forthcoming.published());
        assertTrue(forthcoming.text().original("").startsWith("Apoyo a la ejecución de la Misión contra el Cáncer"));
        Notice elder = parsed.notices().get(1).notice();
        assertEquals("EU4H-2024-PJ-03-5", elder.id().nativeId());
        assertEquals(List.of(day(Role.TENDER, "2025-01-22")), elder.deadlines());
        assertEquals(TOPIC_PAGE + "topic-details/EU4H-2024-PJ-03-5", elder.url());
    }

    @Test
    void readsRecordedOddities() throws IOException {
        Parsed parsed = recorded("trimmed-probes-2026-10-10.json", "2026-10-10T08:00:00Z");

        assertNull(parsed.failure());
        assertEquals(List.of(), parsed.warnings());
        List<Notice> notices =
                parsed.notices().stream().map(ParsedNotice::notice).toList();
        Instant now = Instant.parse("2026-10-10T08:00:00Z");
        assertEquals(
                List.of("ERC-StG-2015", "43108390101202507", "CREA-CULT-2026-NET"),
                notices.stream().map(each -> each.id().nativeId()).toList());
        assertEquals(
                List.of("closed", "unknown", "open"),
                notices.stream()
                        .map(each -> each.deadline(now).state(now).code())
                        .toList());
        assertEquals(
                List.of(
                        "Call for proposals for ERC Starting Grant",
                        "MSCA-GLOPOL: MSCA Global Cooperation: Policy Enhancement",
                        "Creative Europe — European Networks of cultural organisations"),
                notices.stream().map(each -> each.title().original("")).toList());
        assertEquals(
                LocalDate.parse("2015-02-03"),
                notices.getFirst().deadlines().getFirst().date());
        assertEquals(
                LocalDate.parse("2027-01-15"),
                notices.getLast().deadlines().getFirst().date());
        assertEquals(Instant.parse("2025-06-01T00:00:00Z"), notices.get(1).published());
    }

    @ParameterizedTest
    @ValueSource(strings = {"search-es-2-results-excerpt.json", "trimmed-probes-2026-10-10.json"})
    void neverThrows_whereverARecordingBreaksOff(String name) throws IOException {
        byte[] whole = Files.readAllBytes(Corpus.require("sources/sedia/" + name));

        for (int length = 0; length < whole.length - 3; length += 37) {
            Parsed parsed = parser.parse(new Payload(API, name, Arrays.copyOf(whole, length), null), context());
            assertNotNull(parsed.failure(), "at " + length);
        }
    }
}
