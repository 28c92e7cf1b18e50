package coop.vigie.index;

import static coop.vigie.index.Documents.NOW;
import static coop.vigie.index.Documents.document;
import static org.junit.jupiter.api.Assertions.assertEquals;

import coop.vigie.notice.Scope;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far each scope reaches. */
class ScopesTest {

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            # a word finds the codes whose labels carry it, whatever the language of the notice
            traduction                  | cpv:79530000            | balanced
            traduction                  | cpv:72000000            | -
            "traduction"                | cpv:79530000            | balanced
            vertaling                   | cpv:79530000            | balanced
            translation                 | cpv:79530000            | balanced
            Übersetzung                 | cpv:79530000            | balanced
            services de traduction      | cpv:79530000            | balanced
            éclairage public            | cpv:34993000            | balanced
            éclairage public            | cpv:34928510            | balanced
            tuinonderhoud               | cpv:77311000            | balanced
            musée OR théâtre            | cpv:92521000            | balanced
            # and the words of those labels in the other languages
            traduction                  | nl:Vertaling van brieven        | balanced
            traduction                  | en:Translation of letters       | balanced
            traduction                  | de:Übersetzung von Briefen      | balanced
            traduction                  | de:Translation von Briefen      | -
            services de traduction      | nl:Vertaling van brieven        | balanced
            services de traduction      | fr:Traduction de lettres        | balanced
            toiture                     | nl:Herstelling van het dak      | balanced
            dak                         | fr:Réparation de la toiture     | balanced
            éclairage public            | nl:Openbare verlichting         | balanced
            # what stands in very many labels says nothing by itself
            services                    | cpv:79530000                    | -
            travaux                     | cpv:45000000                    | -
            matériel                    | cpv:31600000                    | -
            diensten                    | cpv:79530000                    | -
            # one step up
            traduction                  | cpv:79500000                    | wide
            traduction                  | cpv:79000000                    | -
            cpv:79530000                | cpv:79500000                    | wide
            cpv:79530000                | cpv:79540000                    | wide
            cpv:79530000                | cpv:79950000                    | -
            cpv:79*                     | cpv:45000000                    | -
            # parts of compounds
            vertaling                   | nl:Een vertaalopdracht          | wide
            verlichting                 | nl:Nieuwe straatverlichting     | wide
            Beleuchtung                 | de:Neue Straßenbeleuchtung      | wide
            straatverlichting           | nl:Verlichting van de straat    | wide
            vertaalopdracht             | nl:Opdracht: vertaling          | wide
            kunst                       | fr:Des kunstwerken              | -
            # places around
            place:BE100                 | place:BE10                      | wide
            place:BE211                 | place:BE212                     | wide
            place:BE21                  | place:BE23                      | -
            place:BE1                   | place:BE2                       | -
            # what names its field, or is not wanted, stays as it is written
            title:traduction            | cpv:79530000                    | -
            buyer:traduction            | cpv:79530000                    | -
            traduc*                     | cpv:79530000                    | -
            -traduction                 | cpv:79530000                    | narrow
            -cpv:79530000               | cpv:79500000                    | narrow
            # languages by name
            nl:bank                     | nl:De bank van het park         | narrow
            nl:bank                     | fr:La bank                      | -
            part:straat                 | nl:Nieuwe straatverlichting     | narrow
            part:straat                 | nl:Nieuwe straat                | -
            """)
    void reach(String query, String what, String from) {
        assertEquals(from.equals("-") ? "nowhere" : "from " + from, found(query, what));
    }

    private String found(String query, String what) {
        String value = what.substring(what.indexOf(':') + 1);
        Documents document = document("it").text("pl", "zupełnie coś innego");
        switch (what.substring(0, what.indexOf(':'))) {
            case "cpv" -> document.cpv(value);
            case "place" -> document.places(value);
            default -> document(what.substring(0, 2));
        }
        if (!what.startsWith("cpv:") && !what.startsWith("place:")) {
            document = document("it").text(what.substring(0, 2), value);
        }
        try (Index index = Index.open(folder)) {
            index.write(List.of(document.build()), List.of(), 1);
            try (Searcher searcher = index.searcher()) {
                List<Scope> scopes = Arrays.stream(Scope.values())
                        .filter(scope -> searcher.matches(new QueryCompiler().compile(query, scope, NOW), "it"))
                        .toList();
                // What a scope finds, all wider ones find.
                List<Scope> widestFirst = Arrays.asList(Scope.values()).reversed();
                assertEquals(widestFirst.subList(0, scopes.size()), scopes.reversed());
                return scopes.isEmpty()
                        ? "nowhere"
                        : "from " + scopes.getFirst().code();
            }
        }
    }

    @Test
    void theWordsThemselvesWeighMore() {
        try (Index index = Index.open(folder)) {
            index.write(
                    List.of(
                            document("by code")
                                    .title("de", "Briefe")
                                    .cpv("79530000")
                                    .build(),
                            document("by its words")
                                    .title("fr", "Traduction de lettres")
                                    .build(),
                            document("by their counterpart")
                                    .title("nl", "Vertaling")
                                    .build()),
                    List.of(),
                    1);
            try (Searcher searcher = index.searcher()) {
                CompiledQuery query = new QueryCompiler().compile("traduction", Scope.BALANCED, NOW);
                List<String> hits = searcher.search(query, Filter.everything(), Sort.SCORE, 9).hits().stream()
                        .map(Hits.Hit::id)
                        .toList();

                assertEquals("by its words", hits.getFirst());
                assertEquals(3, hits.size());
            }
        }
    }

    @Test
    void saysWhatStandsForWhat() {
        CompiledQuery query = new QueryCompiler().compile("traduction -danse", Scope.BALANCED, NOW);

        assertEquals(
                List.of("traduction"),
                query.leaves().stream().map(CompiledQuery::describe).toList());
        assertEquals(
                Set.of("cpv:4874*,7221274*,7953*", "nl:vertaal", "en:translation", "de:übersetzung"),
                query.widened().getFirst().more().stream()
                        .map(CompiledQuery::describe)
                        .collect(Collectors.toSet()));
    }
}
