package coop.vigie.newsletter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import freemarker.template.TemplateModelException;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The few things of Markdown that count, and nothing else of it. */
class ProseTest {

    private static final Set<String> ALLOWED = Set.of("p", "strong", "em", "a", "ul", "ol", "li", "br");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            un **mot** *fort*                  | <p>un <strong>mot</strong> <em>fort</em></p>
            [ici](https://example.org/a?b&c)   | <p><a href="https://example.org/a?b&amp;c">ici</a></p>
            [nous](mailto:a@example.org)       | <p><a href="mailto:a@example.org">nous</a></p>
            - un                               | <ul>\\n<li>un</li>\\n</ul>
            [ici](javascript:alert)            | <p>ici</p>
            [ici](//example.org)               | <p>ici</p>
            [ici](data:text/html,x)            | <p>ici</p>
            ![image](https://example.org/x)    | <p>image</p>
            <b onclick=x>gras</b>              | <p>&lt;b onclick=x&gt;gras&lt;/b&gt;</p>
            <script>x</script>                 | <p>&lt;script&gt;x&lt;/script&gt;</p>
            # titre                            | <p># titre</p>
            `code`                             | <p>code</p>
            > cité                             | <p>&gt; cité</p>
            """)
    void takesParagraphsBoldItalicsLinksAndLists(String markdown, String html) throws TemplateModelException {
        assertEquals(html.replace("\\n", "\n"), clean(markdown));
    }

    private static String clean(String markdown) throws TemplateModelException {
        return HtmlText.of(Prose.of(markdown).get("clean"));
    }

    /** Whatever is written: few elements, no attribute but an address, and the Markdown of it says the same. */
    @Property(tries = 300)
    void isInert_whateverIsWritten(@ForAll("markdown") String markdown) throws TemplateModelException {
        String html = clean(markdown);
        for (Element element : Jsoup.parseBodyFragment(html).body().children().select("*")) {
            assertTrue(ALLOWED.contains(element.tagName()), html);
            element.attributes()
                    .forEach(attribute -> assertTrue(
                            attribute.getKey().equals("start")
                                    || (attribute.getKey().equals("href")
                                            && attribute.getValue().matches("(?i)(https?://|mailto:).+")),
                            html));
        }
        String again = clean(String.valueOf(Prose.of(markdown).get("md")));
        assertEquals(words(html), words(again), () -> markdown);
    }

    /** Without stars: beside a punctuation mark inside of a word they are bold in no Markdown. */
    private static String words(String html) {
        return Jsoup.parse(html).text().replaceAll("[*_]", "");
    }

    @Provide
    Arbitrary<String> markdown() {
        return Arbitraries.of(
                        "<script>",
                        "</script>",
                        "<img src=x onerror=alert(1)>",
                        "[a](",
                        "javascript:x",
                        ")",
                        "https://example.org",
                        "**",
                        "*",
                        "_",
                        "`",
                        "\n",
                        "\n\n",
                        "- ",
                        "1. ",
                        "# ",
                        "> ",
                        "    ",
                        "&lt;",
                        "&#106;",
                        "\\",
                        "![",
                        "](",
                        "mailto:a@example.org",
                        "mot",
                        " ",
                        "<!--",
                        "-->",
                        "<a href='x'>",
                        "\"",
                        "===\n",
                        "\u202e",
                        "<https://example.org>",
                        "<javascript:x>",
                        "[x]: javascript:y\n\n",
                        "[x]")
                .list()
                .ofMaxSize(8)
                .map(pieces -> String.join("", pieces));
    }

    @Property(tries = 300)
    void showsPlainWordsAsTheyAre(@ForAll("markdown") String words) throws TemplateModelException {
        String line = words.replaceAll("[\n\u202e]", " ").replaceAll(" +", " ").strip();

        assertEquals(
                Jsoup.parse("<p></p>").body().child(0).text(line).text(),
                Jsoup.parse(clean(Prose.plain(line))).text());
    }
}
