package coop.vigie.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.fetch.Payload;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.Level;
import coop.vigie.notice.Notice;
import coop.vigie.notice.SourceId;
import coop.vigie.notice.Warning;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** List pages in the manner of the sites that Vigie watches, and what must come out of them. */
class HtmlListParserTest {

    private static final Pattern SIZE = Pattern.compile("\\([\\d,]+ bytes\\)");

    record Case(String page, URI address, Map<String, String> select, String expected) {
        @Override
        public String toString() {
            return page;
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void readsEveryFieldOfAPage(Case page) throws IOException {
        Parsed parsed = read(bytes("pages/" + page.page()), page.address(), null, page.select());

        assertEquals(page.expected(), written(parsed));
    }

    static Stream<Case> pages() throws IOException {
        return Arrays.stream(new String(bytes("pages.txt"), StandardCharsets.UTF_8).split("(?m)^=== "))
                .skip(1)
                .map(HtmlListParserTest::page);
    }

    private static Case page(String text) {
        String[] halves = text.split("(?m)^---\n", 2);
        List<String> head = halves[0].strip().lines().toList();
        var select = new LinkedHashMap<String, String>();
        head.stream().skip(1).map(line -> line.split(" = ", 2)).forEach(pair -> select.put(pair[0], pair[1]));
        String[] first = head.getFirst().split(" ");
        String expected = halves[1]
                .strip()
                .lines()
                .map(line -> line.matches("  id .*#.*") ? hashed(line) : line)
                .collect(Collectors.joining("\n"));
        return new Case(first[0], URI.create(first[1]), select, expected);
    }

    /** "#Title" stands for an id made of the title, "…#Title" for a link with it. */
    private static String hashed(String line) {
        String[] parts = line.substring("  id ".length()).split("#", 2);
        String hash = Hash.of(parts[1]);
        return "  id " + (parts[0].isEmpty() ? hash : parts[0] + "#" + hash.substring(0, 12));
    }

    private static String written(Parsed parsed) {
        var lines = parsed.notices().stream().map(each -> written(each.notice()));
        var next = parsed.next().stream().map(each -> "next " + each.uri());
        var warnings = parsed.warnings().stream().map(HtmlListParserTest::written);
        String failure = parsed.failure();
        var failed = failure == null ? Stream.<String>of() : Stream.of("failure " + failure);
        return Stream.of(lines, next, warnings, failed).flatMap(each -> each).collect(Collectors.joining("\n"));
    }

    private static String written(Notice notice) {
        String language = notice.title().languageFor(List.of()).orElse("");
        return """
                %s
                  id %s
                  url %s
                  published %s
                  deadline %s
                  %s %s""".formatted(
                notice.title().in(List.of()),
                notice.id().nativeId(),
                notice.url(),
                notice.published() == null ? "-" : notice.published(),
                written(notice.stated()),
                language,
                notice.text().in(List.of()).replace("\n", " / ")).stripTrailing();
    }

    static String written(Deadline deadline) {
        String quote = deadline.quote() == null ? "" : " \"" + deadline.quote() + "\"";
        String said =
                switch (deadline) {
                    case Deadline.Dated dated ->
                        dated.date()
                                + (dated.time() == null ? "" : " " + dated.time())
                                + " " + dated.zone() + " " + dated.origin().code();
                    case Deadline.Rolling rolling ->
                        "rolling " + rolling.origin().code();
                    case Deadline.Forecast forecast -> "forecast";
                    case Deadline.Unknown unknown -> "unknown";
                };
        return said + quote + (deadline.doubtful() ? " doubtful" : "");
    }

    private static String written(Warning warning) {
        String where = warning.position().replaceFirst("\\S+ ?", "");
        String text = "warning%s: %s%s: %s"
                .formatted(
                        where.isEmpty() ? "" : " " + where,
                        warning.field(),
                        warning.found().isEmpty() ? "" : " '" + warning.found() + "'",
                        warning.done());
        return SIZE.matcher(text).replaceAll("(SIZE)");
    }

    private static byte[] bytes(String name) throws IOException {
        try (var stream = HtmlListParserTest.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return stream.readAllBytes();
        }
    }

    static ParseContext context(Map<String, String> select, Map<String, String> detail, String... languages) {
        return new ParseContext(
                new SourceId("test"),
                Level.LOCAL,
                null,
                List.of(languages),
                List.of("BE10"),
                ZoneId.of("Europe/Brussels"),
                List.of(),
                List.of(),
                new SourceOptions("", Map.of(), select, detail),
                Instant.parse("2026-11-24T08:00:00Z"));
    }

    private static Parsed read(byte[] bytes, URI address, @Nullable String type, Map<String, String> select) {
        var payload = new Payload(address, address.toString(), bytes, type);
        return new HtmlListParser().parse(payload, context(select, Map.of(), "fr", "nl"));
    }

    private static Parsed read(String html, Map<String, String> select) {
        return read(
                html.getBytes(StandardCharsets.UTF_8),
                URI.create("https://example.org/list"),
                "text/html; charset=utf-8",
                select);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <title>Appels</title><p>Bienvenue</p>                                              | selector item '.row' matches nothing on the page titled 'Appels' (SIZE); its layout may have changed
            <title>Just a moment...</title><p>Checking your browser</p>                        | the page titled 'Just a moment...' (SIZE) is a bot challenge or a refusal, not what was asked for
            <title>Connexion</title><form><input type=password></form>                         | the page titled 'Connexion' (SIZE) asks for a password
            ''                                                                                 | an empty page (SIZE), where HTML was expected
            <?xml version="1.0"?><rss version="2.0"><channel></channel></rss>                  | an RSS feed (SIZE), where an HTML page was expected
            {"calls": []}                                                                      | a document that is no HTML (text/html; charset=utf-8, SIZE), where an HTML page was expected
            %PDF-1.4                                                                           | a PDF document (SIZE), where an HTML page was expected
            """)
    void failsInOneSentence_givenAnotherPage(String html, String sentence) {
        Parsed parsed = read(html, Map.of("item", ".row", "title", "h2"));

        assertEquals(
                sentence,
                String.valueOf(parsed.failure())
                        .replaceAll("[\\d,]+ bytes", "SIZE")
                        .replace("(SIZE)", "(SIZE)"));
        assertEquals(List.of(), parsed.notices());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Il n’y a aucun appel à projets en cours.
            Er zijn momenteel geen open oproepen.
            There are currently no open calls.
            Aucun résultat
            """)
    void warnsOnly_ifThePageSaysThatNothingIsOpen(String words) {
        Parsed parsed = read("<title>Appels</title><p>" + words + "</p>", Map.of("item", ".row", "title", "h2"));

        assertEquals(null, parsed.failure());
        assertEquals(1, parsed.warnings().size());
        assertTrue(parsed.warnings().getFirst().done().contains("which says"), parsed.warnings()::toString);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            utf-8        | text/html; charset=utf-8      | ''
            utf-8        | ''                            | ''
            utf-8        | text/html; charset=ISO-8859-1 | "<meta charset='utf-8'>"
            windows-1252 | text/html; charset=ISO-8859-1 | ''
            windows-1252 | ''                            | "<meta http-equiv='Content-Type' content='text/html; charset=iso-8859-1'>"
            windows-1252 | text/html                     | ''
            iso-8859-15  | text/html; charset=ISO-8859-15| "<meta charset='utf-8'>"
            utf-16       | text/html                     | ''
            """)
    void readsAccents_whateverTheCharset(String charset, String type, String meta) {
        String html = "<html><head>" + meta + "</head><body><li><h2>Théâtre à l'école</h2></li></body></html>";

        Parsed parsed = read(
                html.getBytes(java.nio.charset.Charset.forName(charset)),
                URI.create("https://example.org/"),
                type.isEmpty() ? null : type,
                Map.of("item", "li", "title", "h2"));

        assertEquals(
                "Théâtre à l'école",
                parsed.notices().getFirst().notice().title().in(List.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            <a rel=next href=?p=2>x</a>                                                     | https://example.org/list?p=2
            <div class=pager><a href=?p=1>1</a><b>2</b><a href=?p=3>3</a></div>             | https://example.org/list?p=3
            <div class=pager><a href=/list>»</a></div>                                      | -
            <div class=pager><a href=#next>Suivant</a></div>                                | -
            <ul class=pagination><li class=next><a href=/list/2>→</a></li></ul>             | https://example.org/list/2
            <a href=/2 aria-label='Volgende pagina'>x</a><nav class=pagination></nav>       | -
            <nav class=pagination><a href=/2 aria-label='Volgende pagina'>x</a></nav>       | https://example.org/2
            <div class=carousel><a class=next href=/2>Suivant</a></div>                     | -
            <div class=pager><a href=https://elsewhere.example.com/2>Suivant</a></div>      | -
            <p>Lire la <a href=/suite>suite</a>, le <a href=/t>théâtre suivant nos envies</a></p> | -
            <div class=pager><a class=prev href=/0>Page précédente</a></div>                | -
            """)
    void findsTheNextPage_withoutASelector(String html, String expected) {
        Parsed parsed = read("<li><h2>a</h2></li>" + html, Map.of("item", "li:has(h2)", "title", "h2"));

        assertEquals(
                expected,
                parsed.next().isEmpty() ? "-" : parsed.next().getFirst().uri().toString());
    }

    @Test
    void followsThePager_withAWarning_ifTheSelectorOfTheNextPageMatchesNothing() {
        Parsed parsed = read(
                "<title>T</title><li><h2>a</h2></li><nav class=pager><a href=?page=1>Suivant</a></nav>",
                Map.of("item", "li", "title", "h2", "next", ".gone a"));

        assertEquals(
                "https://example.org/list?page=1",
                parsed.next().getFirst().uri().toString());
        assertEquals("next", parsed.warnings().getFirst().field());
    }

    @Property(seed = "20261124", tries = 300)
    void neverThrows_whateverThePage(@ForAll byte[] bytes, @ForAll String html) {
        Map<String, String> select = Map.of("item", "*", "title", "a", "deadline", "time@datetime", "next", "a@href");
        URI address = URI.create("https://example.org/");

        read(bytes, address, null, select);
        read(("<p>" + html + "<a href='" + html + "'>x</a>").getBytes(StandardCharsets.UTF_8), address, html, select);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://e.org/a?utm_source=x&id=3                | https://e.org/a?id=3                          | https://e.org/a?id=3
            https://e.org/a/;jsessionid=1A2B?x=1             | https://e.org/a/?x=1                          | https://e.org/a?x=1
            https://e.org/a?PHPSESSID=abc                    | https://e.org/a                               | https://e.org/a
            https://e.org/a/?id=5&cHash=ab&no_cache=1#c7     | https://e.org/a/?id=5&cHash=ab&no_cache=1#c7  | https://e.org/a?id=5#c7
            https://e.org/a?sid=7                            | https://e.org/a?sid=7                         | https://e.org/a?sid=7
            https://e.org/a?sid=0123456789abcdef01234567     | https://e.org/a                               | https://e.org/a
            https://e.org/                                   | https://e.org/                                | https://e.org
            """)
    void namesAPageWithoutWhatBelongsToOneVisit(String written, String address, String identity) {
        assertEquals(address, Links.withoutTracking(written));
        assertEquals(identity, Links.identity(written));
    }
}
