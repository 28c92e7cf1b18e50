package coop.vigie.index;

import static coop.vigie.index.Documents.NOW;
import static coop.vigie.index.Documents.document;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.notice.Scope;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What words find, in four languages and in others. */
class RetrievalTest {

    @TempDir
    Path folder;

    @ParameterizedTest(name = "[{0}] {1} | {2}: {3}")
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            fr  | Création d'un théâtre de rue        | theatre                | true
            fr  | Création d'un théâtre de rue        | THÉÂTRES               | true
            fr  | Creation d'un theatre de rue        | théâtre                | true
            fr  | Théâtre en e\u0301te\u0301          | été                    | true
            fr  | Marché pour l'éclairage public      | éclairage              | true
            fr  | Marché pour l’éclairage public      | eclairage              | true
            fr  | Éclairage public                    | l'éclairage            | true
            nl  | Studie over d'Orval                 | Orval                  | true
            fr  | Les spectacles vivants              | "spectacle vivant"     | true
            fr  | Le spectacle très vivant            | "spectacle vivant"     | false
            fr  | Appel à projets                     | "appel à projets"      | true
            fr  | Appel à projets                     | "appel projets"        | false
            fr  | Les journaux locaux                 | journal local          | true
            fr  | Œuvre d'art                         | oeuvre                 | true
            fr  | Oeuvre d'art                        | œuvre                  | true
            fr  | Soins aux chevaux                   | cheval                 | true
            fr  | Bourse aux artistes                 | artiste·s              | true
            fr  | Bourse aux artiste·s bruxellois·es  | "artistes bruxellois"  | true
            fr  | Aux auteur(e)s                      | auteurs                | true
            fr  | Aux auteurs                         | auteur(e)s             | true
            fr  | Arts plastiques                     | arts-plastiques        | true
            fr  | Arts-plastiques                     | "arts plastiques"      | true
            fr  | Dossier de candi\u00ADdature        | candidature            | true
            fr  | Dossier de candidature              | candi\u00ADdature      | true
            fr  | Le site culture.be                  | culture                | true
            fr  | Le site culture.be                  | culture.be             | true
            fr  | Le site culture.be                  | http://culture.be      | false
            nl  | Oproep voor podiumkunsten           | podiumkunst            | true
            nl  | Subsidies voor theaters             | theater                | true
            nl  | De foto's van het museum            | foto                   | true
            nl  | Een foto van het museum             | foto's                 | true
            nl  | Bedrĳven in Vlaanderen              | bedrijven              | true
            nl  | Één aanvraag                        | een                    | true
            nl  | Financiële coördinatie              | financiele coordinatie | true
            nl  | Cultuursubsidie                     | subsidie               | false
            nl  | Cultuursubsidie                     | cultuur*               | true
            en  | Calls for the artists' residencies  | artist residency       | true
            en  | The artist's grants                 | artists grant          | true
            en  | Funding opportunities               | "funding opportunity"  | true
            en  | R&D in the 5G field                 | R&D 5g                 | true
            en  | C++ developers                      | c++                    | true
            en  | C developers                        | c++                    | false
            en  | C# developers                       | C#                     | true
            en  | Programme 2026-2027                 | 2026                   | true
            en  | Programme 2026-2027                 | 202*                   | true
            en  | Budget of 1.5 million               | 1.5                    | true
            de  | Straße der Künste                   | strasse                | true
            de  | Strasse der Kunste                  | Straße Künste          | true
            de  | Ausschreibungen für Müller          | ausschreibung mueller  | true
            de  | Donaudampfschifffahrt               | schifffahrt            | false
            pl  | Zaproszenie dla artystów            | artystow               | true
            pl  | Gmina Łódź                          | lodz                   | true
            el  | Πρόσκληση για την Ελλάδα            | ελλαδα                 | true
            und | Appel à projets pour l'éclairage    | éclairage              | true
            fr-BE | Les spectacles vivants            | "spectacle vivant"     | true
            it  | Bando per artisti                   | bando -artisti         | false
            """)
    void words(String language, String text, String query, boolean found) {
        var asTitle = document("as title").title(language, text).build();
        var asText = document("as text").text(language, text).build();

        assertEquals(found ? Set.of("as title", "as text") : Set.of(), found(List.of(asTitle, asText), query));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            titre                       | true
            title:titre                 | true
            title:texte                 | false
            texte titre                 | true
            texte absent                | false
            absent OR titre             | true
            absent OR autre texte       | false
            -absent                     | true
            -titre                      | false
            titre -texte                | false
            titre -(texte absent)       | true
            *                           | true
            -*                          | false
            buyer:Ottignies             | true
            buyer:"ville d'ottignies"   | true
            "Ottignies Province"        | false
            buyer:titre                 | false
            ottig*                      | true
            title:ottig*                | false
            "titre title"               | false
            cpv:79                      | true
            cpv:7995*                   | true
            cpv:79950000                | true
            cpv:79951000                | true
            cpv:79952000                | false
            cpv:92,79                   | true
            cpv:79950000-8              | true
            place:BE                    | true
            place:be213                 | true
            place:BE2                   | true
            place:BE1                   | false
            place:none                  | false
            place:BE1,BE2               | true
            kind:tender                 | true
            kind:call                   | false
            level:local -kind:call      | true
            source:two                  | true
            source:three                | false
            lang:nl                     | true
            lang:en                     | false
            submit:en                   | true
            stage:change                | true
            deadline:<30d               | true
            deadline:<5d                | false
            deadline:>5d                | true
            deadline:>30d               | false
            deadline:2026-12-01         | true
            deadline:2026-12-02         | false
            deadline:2026-11-01..2026-12-01 | true
            deadline:..2026-11-30       | false
            deadline:2026-12-02..       | false
            deadline:<2026-12-01        | false
            deadline:<=2026-12-01       | true
            deadline:none               | false
            published:<7d               | true
            published:>7d               | false
            published:2026-11-20        | true
            value:>50000                | false
            value:>=50000               | true
            value:10000..50000          | true
            value:<50000                | false
            value:<50001                | true
            """)
    void fields(String query, boolean found) {
        var document = document("a")
                .title("fr", "Le titre")
                .title("en", "The title")
                .text("fr", "Un texte")
                .buyer("Ville d'Ottignies", "Province")
                .cpv("79951000")
                .places("BE213")
                .kind("tender")
                .level("local")
                .stage("change")
                .source("one", "two")
                .languages("fr", "nl")
                .submission("en")
                .deadline("2026-12-01T22:59:59Z")
                .published("2026-11-20T08:00:00Z")
                .value("50000")
                .build();

        assertEquals(found, finds(document, query));
    }

    @Test
    void statesThatAreNoDates() {
        var rolling = document("a").state("rolling", Documents.ROLLING).build();
        var unknown = document("a").build();

        assertTrue(finds(rolling, "deadline:rolling place:none"));
        assertTrue(finds(rolling, "deadline:none|rolling"));
        assertFalse(finds(rolling, "deadline:none"));
        assertTrue(finds(unknown, "deadline:none"));
        assertFalse(finds(rolling, "deadline:2026-01-01.."), "its sort key is no date");
        assertFalse(finds(unknown, "value:0.. OR published:2000-01-01.."));
    }

    @Test
    void saysInWhichTextsAConditionIsMet() {
        var document = document("a")
                .title("fr", "Danse à Namur")
                .title("pl", "Taniec w Namur")
                .text("nl", "Dans in Namen")
                .text("pl", "Taniec, Ottignies")
                .buyer("Ville de Namur")
                .cpv("79951000")
                .build();

        try (Index index = Index.open(folder)) {
            index.write(List.of(document("b").title("en", "Namur").build(), document), List.of(), 1);
            try (Searcher searcher = index.searcher()) {
                assertEquals(
                        List.of(
                                new Occurrence("title", "fr"),
                                new Occurrence("title", "pl"),
                                new Occurrence("buyer", null)),
                        searcher.occurrences(compile("namur"), "a"));
                assertEquals(List.of(new Occurrence("title", "fr")), searcher.occurrences(compile("danses"), "a"));
                assertEquals(
                        List.of(new Occurrence("title", "pl"), new Occurrence("text", "pl")),
                        searcher.occurrences(compile("tani*"), "a"));
                assertEquals(List.of(new Occurrence("text", "nl")), searcher.occurrences(compile("\"in namen\""), "a"));
                assertEquals(List.of(), searcher.occurrences(compile("absent"), "a"));
                assertEquals(List.of(), searcher.occurrences(compile("namur"), "no such document"));
                assertEquals(List.of(), searcher.occurrences(compile("cpv:79"), "a"));
                assertTrue(searcher.matches(compile("cpv:79"), "a"));
                assertFalse(searcher.matches(compile("cpv:80"), "a"));
                assertFalse(searcher.matches(compile("*"), "no such document"));
            }
        }
    }

    private boolean finds(Document document, String query) {
        return found(List.of(document), query).contains(document.id());
    }

    private Set<String> found(List<Document> documents, String query) {
        try (Index index = Index.open(folder)) {
            index.write(documents, List.of(), 1);
            try (Searcher searcher = index.searcher()) {
                return searcher.matching(compile(query), Filter.everything(), -1, 1);
            }
        }
    }

    private static CompiledQuery compile(String query) {
        return new QueryCompiler().compile(query, Scope.NARROW, NOW);
    }
}
