package coop.vigie.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import coop.vigie.fetch.Payload;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.Kind;
import coop.vigie.notice.Level;
import coop.vigie.notice.Notice;
import coop.vigie.notice.SourceId;
import coop.vigie.notice.Warning;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonListParserTest {

    private static final SourceId SOURCE = new SourceId("list");
    private static final ZoneId BRUSSELS = ZoneId.of("Europe/Brussels");

    private final JsonListParser parser = new JsonListParser();

    @Test
    void findsThings_whereThePointersSay() {
        Parsed parsed = parser.parse(
                payload("""
                {"data": {"calls": [{"nid": 5, "head": "Appel &agrave; projets", "body": "<p>Théâtre</p>", "path": "/a/5",
                  "dates": {"close": "2026-12-31"}, "org": "Ville"}]}, "links": {"next": "?page=2"}}
                """),
                context(
                        Map.of(),
                        Map.of(
                                "items",
                                "/data/calls",
                                "id",
                                "/nid",
                                "title",
                                "/head",
                                "text",
                                "/body",
                                "link",
                                "/path",
                                "deadline",
                                "/dates/close",
                                "buyer",
                                "/org",
                                "next",
                                "/links/next")));

        Notice notice = parsed.notices().getFirst().notice();
        Deadline.Dated deadline = (Deadline.Dated) notice.stated();
        assertEquals("5", notice.id().nativeId());
        assertEquals(Kind.CALL, notice.kind());
        assertEquals("Appel à projets", notice.title().original(""));
        assertEquals("Théâtre", notice.text().original(""));
        assertEquals("https://example.org/a/5", notice.url());
        assertEquals("Ville", notice.buyer());
        assertEquals(LocalDate.parse("2026-12-31"), deadline.date());
        assertEquals(Deadline.Origin.FIELD, deadline.origin());
        assertEquals(
                URI.create("https://example.org/list?page=2"),
                parsed.next().getFirst().uri());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [{"title": "a"}, {"title": "b"}]                       | a b
            {"total": 2, "results": [{"title": "a"}, {"title": "b"}]} | a b
            [{"title": "a"}, 5, {"title": ""}, {"title": "b"}]     | a b
            [{"id": 1, "title": "a"}, {"id": 1, "title": "b"}]     | a b
            [{"title": "annulé"}, {"title": "b"}]                  | b
            """)
    void findsTheOnlyList_withoutPointers(String document, String titles) {
        Parsed parsed = parser.parse(payload(document), context(Map.of(), Map.of()));

        assertNull(parsed.failure());
        assertEquals(
                titles,
                String.join(
                        " ",
                        parsed.notices().stream()
                                .map(each -> each.notice().title().original(""))
                                .toList()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a": [], "b": []}                     | a JSON document without a list, where one was expected
            <html><title>Sorry</title></html>      | an HTML page titled 'Sorry', where JSON was expected
            [{"title":                             | JSON that cannot be read beyond line 1, column 11, where JSON was expected
            """)
    void namesWhatItIsInstead(String document, String failure) {
        assertEquals(
                failure,
                parser.parse(payload(document), context(Map.of(), Map.of())).failure());
    }

    @Test
    void saysWhichPointerIsWrong() {
        String failure = parser.parse(payload("[{}]"), context(Map.of(), Map.of("title", "name")))
                .failure();

        assertEquals(true, Objects.requireNonNull(failure).startsWith("a 'select' that is no JSON Pointer"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            # what stands there                                    | what it means              | its words
            "2026-12-15T17:00:00+01:00"                            | 2026-12-15T17:00           | -
            "2026-12-15T17:00:00+01:00[Europe/Brussels]"           | 2026-12-15T17:00           | -
            "2026-12-15 à 17h"                                     | 2026-12-15T17:00           | -
            ["2026-12-15"]                                         | 2026-12-15                 | -
            ["2026-12-15", "2027-01-20"]                           | 2026-12-15?                | -
            "2026-02-30"                                           | -                          | 2026-02-30
            "0000-00-00 00:00:00"                                  | -                          | 0000-00-00 00:00:00
            "2026-12-15T17"                                        | 2026-12-15                 | -
            1797343200                                             | -                          | 1797343200
            {"date": "2026-12-15"}                                 | -                          | {"date":"2026-12-15"}
            """)
    void losesNoDeadline_whateverItsForm(String json, @Nullable String meant, @Nullable String words) {
        Parsed parsed =
                parser.parse(payload("[{\"title\": \"a\", \"deadline\": " + json + "}]"), context(Map.of(), Map.of()));

        Deadline deadline = parsed.notices().getFirst().notice().stated();
        if (deadline instanceof Deadline.Dated dated) {
            String time = dated.time() == null ? "" : "T" + dated.time();
            assertEquals(meant, dated.date() + time + (dated.doubtful() ? "?" : ""));
        } else {
            assertEquals(new Deadline.Unknown(Objects.requireNonNull(words)), deadline);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # the field                    | a doubtful date?
            "binnenkort"                   | false
            "n.v.t."                       | false
            "zie tekst"                    | false
            "30/02/2027"                   | true
            {"date": "2027-01-12"}         | true
            """)
    void readsTheText_whereTheFieldNamesNoDate(String field, boolean doubtful) {
        Parsed parsed = parser.parse(
                payload("[{\"title\": \"Oproep\", \"deadline\": " + field
                        + ", \"text\": \"Indienen kan uiterlijk op 12 januari 2027.\"}]"),
                context(Map.of(), Map.of()));

        Deadline.Dated deadline =
                (Deadline.Dated) parsed.notices().getFirst().notice().stated();
        assertEquals(LocalDate.parse("2027-01-12"), deadline.date());
        assertEquals(Deadline.Origin.TEXT, deadline.origin());
        assertEquals("Indienen kan uiterlijk op 12 januari 2027.", deadline.quote());
        assertEquals(doubtful, deadline.doubtful());
        assertEquals(
                "no whole date; what the text says counts",
                parsed.warnings().getLast().done());
    }

    @Test
    void namesThePointers_thatFindNothingInAnyItem() {
        Parsed parsed = parser.parse(
                payload("[{\"title\": \"a\", \"body\": null}, {\"title\": \"b\"}]"),
                context(Map.of(), Map.of("deadline", "/dates/close", "text", "/body", "next", "/next")));

        assertEquals(
                List.of(new Warning(SOURCE, "list", "deadline", "/dates/close", "found in none of the 2 items")),
                parsed.warnings());
    }

    @Test
    void says_whenTheNextPageIsOnAnotherHost() {
        Parsed parsed = parser.parse(
                payload("{\"items\": [{\"title\": \"a\"}], \"next\": \"https://elsewhere.example.com/2\"}"),
                context(Map.of(), Map.of("next", "/next")));

        assertEquals(List.of(), parsed.next());
        assertEquals(
                List.of(new Warning(
                        SOURCE, "list", "next", "https://elsewhere.example.com/2", "not followed to another host")),
                parsed.warnings());
    }

    @Test
    void says_whenTheNextPageIsNoAddress() {
        Parsed parsed = parser.parse(
                payload("{\"items\": [{\"title\": \"a\"}], \"next\": {\"href\": \"/2\"}}"),
                context(Map.of(), Map.of("next", "/next")));

        assertEquals(
                List.of(new Warning(SOURCE, "list", "next", "{\"href\":\"/2\"}", "not followed, as it is no address")),
                parsed.warnings());
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
