package coop.vigie.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedParserTest {

    private static final String FEED = """
            <rss version="2.0"><channel><title>Appels</title><link>https://example.org/</link>
            <item><title>Appel à projets culture</title><link>https://example.org/1?utm_source=rss&amp;id=3</link><guid>g1</guid>
            <pubDate>Thu, 01 Feb 2024 10:00:00 +0100</pubDate><description>&lt;p&gt;Date limite : 15 mars 2024 à 12h&lt;/p&gt;</description></item>
            <item><title>Oproep voor verenigingen</title><link>https://example.org/2</link><guid>g2</guid>
            <description>Dien je aanvraag in. Uiterste datum: 31 april 2024.</description></item>
            <item><link>https://example.org/concert</link><guid>%s</guid><description>Le concert aura lieu le 3 mai 2024</description></item>
            </channel></rss>
            """.formatted("g".repeat(300));

    @Test
    void readsNotices_withDeadlineLanguageAndCleanAddress() {
        Parsed parsed = parse(List.of(), List.of());

        Notice first = parsed.notices().getFirst().notice();
        Notice second = parsed.notices().get(1).notice();
        var deadline = assertInstanceOf(Deadline.Dated.class, first.stated());
        assertEquals("test:g1", first.id().toString());
        assertEquals(LocalDate.of(2024, 3, 15), deadline.date());
        assertEquals("https://example.org/1?id=3", first.url());
        assertEquals("fr", first.title().original());
        assertEquals("nl", second.title().original());
        assertEquals(Kind.CALL, first.kind());
        assertEquals(List.of("BE1"), first.places());
        assertInstanceOf(Deadline.Unknown.class, second.stated());
        assertEquals(true, second.stated().doubtful());
    }

    /** As TenderNed writes its feed. */
    @Test
    void readsAtom_whoseElementsCarryAPrefix() {
        String feed = """
                <?xml version="1.0" encoding="UTF-8"?>
                <atom:feed xmlns:atom="http://www.w3.org/2005/Atom"><atom:id>laatste</atom:id><atom:title>Laatste publicaties</atom:title>
                <atom:updated>2026-11-20T10:00:00Z</atom:updated>
                <atom:entry><atom:id>500001</atom:id><atom:title>Tentoonstelling en inrichting</atom:title>
                <atom:link rel="alternate" href="https://www.tenderned.nl/aankondigingen/overzicht/500001"/>
                <atom:author><atom:name>Gemeente Sluis</atom:name></atom:author><atom:updated>2026-11-20T10:00:00Z</atom:updated>
                <atom:summary type="text">Gemeente Sluis | Type publicatie: Aankondiging opdracht | Sluitingsdatum: 15-12-2026 12:00 | Procedure: Openbaar | CPV: 79950000-8</atom:summary>
                </atom:entry></atom:feed>
                """;
        var payload = new Payload(
                URI.create("https://example.org/feed"),
                "feed",
                feed.getBytes(StandardCharsets.UTF_8),
                "application/atom+xml");
        Parsed parsed = new FeedParser().parse(payload, CONTEXT_OF_TENDERNED);

        assertEquals(null, parsed.failure());
        Notice notice = parsed.notices().getFirst().notice();
        assertEquals("tn:500001", notice.id().toString());
        assertEquals("Tentoonstelling en inrichting", notice.title().in(List.of("nl")));
        assertEquals("https://www.tenderned.nl/aankondigingen/overzicht/500001", notice.url());
        assertEquals(Instant.parse("2026-12-15T11:00:00Z"), notice.closes());
        assertEquals(false, notice.stated().doubtful());
    }

    private static final ParseContext CONTEXT_OF_TENDERNED = new ParseContext(
            new SourceId("tn"),
            Level.FEDERAL,
            Kind.TENDER,
            List.of("nl"),
            List.of("NL"),
            ZoneId.of("Europe/Amsterdam"),
            List.of(),
            List.of(),
            SourceOptions.NONE,
            Instant.parse("2026-11-24T08:00:00Z"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            /feed.json?page=2                 | https://www.example.org/feed.json?page=2 | -
            https://elsewhere.example.com/2   | -                                        | not followed to another host
            mailto:nobody@example.org         | -                                        | not followed, as it is no web address
            https://www.example.org/feed.json | -                                        | -
            """)
    void followsTheNextPageOfAJsonFeed_orSaysWhyNot(String next, @Nullable String asked, @Nullable String done) {
        URI uri = URI.create("https://www.example.org/feed.json");
        byte[] bytes = ("{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": [], \"next_url\": \"" + next
                        + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        Parsed parsed =
                new FeedParser().parse(new Payload(uri, "feed", bytes, "application/json"), CONTEXT_OF_TENDERNED);

        assertEquals(
                asked == null ? List.of() : List.of(asked),
                parsed.next().stream().map(query -> query.uri().toString()).toList());
        assertEquals(
                done == null ? List.of() : List.of(done),
                parsed.warnings().stream().map(Warning::done).toList());
    }

    @Test
    void warnsOfMadeUpTitle_andShortensLongId() {
        Parsed parsed = parse(List.of(), List.of());

        Notice third = parsed.notices().get(2).notice();
        assertEquals("Le concert aura lieu le 3 mai 2024", third.title().in(List.of()));
        assertEquals(Deadline.UNKNOWN, third.stated());
        assertEquals(141, third.id().nativeId().length());
        assertEquals(
                List.of("title"),
                parsed.warnings().stream().map(warning -> warning.field()).toList());
    }

    @Test
    void leavesOut_whatTheSourceExcludes() {
        assertEquals(1, parse(List.of("(?i)appel"), List.of()).notices().size());
        assertEquals(2, parse(List.of(), List.of("/concert")).notices().size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Date limite : 15 mars 2024          | 2024-03-15
                    Date limite : 15 mars 2019 à 12h    | 2019-03-15
                    Date limite : 15 mars               | none
                    Date limite : 31 avril 2024         | none
                    Appel permanent                     | none
                    """)
    void readsAnUndatedItemTheSame_wheneverItIsRead(String text, String date) {
        Notice early = undated(text, "2023-01-01T00:00:00Z");
        Notice late = undated(text, "2031-12-31T23:00:00Z");

        assertEquals(early, late);
        assertEquals(
                date,
                early.stated() instanceof Deadline.Dated dated ? dated.date().toString() : "none");
        assertEquals(null, early.published());
    }

    @Test
    void doubtsAnUndatedItemsDeadline_onlyWhileItLiesYearsAhead() {
        Notice early = undated("Date limite : 15 mars 2034", "2024-02-02T00:00:00Z");
        Notice late = undated("Date limite : 15 mars 2034", "2031-04-01T00:00:00Z");

        assertEquals(
                List.of(true, false),
                List.of(early.stated().doubtful(), late.stated().doubtful()));
        assertEquals(early.title(), late.title());
        assertEquals(early.text(), late.text());
    }

    private static Notice undated(String text, String now) {
        String feed = "<rss version='2.0'><channel><item><guid>g</guid><title>Appel</title><description>" + text
                + "</description></item></channel></rss>";
        return parse(feed, List.of(), List.of(), Instant.parse(now))
                .notices()
                .getFirst()
                .notice();
    }

    private static Parsed parse(List<String> include, List<String> exclude) {
        return parse(FEED, include, exclude, Instant.parse("2024-02-02T00:00:00Z"));
    }

    private static Parsed parse(String feed, List<String> include, List<String> exclude, Instant now) {
        var context = new ParseContext(
                new SourceId("test"),
                Level.COMMUNITY,
                null,
                List.of("fr", "nl"),
                List.of("BE1"),
                ZoneId.of("Europe/Brussels"),
                include,
                exclude,
                SourceOptions.NONE,
                now);
        URI uri = URI.create("https://example.org/feed");
        return new FeedParser()
                .parse(new Payload(uri, uri.toString(), feed.getBytes(StandardCharsets.UTF_8), null), context);
    }
}
