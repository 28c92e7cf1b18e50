package coop.vigie.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import coop.vigie.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CleanHtmlTest {

    private static final Set<String> HARMLESS =
            Set.of("html", "head", "body", "p", "br", "ul", "ol", "li", "b", "strong", "i", "em", "blockquote", "a");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    <p onclick="x()" class="c" style="d">Bonjour</p>       | <p>Bonjour</p>
                    <a href="https://example.org/a">ici</a>                | <a href="https://example.org/a" rel="noopener">ici</a>
                    <a href="mailto:a@example.org">ici</a>                 | <a href="mailto:a@example.org" rel="noopener">ici</a>
                    <a href="/relatif">ici</a>                             | ici
                    <a href="javascript:alert(1)">ici</a>                  | ici
                    <a href="java&#10;script:alert(1)">ici</a>             | ici
                    <img src="https://example.org/pixel.gif">vu            | vu
                    <script>alert(1)</script>reste                         | reste
                    <style>p{}</style>reste                                | reste
                    <form action="x"><button>Envoyer</button></form>       | Envoyer
                    1 < 2 & 3 > 2                                          | 1 &lt; 2 &amp; 3 &gt; 2
                    """)
    void keepsOnlyWhatAMailNeeds(String html, String expected) {
        assertEquals(expected, CleanHtml.safe(html));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
                    <p>Un</p><p>deux</p>                                   | Un\\ndeux
                    Un<br>deux<br/><br/>trois                              | Un\\ndeux\\ntrois
                    <ul><li>Un<li>deux</ul>                                | Un\\ndeux
                    <tr><td>Date limite</td><td>15/03/2024</td></tr>       | Date limite15/03/2024
                    <table><tr><td>Date limite</td><td>15/03</td></tr></table> | Date limite 15/03
                    l&rsquo;&eacute;t&eacute;&nbsp;&amp; l'hiver           | l’été & l'hiver
                    <script>alert(1)</script>reste<style>a</style>         | reste
                    R&D et 1 < 2                                           | R&D et 1 < 2
                    <b>Appel</b> à <i>projets</i>                          | Appel à projets
                    """)
    void keepsBlocksAsLines_inPlainText(String html, String expected) {
        assertEquals(expected.replace("\\n", "\n"), CleanHtml.text(html));
    }

    @Test
    void dropsWhatCannotBeSeen() {
        assertEquals("abcd é", CleanHtml.text("a\u0000b\u202Ec\u200Bd\u0007 \u00ADé"));
        assertEquals("<p>ab</p>", CleanHtml.safe("<p>a\u202Eb\u0000</p>"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<div>",
                "<b>",
                "<a href='https://example.org'>",
                "<ul><li>",
                "<",
                "&",
                "&#",
                "<table>",
                "<svg><p>",
                "</p>"
            })
    void staysQuick_onHostileNesting(String piece) {
        String hostile = piece.repeat(1_000_000 / piece.length());

        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            CleanHtml.safe(hostile);
            CleanHtml.text(hostile);
        });
    }

    @Test
    void leavesNothingActive_givenEveryPayloadOfTheCorpus() throws IOException {
        Path folder = Corpus.require("xss");
        var json = new ObjectMapper();
        var active = new ArrayList<String>();
        int count = 0;
        List<Path> files;
        try (Stream<Path> paths = Files.list(folder)) {
            files = paths.filter(path -> path.toString().endsWith(".jsonl")).toList();
        }
        for (Path file : files) {
            for (String line : Files.readAllLines(file)) {
                JsonNode entry = json.readTree(line);
                String payload =
                        entry.path("payload").asText(entry.path("input").asText());
                String hostile = payload.replaceAll("%\\w+%", "alert(1)");
                String safe = CleanHtml.safe(hostile);
                CleanHtml.text(hostile);
                count++;
                if (!problems(safe).isEmpty()) {
                    active.add(problems(safe) + " in " + safe + " from " + hostile);
                }
            }
        }
        System.out.println("xss: " + count + " payloads, " + active.size() + " active");
        assertEquals(List.of(), active);
        assertTrue(count > 3_000);
    }

    private static List<String> problems(String html) {
        var problems = new ArrayList<String>();
        for (Element element : Jsoup.parse(html).getAllElements()) {
            String name = element.normalName();
            if (!HARMLESS.contains(name) && !name.equals("#root")) {
                problems.add("element " + name);
            }
            for (Attribute attribute : element.attributes()) {
                String value = attribute.getValue().toLowerCase(Locale.ROOT);
                boolean link = attribute.getKey().equals("href") && value.matches("(?s)(https?:|mailto:).*");
                if (!link && !attribute.getKey().equals("rel")) {
                    problems.add("attribute " + attribute);
                }
            }
        }
        return problems;
    }
}
