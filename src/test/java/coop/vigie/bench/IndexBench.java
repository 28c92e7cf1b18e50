package coop.vigie.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import coop.vigie.index.CompiledQuery;
import coop.vigie.index.Document;
import coop.vigie.index.Filter;
import coop.vigie.index.Index;
import coop.vigie.index.QueryCompiler;
import coop.vigie.index.Searcher;
import coop.vigie.index.Sort;
import coop.vigie.notice.Call;
import coop.vigie.notice.Scope;
import coop.vigie.pipeline.IndexView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Calls to a searchable index, beside SQLite's FTS5 with the same words. */
final class IndexBench {

    private static final long SEED = 20261124;
    private static final List<String> ASKED =
            List.of(0, 7, 60, 400, 3_000, 20_000).stream().map(Calls::word).toList();

    private final int calls;

    IndexBench(int calls) {
        this.calls = calls;
    }

    void run() throws Exception {
        System.out.printf(Locale.ROOT, "%,d calls from values to an index, once%n%s%n%n", calls, Machine.describe());
        Path folder = Files.createTempDirectory("vigie-bench-index-");
        try {
            Took made = time(() -> documents().forEachRemaining(each -> {}));
            Took ours = time(() -> {
                try (Index index = Index.open(folder.resolve("ours"))) {
                    index.rebuild(calls(), IndexBench::document, calls);
                }
            });
            Took theirs = time(() -> SqliteRival.write(folder.resolve("fts.db"), documents()));
            check(folder);
            print("making the calls and their JSON alone", made, -1);
            print("vigie, making included", ours, bytes(folder.resolve("ours")));
            print("FTS5, making included", theirs, bytes(folder.resolve("fts.db")));
            System.out.printf(
                    Locale.ROOT,
                    "ratio %.2f, peak memory %d MB%n%n",
                    theirs.millis() / ours.millis(),
                    Machine.peakMegabytes());
            System.out.println(new ObjectMapper()
                    .writeValueAsString(Map.of(
                            "bench", "index",
                            "calls", calls,
                            "machine", Machine.describe(),
                            "making", Math.round(made.millis()),
                            "vigie", Math.round(ours.millis()),
                            "fts5", Math.round(theirs.millis()),
                            "perSecond", Math.round(calls / ours.millis() * 1_000),
                            "ratio", Math.round(100 * theirs.millis() / ours.millis()) / 100.0)));
        } finally {
            Folders.delete(folder);
        }
    }

    private Iterator<Call> calls() {
        return Calls.many(SEED, calls).iterator();
    }

    private Iterator<Document> documents() {
        return Calls.many(SEED, calls).map(IndexBench::document).iterator();
    }

    private static Document document(Call call) {
        return IndexView.document(call, 1, Calls.NOW);
    }

    private void check(Path folder) throws Exception {
        var compiler = new QueryCompiler();
        try (Index index = Index.openReadOnly(folder.resolve("ours"));
                Searcher searcher = index.searcher();
                SqliteRival rival = SqliteRival.open(folder.resolve("fts.db"))) {
            List<Long> ours = ASKED.stream()
                    .map(word -> (long) count(searcher, compiler.compile(word, Scope.NARROW, Calls.NOW)))
                    .toList();
            List<Long> theirs = rival.counts(ASKED);
            if (searcher.size() != calls || rival.size() != calls || !ours.equals(theirs)) {
                throw new IllegalStateException("of %s, %s stand in %d of ours, and %s in %d of the rival"
                        .formatted(ASKED, ours, searcher.size(), theirs, rival.size()));
            }
        }
    }

    private static int count(Searcher searcher, CompiledQuery query) {
        return searcher.search(query, Filter.everything(), Sort.DEADLINE, 0).total();
    }

    private void print(String what, Took took, long bytes) {
        System.out.printf(
                Locale.ROOT,
                "%-40s %,9.0f ms  %,7.0f/s  %5.1f s of processors  %s%n",
                what,
                took.millis(),
                calls / took.millis() * 1_000,
                took.processorMillis() / 1_000,
                bytes < 0 ? "" : "%,d MB".formatted(bytes / 1_000_000));
    }

    private static long bytes(Path path) throws Exception {
        try (var files = Files.walk(path)) {
            long sum = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sum += Files.size(file);
            }
            return sum;
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    /** @param processorMillis of all processors together, which tells more than the clock on a busy machine */
    private record Took(double millis, double processorMillis) {}

    private static Took time(Work work) throws Exception {
        long start = System.nanoTime();
        long processor = Machine.processorNanos();
        work.run();
        return new Took((System.nanoTime() - start) / 1e6, (Machine.processorNanos() - processor) / 1e6);
    }
}
