package coop.vigie.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.Corpus;
import coop.vigie.fetch.Payload;
import coop.vigie.notice.Kind;
import coop.vigie.notice.Level;
import coop.vigie.notice.Notice;
import coop.vigie.notice.SourceId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SitemapParserTest {

    private static final URI ADDRESS = URI.create("https://www.example.org/sitemap.xml");

    private final SitemapParser parser = new SitemapParser();

    @Test
    void givesAnAddressForEachPage_theNewestFirst() {
        Parsed parsed = parse("""
                <?xml version="1.0" encoding="UTF-8"?>
                <!-- made by hand -->
                <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
                  <url><loc>https://www.example.org/appels/</loc></url>
                  <url><loc> https://www.example.org/fr/appel-culture-2026.html?utm_source=x </loc><lastmod>2026-11-02</lastmod></url>
                  <url><lastmod>2026-11-20T10:00:00+01:00</lastmod><loc>https://www.example.org/fr/%C3%A9crire%20&amp;%20lire</loc></url>
                </urlset>
                """);

        assertNull(parsed.failure());
        assertEquals(List.of(), parsed.warnings());
        assertEquals(List.of(), parsed.next());
        assertEquals(
                List.of(
                        "Écrire & lire | https://www.example.org/fr/%C3%A9crire%20&%20lire | 2026-11-20T09:00:00Z",
                        "Appel culture 2026 | https://www.example.org/fr/appel-culture-2026.html | 2026-11-02T00:00:00Z",
                        "Appels | https://www.example.org/appels/ | null"),
                parsed.notices().stream()
                        .map(ParsedNotice::notice)
                        .map(each -> each.title().in(List.of()) + " | " + each.url() + " | " + each.published())
                        .toList());
        Notice second = parsed.notices().get(1).notice();
        assertEquals(
                "https://www.example.org/fr/appel-culture-2026.html",
                second.id().nativeId());
        assertEquals(List.of("BE1"), second.places());
    }

    @Test
    void canReadEachEntryAgain() {
        Parsed parsed = parse(urlset("""
                <url><loc>https://www.example.org/a?x=1&amp;y=2</loc><lastmod>2026-11-02</lastmod>
                  <xhtml:link rel="alternate" hreflang="nl" href="https://www.example.org/nl/a"/></url>"""));

        ParsedNotice first = parsed.notices().getFirst();
        Parsed again = parser.parse(payload(first.raw()), context());

        assertEquals(
                List.of(first.notice()),
                again.notices().stream().map(ParsedNotice::notice).toList());
    }

    @Test
    void goesOnToTheSitemapsOfAnIndex() {
        Parsed parsed = parse("""
                <sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
                  <sitemap><loc>https://www.example.org/calls-1.xml.gz</loc><lastmod>2026-11-02</lastmod></sitemap>
                  <sitemap><loc>/calls-2.xml</loc></sitemap>
                  <sitemap><loc>mailto:x@example.org</loc></sitemap>
                </sitemapindex>""");

        assertEquals(
                List.of("https://www.example.org/calls-1.xml.gz", "https://www.example.org/calls-2.xml"),
                parsed.next().stream().map(query -> query.uri().toString()).toList());
        assertEquals(List.of(), parsed.notices());
        assertEquals(1, parsed.warnings().size());
    }

    @Test
    void takesTheAddressOfThePage_andNotThatOfAnImage() {
        Parsed parsed = parse("""
                <sit:urlset xmlns:sit="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
                  <sit:url><image:image><image:loc>https://www.example.org/a.jpg</image:loc></image:image>
                    <image:loc>https://www.example.org/b.jpg</image:loc>
                    <sit:loc>https://www.example.org/a</sit:loc></sit:url>
                </sit:urlset>""");

        assertEquals(List.of("https://www.example.org/a"), addresses(parsed));
    }

    @Test
    void tellsTranslationsOfEachOther_byOneKey() {
        String links = """
                <xhtml:link rel="alternate" hreflang="fr-be" href="https://www.example.org/fr/a"/>
                <xhtml:link rel="alternate" hreflang="nl" href="https://www.example.org/nl/a"/>
                <xhtml:link rel="alternate" hreflang="x-default" href="https://www.example.org/"/>""";
        Parsed parsed = parse(urlset("""
                <url><loc>https://www.example.org/fr/a</loc>%1$s</url>
                <url><loc>https://www.example.org/nl/a</loc>%1$s</url>
                <url><loc>https://www.example.org/nl/b</loc>
                  <xhtml:link rel="alternate" hreflang="fr" href="https://www.example.org/fr/a"/></url>
                <url><loc>https://www.example.org/fr/c</loc></url>""".formatted(links)));

        List<Notice> pages = parsed.notices().stream().map(ParsedNotice::notice).toList();
        assertNotNull(pages.get(0).procedure());
        assertEquals(pages.get(0).procedure(), pages.get(1).procedure());
        assertFalse(pages.get(0).procedure().equals(pages.get(2).procedure()), "who is not named in return is another");
        assertNull(pages.get(3).procedure());
        assertEquals("nl", pages.get(1).title().original());
    }

    @Test
    void asksOnlyForWhatIsWanted_judgedByAddress() {
        var context = context(List.of("/fr/appel", "/open-call/"), List.of("archief"));

        Parsed parsed = parser.parse(
                payload(urlset(Stream.of("/fr/appel-1", "/nl/open-call/2", "/nl/open-call/archief", "/contact")
                                .map(path -> "<url><loc>https://www.example.org" + path + "</loc></url>")
                                .reduce("", String::concat))
                        .getBytes(StandardCharsets.UTF_8)),
                context);

        assertEquals(
                List.of("https://www.example.org/fr/appel-1", "https://www.example.org/nl/open-call/2"),
                addresses(parsed));
    }

    @Test
    void understandsWhatSitesWriteWrongly() {
        Parsed parsed = parse("\uFEFF\n" + urlset("""
                <url><loc>https://www.example.org/a?x=1&y=2&nbsp=3</loc><lastmod>soon</lastmod></url>
                <url><loc>https://www.example.org/b\u0001</loc><undeclared:thing/></url>
                <url><loc></loc></url>
                <url><loc>ftp://www.example.org/c</loc></url>
                <url><loc>https://www.example.org/a?x=1&amp;y=2&amp;nbsp=3</loc></url>"""));

        assertNull(parsed.failure());
        assertEquals(
                List.of("https://www.example.org/a?x=1&y=2&nbsp=3", "https://www.example.org/b"), addresses(parsed));
        assertEquals(
                List.of("loc", "loc", "lastmod"),
                parsed.warnings().stream().map(warning -> warning.field()).toList());
    }

    @Test
    void keepsWhatCameBefore_whenItBreaksOff() {
        String whole = urlset("""
                <url><loc>https://www.example.org/a</loc></url>
                <url><loc>https://www.example.org/b</loc></url>""");

        Parsed parsed = parse("<?xml version='1.0'?>\n" + whole.substring(0, whole.indexOf("/b<")));

        assertEquals(List.of("https://www.example.org/a"), addresses(parsed));
        assertTrue(String.valueOf(parsed.failure()).contains("cannot be read beyond line 4"), parsed.failure());
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "ISO-8859-1"})
    void readsAPlainListOfAddresses(String charset) {
        Parsed parsed = parser.parse(
                payload("https://www.example.org/a\r\n\r\n  https://www.example.org/b\nhttps://www.example.org/a\n"
                        .getBytes(Charset.forName(charset))),
                context());

        assertEquals(List.of("https://www.example.org/a", "https://www.example.org/b"), addresses(parsed));
    }

    @Test
    void readsAFeedInTheStead_andWhatIsCompressedWithoutSayingSo() throws IOException {
        Parsed parsed = parse("""
                <rss version="2.0"><channel><title>x</title><item><title>Appel</title><link>https://www.example.org/a</link>
                <pubDate>Mon, 02 Nov 2026 10:00:00 GMT</pubDate></item></channel></rss>""");
        assertEquals(List.of("https://www.example.org/a"), addresses(parsed));
        assertEquals(
                Instant.parse("2026-11-02T10:00:00Z"),
                parsed.notices().getFirst().notice().published());

        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(urlset("<url><loc>https://www.example.org/z</loc></url>").getBytes(StandardCharsets.UTF_8));
        }
        assertEquals(
                List.of("https://www.example.org/z"), addresses(parser.parse(payload(bytes.toByteArray()), context())));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <html><head><title>Oops</title></head></html> | HTML page
            <!DOCTYPE html><html lang="fr"></html>        | HTML page
            <other/>                                      | an XML document of type other
            ''                                            | an empty document
            <                                             | neither XML nor
            Too many requests                             | neither XML nor
            """)
    void saysWhatItIs_whenItIsNoSitemap(String text, String expected) {
        Parsed parsed = parse(text);

        assertEquals(List.of(), parsed.notices());
        assertTrue(String.valueOf(parsed.failure()).contains(expected), parsed.failure());
    }

    @Test
    void isNotMovedByADocumentType() {
        Parsed parsed = parse("""
                <?xml version="1.0"?>
                <!DOCTYPE urlset [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "&x;&x;">]>
                """ + urlset("<url><loc>https://www.example.org/&y;</loc></url>"));

        assertEquals(List.of("https://www.example.org/&y;"), addresses(parsed));
    }

    @Property(seed = "20261124", tries = 200)
    void neverThrows_whereverItIsCutOrFlipped(@ForAll @IntRange(max = 2_000) int at, @ForAll byte flipped) {
        byte[] bytes = urlset("""
                <url><loc>https://www.example.org/a?x=1&amp;y=2</loc><lastmod>2026-11-02</lastmod>
                  <xhtml:link rel="alternate" hreflang="nl" href="https://www.example.org/nl/a"/></url>
                <url><loc><![CDATA[https://www.example.org/b]]></loc></url>""").getBytes(StandardCharsets.UTF_8);
        bytes[at % bytes.length] = flipped;

        assertNotNull(parser.parse(payload(bytes), context()));
        assertNotNull(parser.parse(payload(java.util.Arrays.copyOf(bytes, at % bytes.length)), context()));
    }

    @Test
    void readsTheThirdPartySuite() throws IOException {
        Path folder = Corpus.require("sitemaps/crawler-commons");
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                if (file.toString().endsWith(".gz")) {
                    bytes = new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
                }
                if (!file.getFileName().toString().matches("(?i)(license|copying).*")) {
                    Parsed parsed = parser.parse(payload(bytes), context());
                    assertFalse(parsed.notices().isEmpty() && parsed.next().isEmpty(), file + ": " + parsed);
                }
            }
        }
    }

    @Test
    void survivesTheThirdPartyAttacks() throws IOException {
        Path folder = Corpus.require("xml-attacks");
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                assertTimeoutPreemptively(
                        Duration.ofSeconds(2), () -> parser.parse(payload(bytes), context()), file.toString());
            }
        }
    }

    private static String urlset(String entries) {
        return """
                <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
                %s
                </urlset>""".formatted(entries);
    }

    private Parsed parse(String text) {
        return parser.parse(payload(text.getBytes(StandardCharsets.UTF_8)), context());
    }

    private static List<String> addresses(Parsed parsed) {
        return parsed.notices().stream()
                .map(each -> String.valueOf(each.notice().url()))
                .toList();
    }

    private static Payload payload(byte[] bytes) {
        return new Payload(ADDRESS, "sitemap.xml", bytes, null);
    }

    private static ParseContext context() {
        return context(List.of(), List.of());
    }

    private static ParseContext context(List<String> include, List<String> exclude) {
        return new ParseContext(
                new SourceId("site"),
                Level.REGIONAL,
                Kind.CALL,
                List.of("fr", "nl"),
                List.of("BE1"),
                ZoneId.of("Europe/Brussels"),
                include,
                exclude,
                SourceOptions.NONE,
                Instant.parse("2026-11-24T08:00:00Z"));
    }
}
