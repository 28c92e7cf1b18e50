package coop.vigie.parse;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import coop.vigie.Corpus;
import coop.vigie.fetch.NastyServer;
import coop.vigie.fetch.Payload;
import coop.vigie.notice.Level;
import coop.vigie.notice.SourceId;
import coop.vigie.source.SourceType;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What attacks readers of XML, given to the reader of every type of source: alone, before a document of that reader's own, and
 * inside one. Whatever an attack would fetch is turned towards a server that waits for it, and whatever it would read towards a
 * file with a mark.
 */
class XmlAttacksTest {

    private static final String MARK = "the-inside-of-a-file";
    private static final long MOST_MEGABYTES = 64;

    private static final Pattern ADDRESS = Pattern.compile("(?i)(?:https?|ftp|gopher|php)://[^\\s\"'<>&;]+");
    private static final Pattern FILE =
            Pattern.compile("(?i)file:[^\\s\"'<>&;]+|(?<=[\"'])/(?:etc|dev|proc)/[^\\s\"'<>]+");

    /** Where the attack goes stands "@@". */
    private static final List<String> AROUND = List.of(
            "@@",
            "<?xml version=\"1.0\"?>@@<rss version=\"2.0\"><channel><title>x</title><item><guid>1</guid><title>&xxe;</title></item></channel></rss>",
            "<rss version=\"2.0\"><channel><title>x</title><item><guid>1</guid><title>Appel @@</title></item></channel></rss>",
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>x</title><id>x</id><entry><id>1</id><title>Appel</title><content type=\"xhtml\"><div>@@</div></content></entry></feed>",
            "<?xml version=\"1.0\"?>@@<urlset><url><loc>https://example.org/&xxe;</loc></url></urlset>",
            "<urlset><url><loc>https://example.org/@@</loc></url></urlset>",
            "<html><head><title>x</title></head><body><ul><li><a href=\"/a\">Appel</a> @@</li></ul></body></html>");

    private static final List<String> OWN = List.of(
            "<!DOCTYPE a [<!ENTITY xxe SYSTEM \"file:///etc/passwd\">]>",
            "<!DOCTYPE a [<!ENTITY xxe SYSTEM \"http://example.org/x\">]><a>&xxe;</a>",
            "<!DOCTYPE a PUBLIC \"-//x//x\" \"http://example.org/x.dtd\">",
            "<!DOCTYPE a [<!ENTITY % p SYSTEM \"http://example.org/p.dtd\"> %p;]><a/>",
            "<?xml-stylesheet type=\"text/xsl\" href=\"http://example.org/x.xsl\"?><a/>",
            "<a xmlns:xi=\"http://www.w3.org/2001/XInclude\"><xi:include parse=\"text\" href=\"file:///etc/passwd\"/></a>",
            "<a xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"x http://example.org/x.xsd\"/>",
            "<!DOCTYPE a [" + laughs(20) + "]><a>&l20;</a>",
            "<!DOCTYPE a [<!ENTITY q \"" + "q".repeat(100_000) + "\">]><a>" + "&q;".repeat(10_000) + "</a>",
            "<!DOCTYPE a [<!ENTITY one \"&two;\"><!ENTITY two \"&one;\">]><a>&one;</a>",
            "<!DOCTYPE a [<!ATTLIST a href CDATA \"http://example.org/x\">]><a/>",
            "<!DOCTYPE a [<!NOTATION n SYSTEM \"http://example.org/n\">]><a/>",
            "<!DOCTYPE " + "[".repeat(20_000),
            "<!--".repeat(20_000),
            "<![CDATA[".repeat(20_000),
            "<a>".repeat(20_000),
            "<a " + "x='' ".repeat(20_000) + "/>",
            "<a xmlns:" + "a='u' xmlns:a".repeat(10_000) + "='u'/>",
            "&#x".repeat(20_000));

    /** The others read JSON, mails and agendas: to them all forms are one. */
    private static final Set<SourceType> XML =
            Set.of(SourceType.RSS, SourceType.SITEMAP, SourceType.EFORMS, SourceType.HTML_LIST);

    private static NastyServer canary;
    private static String file;

    @BeforeAll
    static void waits(@TempDir Path folder) throws IOException {
        canary = new NastyServer("127.0.0.1");
        file = Files.writeString(folder.resolve("marked.txt"), MARK).toUri().toString();
    }

