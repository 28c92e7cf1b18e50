package coop.vigie.index;

import static coop.vigie.index.Documents.NOW;
import static coop.vigie.index.Documents.document;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import coop.vigie.Corpus;
import coop.vigie.notice.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How much of what somebody looks for is found among a thousand real notices, and how high it stands. With
 * {@code -Dvigie.show=1} it prints all tables of docs/quality.md, and each query.
 *
 * <p>Queries of two kinds: labels of the CPV, whose answers are by code and so are only fair to the texts (a third-party
 * suite), and {@code queries.tsv}, written as freelancers ask and judged by reading the notices, in two halves: one to look at
 * while something is changed, one to measure.
 */
class RetrievalCorpusTest {

    private static final boolean SHOW = System.getProperty("vigie.show") != null;
    private static final List<String> LANGUAGES = List.of("fr", "nl", "en", "de");

    @TempDir
    static Path folder;

    private static Map<String, String> languageOf;
    private static Index texts;
    private static Index codesToo;

    @BeforeAll
    static void indexNotices() throws IOException {
        List<JsonNode> notices = lines("notices/ted_notices.jsonl").toList();
        languageOf = new HashMap<>();
        notices.forEach(notice ->
                languageOf.put(notice.path("id").asText(), notice.path("lang").asText()));
        texts = Index.open(folder.resolve("texts"));
        texts.write(notices.stream().map(notice -> indexed(notice, false)).toList(), List.of(), 1);
        codesToo = Index.open(folder.resolve("codes"));
        codesToo.write(notices.stream().map(notice -> indexed(notice, true)).toList(), List.of(), 1);
    }

    @AfterAll
    static void close() {
        for (Index index : new Index[] {texts, codesToo}) {
            if (index != null) {
                index.close();
            }
        }
    }

    /** A query, the language it is in, and the notices that answer it. */
    private record Wanted(String language, String query, Set<String> relevant) {}

    @Test
    void labels_inTheTextsOfTheirLanguage() throws IOException {
        List<Wanted> labels = lines("notices/cpv_label_queries.jsonl")
                .map(line -> new Wanted(
                        line.path("lang").asText(), line.path("query").asText(), ids(line)))
                .toList();

        print("labels, texts alone, own language", texts, labels, String::equals);
    }

    @Test
    void ownQueries_findWhatIsWrittenInOtherLanguages() throws IOException {
        for (String part : List.of("tune", "test")) {
            List<Wanted> queries = judged(part);
            if (SHOW) {
                print("queries (" + part + "), all languages", codesToo, queries, (asked, written) -> true);
                print("queries (" + part + "), own language", codesToo, queries, String::equals);
                print("queries (" + part + "), other languages, texts", texts, queries, RetrievalCorpusTest::differ);
            }
            Map<Scope, Score> across =
                    print("queries (" + part + "), other languages", codesToo, queries, RetrievalCorpusTest::differ);

            Score narrow = across.getOrDefault(Scope.NARROW, new Score());
            Score balanced = across.getOrDefault(Scope.BALANCED, new Score());
            assertTrue(balanced.recall >= 2 * narrow.recall, "recall: " + balanced + " after " + narrow);
            assertTrue(balanced.precision >= narrow.precision / 2, "precision: " + balanced + " after " + narrow);
            assertTrue(balanced.recall >= 0.25 * balanced.queries, "recall: " + balanced);
        }
    }

    private static boolean differ(String asked, String written) {
        return !asked.equals(written);
    }

    /** Sums over queries. */
    private static final class Score {
        int queries;
        double recall;
        double reciprocalRank;
        double precision;

        /** @param hits fifty at most, the best first */
        void add(List<String> hits, Set<String> relevant) {
            queries++;
            recall += (double) hits.stream().filter(relevant::contains).count() / relevant.size();
            precision += hits.stream().limit(10).filter(relevant::contains).count() / 10.0;
            for (int i = 0; i < hits.size(); i++) {
                if (relevant.contains(hits.get(i))) {
                    reciprocalRank += 1.0 / (i + 1);
                    break;
                }
            }
        }

