package coop.vigie.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import coop.vigie.fetch.Payload;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.Kind;
import coop.vigie.notice.Level;
import coop.vigie.notice.Notice;
import coop.vigie.notice.SourceId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