    @AfterAll
    static void stopsWaiting() {
        canary.close();
    }

    private static String laughs(int levels) {
        StringBuilder entities = new StringBuilder("<!ENTITY l0 \"ha\">");
        for (int i = 1; i <= levels; i++) {
            entities.append("<!ENTITY l%d \"%s\">".formatted(i, ("&l" + (i - 1) + ";").repeat(10)));
        }
        return entities.toString();
    }

    @ParameterizedTest
    @EnumSource(SourceType.class)
    void isInert_whateverReadsIt(SourceType type) {
        OWN.forEach(attack -> check(type, attack));

        assertEquals(List.of(), canary.requests);
    }

    @ParameterizedTest
    @EnumSource(SourceType.class)
    void isInert_whateverReadsTheAttacksOfOthers(SourceType type) throws IOException {
        attacksOfOthers().forEach(attack -> check(type, attack));

        assertEquals(List.of(), canary.requests);
    }

    /** Else nothing above would show anything. */
    @Test
    void theCanarySings() throws Exception {
        var factory = javax.xml.parsers.DocumentBuilderFactory.newInstance();
        String attack = turned("<!DOCTYPE a [<!ENTITY xxe SYSTEM \"http://example.org/x\">]><a>&xxe;</a>");
        try (var naive = new NastyServer("127.0.0.1")) {
            naive.on("/canary", "200 OK|Content-Length: 2", "hi".getBytes(StandardCharsets.US_ASCII));
            String ready = attack.replace(
                    canary.uri("/canary").toString(), naive.uri("/canary").toString());
            factory.newDocumentBuilder()
                    .parse(new java.io.ByteArrayInputStream(ready.getBytes(StandardCharsets.UTF_8)));

            assertEquals(1, naive.requests.size());
        }
    }

    /** Documents as they are, and all lines of the collection each alone and together. */
    private static List<String> attacksOfOthers() throws IOException {
        Path folder = Corpus.require("xml-attacks");
        List<String> attacks = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder.resolve("defusedxml"))) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                attacks.add(new String(Files.readAllBytes(each), StandardCharsets.UTF_8));
            }
        }
        var mapper = new ObjectMapper();
        var all = new StringBuilder();
        for (String line : Files.readAllLines(folder.resolve("payloadbox_xxe.jsonl"))) {
            attacks.add(mapper.readTree(line).path("payload").asText());
            all.append(attacks.getLast()).append('\n');
        }
        attacks.add(all.toString());
        return attacks;
    }

    private static String turned(String attack) {
        String local = FILE.matcher(attack).replaceAll(Matcher.quoteReplacement(file));
        return ADDRESS.matcher(local)
                .replaceAll(found -> found.group().startsWith("http://www.w3.org/")
                        ? found.group()
                        : canary.uri("/canary").toString());
    }

    private static void check(SourceType type, String attack) {
        String turned = turned(attack);
        assertAll(
                shorten(attack),
                AROUND.stream().limit(XML.contains(type) ? AROUND.size() : 1).map(around ->
                        (Executable) () -> isInert(type, around.replace("@@", turned))));
    }

    private static void isInert(SourceType type, String document) {
        var payload = new Payload(
                URI.create("https://example.org/x"), "x", document.getBytes(StandardCharsets.UTF_8), "application/xml");
        assertTimeoutPreemptively(
                Duration.ofSeconds(2),
                () -> {
                    long before = allocated();
                    Parsed parsed = Parsers.of(type.code()).parse(payload, context());
                    long megabytes = (allocated() - before) / 1_000_000;

                    assertFalse(parsed.toString().contains(MARK), () -> shorten(document));
                    assertTrue(megabytes < MOST_MEGABYTES, () -> megabytes + " MB for " + shorten(document));
                },
                () -> shorten(document));
    }

    /** All that this thread ever took, whether it still holds it or not: more than it needs at once, never less. */
    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private static ParseContext context() {
        return new ParseContext(
                new SourceId("test"),
                Level.LOCAL,
                null,
                List.of(),
                List.of(),
                ZoneId.of("Europe/Brussels"),
                List.of(),
                List.of(),
                new SourceOptions("", Map.of(), Map.of("item", "li", "title", "a", "link", "a@href"), Map.of()),
                Instant.parse("2026-11-24T08:00:00Z"));
    }

    private static String shorten(String document) {
        return document.length() <= 200 ? document : document.substring(0, 200) + "…";
    }
}