        @Override
        public String toString() {
            return queries == 0
                    ? "–"
                    : "%.3f, %.3f, %.3f".formatted(recall / queries, reciprocalRank / queries, precision / queries);
        }
    }

    /** Recall among fifty, mean reciprocal rank and precision among ten, of the notices whose language may be asked for. */
    private static Map<Scope, Score> print(
            String what, Index index, List<Wanted> queries, BiPredicate<String, String> counts) {
        var scores = new EnumMap<Scope, Map<String, Score>>(Scope.class);
        var sums = new EnumMap<Scope, Score>(Scope.class);
        try (Searcher searcher = index.searcher()) {
            for (Wanted wanted : queries) {
                Set<String> relevant = new HashSet<>(wanted.relevant());
                relevant.removeIf(id -> !counts.test(wanted.language(), languageOf.getOrDefault(id, "")));
                if (relevant.isEmpty()) {
                    continue;
                }
                CompiledQuery among = CompiledQuery.languages(LANGUAGES.stream()
                        .filter(language -> counts.test(wanted.language(), language))
                        .toList());
                for (Scope scope : Scope.values()) {
                    CompiledQuery query =
                            CompiledQuery.and(List.of(new QueryCompiler().compile(wanted.query(), scope, NOW), among));
                    List<String> hits = searcher.search(query, Filter.everything(), Sort.SCORE, 50).hits().stream()
                            .map(Hits.Hit::id)
                            .toList();
                    scores.computeIfAbsent(scope, any -> new TreeMap<>())
                            .computeIfAbsent(wanted.language(), any -> new Score())
                            .add(hits, relevant);
                    sums.computeIfAbsent(scope, any -> new Score()).add(hits, relevant);
                    if (SHOW) {
                        System.out.printf(
                                "SHOW %s, %s: %s %s: %d of %d, %d hits%n",
                                what,
                                scope,
                                wanted.language(),
                                wanted.query(),
                                hits.stream().filter(relevant::contains).count(),
                                relevant.size(),
                                hits.size());
                    }
                }
            }
        }
        scores.forEach((scope, byLanguage) -> {
            var line = new StringBuilder("| " + what + " | " + scope.code());
            LANGUAGES.forEach(language -> line.append(" | ").append(byLanguage.getOrDefault(language, new Score())));
            System.out.println(line.append(" | ").append(sums.get(scope)).append(" |"));
        });
        return sums;
    }

    private static List<Wanted> judged(String part) throws IOException {
        var queries = new ArrayList<Wanted>();
        try (var in = RetrievalCorpusTest.class.getResourceAsStream("queries.tsv")) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                String[] row = line.split("\t");
                if (row[6].equals(part)) {
                    Set<String> relevant = Set.of(row[5].split(" "));
                    for (int i = 0; i < LANGUAGES.size(); i++) {
                        queries.add(new Wanted(LANGUAGES.get(i), row[i + 1], relevant));
                    }
                }
            }
        }
        return queries;
    }

    private static Set<String> ids(JsonNode line) {
        Set<String> ids = new HashSet<>();
        line.path("relevant").forEach(id -> ids.add(id.asText()));
        return ids;
    }

    private static Document indexed(JsonNode notice, boolean withCodes) {
        String language = notice.path("lang").asText();
        Documents document = document(notice.path("id").asText())
                .title(language, notice.path("title").asText())
                .text(language, notice.path("description").asText())
                .buyer(notice.path("buyer").asText())
                .languages(language);
        if (withCodes) {
            List<String> codes = new ArrayList<>();
            notice.path("cpv").forEach(code -> codes.add(code.asText()));
            document.cpv(codes.toArray(String[]::new));
        }
        return document.build();
    }

    private static Stream<JsonNode> lines(String file) throws IOException {
        var json = new ObjectMapper();
        return Files.readAllLines(Corpus.require(file)).stream().map(line -> {
            try {
                return json.readTree(line);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
