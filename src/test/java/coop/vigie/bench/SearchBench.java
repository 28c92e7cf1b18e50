package coop.vigie.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import coop.vigie.index.Filter;
import coop.vigie.index.Index;
import coop.vigie.index.QueryCompiler;
import coop.vigie.index.Searcher;
import coop.vigie.index.Sort;
import coop.vigie.notice.Scope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Searches in a running program: words, filters, what is still open, in the order of deadlines, fifty of them with what a hit
 * gives back. Beside it SQLite's FTS5 with the same data; both must give the same calls in the same order.
 */
final class SearchBench {

    private static final long SEED = 411;
    private static final int QUERIES = 200;
    private static final int ROUNDS = 6;
    private static final int LIMIT = 50;
    private static final List<String> PLACES = List.of("BE", "BE1", "BE211", "NL", "FR101");

    private final SearchableCalls data;
    private final int calls;
    private final QueryCompiler compiler = new QueryCompiler();

    SearchBench(Path checkout, int calls) {
        this.data = new SearchableCalls(checkout, calls);
        this.calls = calls;
    }

    /** @param place beginning of a NUTS code; likewise {@code cpv}; empty for any */
    private record Question(List<String> words, String place, String cpv) {

        String ours() {
            var query = new StringBuilder(String.join(" ", words));
            if (!place.isEmpty()) {
                query.append(" place:").append(place).append('*');
            }
            if (!cpv.isEmpty()) {
                query.append(" cpv:").append(cpv).append('*');
            }
            return query.toString();
        }

        String theirs() {
            return String.join(" ", words);
        }
    }

    void run() throws Exception {
        data.prepare();
        List<Question> questions = questions();
        var ours = new ArrayList<Double>();
        var theirs = new ArrayList<Double>();
        int found = 0;
        try (Index index = Index.openReadOnly(data.index());
                Searcher searcher = index.searcher();
                SqliteRival rival = SqliteRival.open(data.rival())) {
            for (int round = 0; round < ROUNDS; round++) {
                for (Question question : questions) {
                    long start = System.nanoTime();
                    List<String> hits = ours(searcher, question);
                    long middle = System.nanoTime();
                    List<String> rows = rival.search(question.theirs(), question.place(), question.cpv(), LIMIT);
                    long end = System.nanoTime();
                    if (!hits.equals(rows)) {
                        throw new IllegalStateException(
                                "for '%s', vigie found %s, and FTS5 %s".formatted(question.ours(), hits, rows));
                    }
                    if (round > 0) {
                        ours.add((middle - start) / 1e6);
                        theirs.add((end - middle) / 1e6);
                        found += hits.size();
                    }
                }
            }
        }
        print(new Spread(ours), new Spread(theirs), found / (double) ours.size());
    }

    private List<String> ours(Searcher searcher, Question question) {
        var query = compiler.compile(question.ours(), Scope.NARROW, Calls.NOW);
        return searcher.first(query, Filter.open(Calls.NOW), Sort.DEADLINE, LIMIT).hits().stream()
                .map(hit -> hit.id() + ' ' + hit.payload())
                .toList();
    }

    /** One word to three, common and rare; half of them in a place, half below a code. */
    private static List<Question> questions() {
        var random = new Random(SEED);
        var words = new Calls(SEED);
        var questions = new ArrayList<Question>();
        for (int i = 0; i < QUERIES; i++) {
            String place = random.nextBoolean() ? PLACES.get(random.nextInt(PLACES.size())) : "";
            String cpv = random.nextBoolean() ? words.cpv().substring(0, 2) : "";
            questions.add(new Question(List.of(words.text(1 + i % 3).split(" ")), place, cpv));
        }
        return questions;
    }

    private void print(Spread ours, Spread theirs, double hits) throws Exception {
        System.out.printf(
                Locale.ROOT,
                "%,d calls, a third open; %d queries, %d rounds after one dropped, %.0f hits on average; ms%n%s%n%n",
                calls,
                QUERIES,
                ROUNDS - 1,
                hits,
                Machine.describe());
        System.out.printf("%-14s %9s %9s %9s %9s%n", "", "p50", "p90", "p99", "most");
        System.out.printf("%-14s %s%n", "vigie", ours);
        System.out.printf("%-14s %s%n", "SQLite FTS5", theirs);
        System.out.printf(
                Locale.ROOT,
                "%-14s %9.1f %9.1f %9.1f%n%n",
                "ratio",
                theirs.at(0.5) / ours.at(0.5),
                theirs.at(0.9) / ours.at(0.9),
                theirs.at(0.99) / ours.at(0.99));
        System.out.println(new ObjectMapper()
                .writeValueAsString(Map.of(
                        "bench", "search",
                        "calls", calls,
                        "machine", Machine.describe(),
                        "vigie", ours.view(),
                        "fts5", theirs.view())));
    }

    /** Times in milliseconds, ascending. */
    private record Spread(List<Double> millis) {

        Spread {
            millis = millis.stream().sorted().toList();
        }

        /** @param share of the times that are shorter, from 0 to 1 */
        double at(double share) {
            return millis.get((int) Math.min(millis.size() - 1, share * millis.size()));
        }

        Map<String, Double> view() {
            return Map.of("p50", rounded(0.5), "p90", rounded(0.9), "p99", rounded(0.99), "most", rounded(1));
        }

        private double rounded(double share) {
            return Math.round(at(share) * 1_000) / 1_000.0;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%9.2f %9.2f %9.2f %9.2f", at(0.5), at(0.9), at(0.99), at(1));
        }
    }
}
