package coop.vigie.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.index.Snippets.Snippet;
import coop.vigie.notice.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words around a hit, with the hits marked. */
class SnippetsTest {

    private static final String FILL = "Beaucoup de mots qui ne disent rien de tout cela. ";

    @ParameterizedTest(name = "{0} in {2}")
    @CsvSource(delimiter = '|', textBlock = """
            theatre              | fr | Un projet de théâtre jeune public   | Un projet de [théâtre] jeune public
            théâtres             | fr | Le THÉÂTRE                          | Le [THÉÂTRE]
            artiste              | fr | Pour l'artiste et les artistes      | Pour l'[artiste] et les [artistes]
            vertalingen          | nl | De vertaling van teksten            | De [vertaling] van teksten
            translating          | en | It translates a text                | It [translates] a text
            photo*               | fr | Photographie et photos              | [Photographie] et [photos]
            danse -théâtre       | fr | danse et théâtre                    | [danse] et théâtre
            "arts de la scène"   | fr | les arts de la scène                | les [arts] [de] [la] [scène]
            musique OR danse     | fr | danse, musique                      | [danse], [musique]
            teatro               | it | Il teatro                           | Il [teatro]
            danse cpv:92310000   | fr | une danse 92310000                  | une [danse] 92310000
            """)
    void marksWhatTheQueryFinds(String query, String language, String text, String marked) {
        assertEquals(marked, marked(query, Map.of(language, text), 200).orElseThrow());
    }

    @Test
    void showsThePlaceThatSaysMost() {
        String text = FILL.repeat(20) + "la danse seule. " + FILL.repeat(20) + "danse et théâtre ensemble. "
                + FILL.repeat(20);

        String marked = marked("danse théâtre", Map.of("fr", text), 80).orElseThrow();

        assertTrue(marked.contains("[danse] et [théâtre] ensemble"), marked);
        assertTrue(marked.startsWith("… ") && marked.endsWith(" …"), marked);
    }

    @Test
    void prefersTheReadersLanguage_whereBothSayIt() {
        var texts = new LinkedHashMap<String, String>();
        texts.put("en", "a festival here");
        texts.put("fr", "un festival ici");
        texts.put("de", "nichts davon");

        assertEquals("un [festival] ici", marked("festival", texts, 200).orElseThrow());
        assertEquals(Optional.empty(), marked("rien", Map.of("fr", "un festival ici"), 200));
        assertEquals(Optional.empty(), marked("*", texts, 200));
    }

    @Property(seed = "20261124", tries = 300)
    void neverThrows_staysInWidth_andSteersNoTerminal(
            @ForAll String text, @ForAll @IntRange(min = 10, max = 120) int width) {
        String around = text + " danse " + text;

        Snippet snippet =
                snippets("danse").in(Map.of("fr", around), List.of("fr"), width).orElseThrow();

        assertTrue(snippet.text().length() <= width + 4, snippet.text());
        assertTrue(snippet.text().chars().noneMatch(Character::isISOControl));
        int last = 0;
        for (Snippets.Span hit : snippet.hits()) {
            assertTrue(last <= hit.start()
                    && hit.start() < hit.end()
                    && hit.end() <= snippet.text().length());
            last = hit.end();
        }
    }

    private static Snippets snippets(String query) {
        return new Snippets(new QueryCompiler().compile(query, Scope.NARROW, Documents.NOW));
    }

    private static Optional<String> marked(String query, Map<String, String> texts, int width) {
        return snippets(query).in(texts, List.of("fr"), width).map(snippet -> {
            var marked = new StringBuilder(snippet.text());
            snippet.hits()
                    .reversed()
                    .forEach(hit -> marked.insert(hit.end(), ']').insert(hit.start(), '['));
            return marked.toString();
        });
    }
}
