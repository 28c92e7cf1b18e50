package coop.vigie.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.notice.Sign;
import coop.vigie.text.CleanHtml;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeedReaderTest {

    private static final URI BASE = URI.create("https://example.org/feed.xml");

    private static final String RSS = """
            <?xml version="1.0" encoding="UTF-8"?>
            <rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
            <title>Appels &amp; projets</title><link>https://example.org/</link><language>fr-be</language>
            <item><title>Appel &lt;b&gt;culture&lt;/b&gt;</title><link>/appel/1</link><guid isPermaLink="false">a-1</guid>
            <pubDate>ven., 01 mars 2024 10:00:00 +0100</pubDate><description>&lt;p&gt;D&amp;eacute;poser&lt;/p&gt;</description>
            <dc:creator>Service culture</dc:creator><category>arts</category></item>
            <item><description>Un texte sans titre</description><enclosure url="https://example.org/b.pdf" type="application/pdf"/></item>
            </channel></rss>
            """;

    @Test
    void readsRss_withRelativeLinksAndMadeUpTitle() {
        Feed feed = read(RSS);

        FeedItem first = feed.items().getFirst();
        FeedItem second = feed.items().get(1);
        assertEquals("Appels & projets", feed.title());
        assertEquals("fr", feed.language());
        assertEquals(
                List.of("a-1", "Appel culture", "https://example.org/appel/1"),
                List.of(first.id(), first.title(), String.valueOf(first.link())));
        assertEquals(Instant.parse("2024-03-01T09:00:00Z"), first.published());
        assertEquals("Service culture", first.author());
        assertEquals(List.of("arts"), first.categories());
        assertEquals("Un texte sans titre", second.title());
        assertTrue(second.titleMadeUp());
        assertEquals("https://example.org/b.pdf", second.link());
        assertNull(second.published());
        assertNull(feed.failure());
    }

    @Test
    void readsAtom_withXmlBaseAndTypes() {
        Feed feed = read("""
                <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="nl" xml:base="https://example.com/x/">
                <title type="html">Oproepen &amp;amp; meer</title><id>urn:f</id>
                <entry xml:lang="en-GB"><title>1 &lt; 2</title><link href="call/1"/><id>urn:1</id>
                <updated>2024-03-01T10:00:00+01:00</updated><summary>Text &lt;b&gt;</summary></entry></feed>
                """);

        FeedItem item = feed.items().getFirst();
        assertEquals("Oproepen & meer", feed.title());
        assertEquals("1 < 2", item.title());
        assertEquals("https://example.com/x/call/1", item.link());
        assertEquals("en", item.language());
        assertEquals("Text &lt;b&gt;", item.summary());
        assertEquals(Instant.parse("2024-03-01T09:00:00Z"), item.updated());
        assertNull(item.published());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    plain             | <summary>Prix &lt; 5</summary>                                            | Prix < 5
                    html              | <summary type="html">&lt;b&gt;Appel&lt;/b&gt; 1</summary>                 | Appel 1
                    xhtml             | <summary type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><b>Appel</b> &lt;1&gt;</div></summary> | Appel <1>
                    prefixed xhtml    | <summary type="xhtml"><h:div xmlns:h="http://www.w3.org/1999/xhtml"><h:b>Appel</h:b> 1</h:div></summary> | Appel 1
                    undeclared markup | <summary>Appel <b>1</b></summary>                                         | Appel 1
                    empty element     | <summary type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><script/>Appel<br/>1</div></summary> | Appel 1
                    base64            | <summary type="application/octet-stream"> QXBwZWwgPGI+MTwvYj4= </summary> | Appel 1
                    base64, old       | <summary mode="base64" type="text/html">QXBwZWwgPGI+MTwvYj4=</summary>    | Appel 1
                    not really base64 | <summary type="application/json">{"a":1}</summary>                        | {"a":1}
                    a picture         | <summary type="image/gif">R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=</summary> | ~~
                    """)
    void readsAtomTexts_inEveryForm(String name, String summary, String words) {
        for (String namespace : List.of("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#")) {
            Feed feed = read("<feed xmlns='" + namespace + "'><entry><title>T</title>" + summary + "</entry></feed>");

            assertEquals(words, CleanHtml.line(feed.items().getFirst().summary()), name);
        }
    }

    @Test
    void readsRss11_whoseItemsStandInAList() {
        Feed feed = read("""
                <Channel xmlns="http://purl.org/net/rss1.1#" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
                  rdf:about="https://example.org/feed"><title>Oproepen</title><link>https://example.org/</link>
                <items rdf:parseType="Collection">
                <item rdf:about="https://example.org/1"><title>Eerste</title><link>https://example.org/1</link></item>
                <item rdf:about="https://example.org/2"><title>Tweede</title><link>https://example.org/2</link></item>
                </items></Channel>
                """);

        assertNull(feed.failure());
        assertEquals("Oproepen", feed.title());
        assertEquals(
                List.of("Eerste https://example.org/1", "Tweede https://example.org/2"),
                feed.items().stream()
                        .map(item -> item.title() + " " + item.link())
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<feed xmlns='http://www.w3.org/2005/Atom'><title>t</title><item><title>a</title></item></feed>",
                "<rss version='2.0'><channel><list><item><title>a</title></item></list></channel></rss>",
                "<rss version='2.0'><channel><title>t</title><entry><title>a</title></entry></channel></rss>"
            })
    void saysSo_whenEntriesStandWhereTheFormatHasNone(String document) {
        Feed feed = read(document);

        assertEquals(List.of(), feed.items());
        assertEquals(Sign.LAYOUT, feed.sign());
        assertTrue(String.valueOf(feed.failure()).contains("entries"), feed::toString);
    }

    /** Each of them would be remembered for good. */
    @ParameterizedTest
    @ValueSource(strings = {"<a xmlns:b='urn:%d'/>", "<a xmlns='urn:%d'>", "<p%d:a/>", "<a p%d:b='c'/>"})
    void refusesHundredsOfNamespaces(String element) {
        Feed many = read(feed(element, SafeReaders.MOST_NAMESPACES + 1));
        Feed some = read(feed(element, 50));

        assertTrue(String.valueOf(many.failure()).contains("namespaces"), many::toString);
        assertEquals(
                List.of("Appel"), some.items().stream().map(FeedItem::title).toList());
    }

    private static String feed(String element, int times) {
        return "<rss version='2.0'><channel><item><title>Appel</title><link>https://example.org/1</link></item>"
                + IntStream.range(0, times).mapToObj(element::formatted).collect(Collectors.joining())
                + "</channel></rss>";
    }

    @Test
    void ignoresFieldsOfModules_thatAreNamedLikeItsOwn() {
        FeedItem item = read("""
                <rss version="2.0" xmlns:ev="https://example.org/ev" xmlns:media="http://search.yahoo.com/mrss/"><channel><item>
                <media:title>Photo</media:title><ev:id>42</ev:id><ev:date>2024-05-01</ev:date><ev:link>https://example.org/ev</ev:link>
                <title>Appel</title><link>https://example.org/1</link><guid>g</guid><pubDate>Fri, 01 Mar 2024 09:00:00 GMT</pubDate>
                </item></channel></rss>
                """).items().getFirst();

        assertEquals(List.of("Appel", "g"), List.of(item.title(), item.id()));
        assertEquals("https://example.org/1", item.link());
        assertEquals(Instant.parse("2024-03-01T09:00:00Z"), item.published());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    <description>Long</description>                                      | Long  |
                    <summary>Short</summary><description>Long</description>              | Short | Long
                    <description>Short</description><body><p>Long</p></body>             | Short | Long
                    <description>Short</description><a:content xmlns:a="http://www.w3.org/2005/Atom">Long</a:content> | Short | Long
                    <description>Short <b>one</b></description>                          | Short one |
                    """)
    void readsRssTexts_whereverTheyStand(String fields, String summary, @Nullable String content) {
        FeedItem item = read("<rss version='2.0'><channel><item><title>T</title>" + fields + "</item></channel></rss>")
                .items()
                .getFirst();

        assertEquals(summary, CleanHtml.line(item.summary()));
        assertEquals(content == null ? "" : content, CleanHtml.line(item.content()));
    }

    @Test
    void givesAnAtomEntryTheAuthorsOfItsFeed() {
        Feed feed = read(
                "<feed xmlns='http://www.w3.org/2005/Atom'><author><name>Ville</name></author>"
                        + "<entry><title>A</title></entry><entry><title>B</title><author><email>b@example.org</email></author></entry></feed>");

        assertEquals(
                List.of("Ville", "b@example.org"),
                feed.items().stream().map(FeedItem::author).toList());
    }

    @Test
    void readsItsOwnRawEntryAgain() {
        FeedItem item = read(RSS).items().getFirst();

        FeedItem again = FeedReader.read(item.raw(), null, null).items().getFirst();

        assertEquals(item.id(), again.id());
        assertEquals(item.title(), again.title());
        assertEquals(item.link(), again.link());
        assertEquals(item.published(), again.published());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    leading blanks      | ~  <?xml version="1.0"?><rss version="2.0"><channel><item><title>A &amp; b</title></item></channel></rss>~
                    garbage before      | ~PHP notice <?xml version="1.0"?><rss version="2.0"><channel><item><title>A &amp; b</title></item></channel></rss>~
                    bare ampersand      | <rss version="2.0"><channel><item><title>A & b</title></item></channel></rss>
                    unclosed title      | <rss version="2.0"><channel><item><title>A &amp; b<link>https://example.org/1</link></item></channel></rss>
                    undeclared prefix   | <rss version="2.0"><channel><item><title>A &amp; b</title><dc:date>2024-03-01</dc:date></item></channel></rss>
                    html entity         | <rss version="2.0"><channel><item><title>A&nbsp;&amp; b</title></item></channel></rss>
                    control character   | ~<rss version="2.0"><channel><item><title>A &#0;&amp; b</title></item></channel></rss>~
                    no end              | <rss version="2.0"><channel><item><title>A &amp; b</title></item></channel>
                    """)
    void repairsWhatIsNotWellFormed(String name, String xml) {
        Feed feed = read(xml);

        assertTrue(feed.recovered(), name);
        assertNull(feed.failure(), name);
        assertEquals(
                List.of("A & b"), feed.items().stream().map(FeedItem::title).toList());
    }

    @Test
    void keepsCompleteEntries_whenTheFeedBreaksOff() {
        Feed feed = read(RSS.substring(0, RSS.indexOf("sans titre")));

        assertEquals(List.of("a-1"), feed.items().stream().map(FeedItem::id).toList());
        assertEquals("the feed breaks off inside entry 2", feed.failure());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''                                                        | an empty document, where a feed was expected
                    Not found                                                 | plain text, where a feed was expected
                    {"items": []}                                             | a JSON document that is no JSON Feed, where a feed was expected
                    <!DOCTYPE html><html><head><title>Oups</title></head></html> | an HTML page titled 'Oups', where a feed was expected
                    <note><to>x</to></note>                                   | an XML document <note>, where a feed was expected
                    """)
    void saysWhatItIs_whenItIsNoFeed(String text, String failure) {
        assertEquals(failure, read(text == null ? "" : text).failure());
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-8, UTF-8, ",
        "ISO-8859-1, ISO-8859-1, ",
        "windows-1252, ISO-8859-1, ",
        "windows-1252, UTF-8, ",
        "UTF-16LE, UTF-16, ",
        "UTF-8, UTF-8, text/xml; charset=ISO-8859-1",
        "windows-1251, windows-1251, "
    })
    void decodesTitle_whateverTheClaim(String real, String claimed, String contentType) {
        String title = real.equals("windows-1251") ? "Культура" : "Été à Liège";
        String xml = "<?xml version=\"1.0\" encoding=\"" + claimed + "\"?><rss version=\"2.0\"><channel><title>" + title
                + "</title></channel></rss>";

        assertEquals(
                title,
                FeedReader.read(xml.getBytes(Charset.forName(real)), contentType, null)
                        .title());
    }

    @Test
    void openNothing_givenEntities() {
        String bomb =
                "<!DOCTYPE rss [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\"><!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
                        + "<rss version=\"2.0\"><channel><title>T</title><item><title>&b; &x;</title></item></channel></rss>";

        Feed feed = assertTimeoutPreemptively(Duration.ofSeconds(2), () -> read(bomb));

        assertEquals("&b; &x;", feed.items().getFirst().title());
    }

    @Test
    void keepsBoth_whenDifferentEntriesShareAnId() {
        String item = "<item><guid>same</guid><title>%s</title><link>https://example.org/%s</link></item>";
        Feed feed = read("<rss version=\"2.0\"><channel>" + item.formatted("A", "a") + item.formatted("B", "b")
                + item.formatted("A", "a") + "</channel></rss>");

        assertEquals(
                List.of("A", "B"), feed.items().stream().map(FeedItem::title).toList());
        assertEquals(2, feed.items().stream().map(FeedItem::id).distinct().count());
        assertEquals(2, feed.warnings().size());
    }

    @Test
    void keepsTheIdOfTheOldest_whenANewEntryTakesTheSame() {
        String item = "<item><guid>same</guid><title>%s</title><link>https://example.org/%s</link>"
                + "<pubDate>%s Mar 2026 09:00:00 +0100</pubDate></item>";
        String old = item.formatted("Old", "old", "2");
        String young = item.formatted("Young", "young", "9");

        assertEquals("same", idOf("Old", read("<rss version=\"2.0\"><channel>" + old + "</channel></rss>")));
        assertEquals("same", idOf("Old", read("<rss version=\"2.0\"><channel>" + young + old + "</channel></rss>")));
        assertEquals("same", idOf("Old", read("<rss version=\"2.0\"><channel>" + old + young + "</channel></rss>")));
    }

    private static String idOf(String title, Feed feed) {
        return feed.items().stream()
                .filter(item -> item.title().equals(title))
                .map(FeedItem::id)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void refusesMoreTags_thanAFeedCanHave() {
        assertEquals(
                "a document with more than 250000 tags, where a feed was expected",
                read("<rss version='2.0'><channel>" + "<item/>".repeat(250_000) + "</channel></rss>")
                        .failure());
    }

    @Test
    void readsTheFirstEntries_andCountsTheRest_givenFarTooMany() {
        var xml = new StringBuilder("<rss version='2.0'><channel>");
        for (int i = 0; i < 20_003; i++) {
            xml.append("<item><guid>").append(i).append("</guid></item>");
        }

        Feed feed = read(xml.append("</channel></rss>").toString());

        assertEquals(20_000, feed.items().size());
        assertEquals("only the first 20000 entries were read, 3 were left out", feed.failure());
    }

    @Test
    void cutsTexts_thatAreFarTooLong() {
        Feed feed = read("<rss version='2.0'><channel><item><title>T</title><description>" + "&amp;".repeat(1_500_000)
                + "</description></item></channel></rss>");

        assertEquals(1_000_000, feed.items().getFirst().summary().length());
        assertEquals(List.of("1 texts were far too long and have been cut"), feed.warnings());
    }

    @Property(seed = "20261124", tries = 200)
    void neverThrows(@ForAll String garbage, @ForAll byte[] bytes) {
        assertNotNull(read("<rss version='2.0'><channel><item><title>" + garbage + "</channel>"));
        assertNotNull(FeedReader.read(bytes, null, null));
    }

    private static Feed read(String xml) {
        return FeedReader.read(xml.getBytes(StandardCharsets.UTF_8), null, BASE);
    }
}
