package coop.vigie.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import coop.vigie.group.Profile;
import coop.vigie.index.Batch;
import coop.vigie.index.CompiledQuery;
import coop.vigie.index.Document;
import coop.vigie.index.Filter;
import coop.vigie.index.Index;
import coop.vigie.index.MonitorRival;
import coop.vigie.index.QueryCompiler;
import coop.vigie.index.Searcher;
import coop.vigie.match.CompiledProfile;
import coop.vigie.notice.Scope;
import coop.vigie.pipeline.IndexView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** New notices against many profiles, to pairs of both, beside Lucene Monitor with the same queries and analyzers. */
final class MatchBench {

    private static final long SEED = 20261124;
    private static final int RUNS = 3;

    private final int notices;
    private final List<Integer> profiles;
    private final Map<String, Object> view = new LinkedHashMap<>();

    MatchBench(int notices, List<Integer> profiles) {
        this.notices = notices;
        this.profiles = profiles;
    }

    void run() throws Exception {
        List<Document> documents = Calls.many(SEED, notices)
                .map(call -> IndexView.document(call, 1, Calls.NOW))
                .toList();
        System.out.printf(
                "%,d notices against profiles, to pairs; %d runs after one dropped%n%s%n%n",
                notices, RUNS, Machine.describe());
        System.out.printf(
                "%-9s %-10s %-26s %-26s %-26s %-26s %s%n",
                "profiles", "pairs", "vigie, ms", "of which its index", "Monitor, filtering", "Monitor, all", "ratio");
        for (int count : profiles) {
            compare(count, compiled(count), documents);
        }
        System.out.println();
        System.out.println(new ObjectMapper()
                .writeValueAsString(
                        Map.of("bench", "match", "notices", notices, "machine", Machine.describe(), "profiles", view)));
    }

    /** One after the other, as a rival keeps every query twice and there may be no room for two of them. */
    private void compare(int count, Map<String, CompiledQuery> profiles, List<Document> documents) throws Exception {
        List<Double> whole = new ArrayList<>();
        List<Double> indexing = new ArrayList<>();
        Set<String> pairs = new HashSet<>();
        for (int run = 0; run <= RUNS; run++) {
            pairs.clear();
            long start = System.nanoTime();
            Path folder = Files.createTempDirectory("vigie-bench-match-");
            double index;
            try (Index fresh = Index.open(folder)) {
                fresh.write(documents, List.of(), 1);
                index = since(start);
                try (Searcher searcher = fresh.searcher()) {
                    Batch batch = searcher.batch(Filter.everything(), 0, 1);
                    profiles.forEach((id, query) -> batch.find(query).forEach(call -> pairs.add(id + ' ' + call)));
                }
            }
            double took = since(start);
            Folders.delete(folder);
            if (run > 0) {
                whole.add(took);
                indexing.add(index);
            }
        }
        List<Double> filtered = rival(true, profiles, documents, pairs);
        List<Double> unfiltered = rival(false, profiles, documents, pairs);
        double best = Math.min(new Figures(filtered).median(), new Figures(unfiltered).median());
        System.out.printf(
                Locale.ROOT,
                "%-9d %-10d %-26s %-26s %-26s %-26s %.2f%n",
                count,
                pairs.size(),
                new Figures(whole),
                new Figures(indexing),
                new Figures(filtered),
                new Figures(unfiltered),
                best / new Figures(whole).median());
        view.put(
                String.valueOf(count),
                Map.of(
                        "pairs", pairs.size(),
                        "vigie", new Figures(whole).view(),
                        "index", new Figures(indexing).view(),
                        "monitorFiltering", new Figures(filtered).view(),
                        "monitorAll", new Figures(unfiltered).view()));
    }

    private static List<Double> rival(
            boolean filtering, Map<String, CompiledQuery> profiles, List<Document> documents, Set<String> pairs)
            throws Exception {
        List<Double> took = new ArrayList<>();
        try (var monitor = new MonitorRival(filtering, profiles)) {
            for (int run = 0; run <= RUNS; run++) {
                long start = System.nanoTime();
                same(pairs, monitor.match(documents));
                if (run > 0) {
                    took.add(since(start));
                }
            }
        }
        return took;
    }

    private static void same(Set<String> ours, Set<String> theirs) {
        if (!ours.equals(theirs)) {
            throw new IllegalStateException("%d pairs, and the rival has %d".formatted(ours.size(), theirs.size()));
        }
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e6;
    }

    private static Map<String, CompiledQuery> compiled(int count) {
        var random = new Random(SEED);
        var calls = new Calls(SEED + 1);
        var compiler = new QueryCompiler();
        var compiled = new LinkedHashMap<String, CompiledQuery>();
        for (int i = 0; i < count; i++) {
            var profile = new Profile(
                    "p" + i,
                    Scope.BALANCED,
                    List.of(
                            rare(random),
                            rare(random),
                            '"' + Calls.word(3) + ' ' + rare(random) + '"',
                            Calls.word(random.nextInt(200)) + ' ' + rare(random)),
                    List.of(),
                    List.of(Calls.word(2_000 + random.nextInt(2_000))),
                    List.of(calls.cpv()),
                    random.nextInt(3) == 0 ? List.of(calls.place().substring(0, 3)) : List.of(),
                    List.of(),
                    List.of(),
                    "");
            compiled.put(
                    profile.id(),
                    CompiledProfile.compile(profile, compiler, Calls.NOW).whole());
        }
        return compiled;
    }

    private static String rare(Random random) {
        return Calls.word(8_000 + random.nextInt(22_000));
    }
}
