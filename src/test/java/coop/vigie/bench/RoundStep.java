package coop.vigie.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import coop.vigie.Vigie;
import coop.vigie.call.CallStore;
import coop.vigie.fetch.Fetcher;
import coop.vigie.match.ProfileKey;
import coop.vigie.pipeline.FetchRound;
import coop.vigie.store.Database;
import coop.vigie.store.LeaseStore;
import coop.vigie.store.NoticeStore;
import coop.vigie.store.Schema;
import coop.vigie.store.SourceStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** One round in a process of its own, as the first of a day; prints what each step took as a line of JSON. */
final class RoundStep {

    private final Vigie vigie;
    private final Map<String, Object> took = new LinkedHashMap<>();

    private RoundStep(Vigie vigie) {
        this.vigie = vigie;
    }

    /** @param arguments home, {@code parse} (stores nothing) or {@code whole} */
    public static void main(String[] arguments) throws Exception {
        try (var vigie = new Vigie(Path.of(arguments[0]), Calls.NOW, Map.of())) {
            var step = new RoundStep(vigie);
            if (arguments[1].equals("parse")) {
                step.parse();
            } else {
                step.whole(Path.of(arguments[0]));
            }
            System.out.println(new ObjectMapper().writeValueAsString(step.took));
        }
    }

    private void parse() {
        var source = vigie.catalogue().enabled().getFirst();
        time("parse", () -> took.put("notices", vigie.tryOut(source).notices().size()));
    }

    private void whole(Path home) {
        try (Database database = Database.open(home.resolve("data"), Schema.PUBLIC);
                var fetcher = new Fetcher(vigie.catalogue().contact())) {
            var calls = new CallStore(database, new NoticeStore(database));
            time(
                    "parseAndStore",
                    () -> new FetchRound(
                                    fetcher,
                                    database,
                                    new SourceStore(database),
                                    calls,
                                    new LeaseStore(database, InstantSource.system()),
                                    Calls.NOW,
                                    false)
                            .visit(
                                    vigie.catalogue().enabled(),
                                    done -> took.put("notices", done.ingested().added())));
        }
        time("index", () -> vigie.indexView().catchUp(Calls.NOW));
        time(
                "match",
                () -> took.put("matches", vigie.matching().catchUp(Calls.NOW).added()));
        took.put("peakMegabytes", Machine.peakMegabytes());
        check();
    }

    private void time(String step, Runnable work) {
        long start = System.nanoTime();
        work.run();
        took.put(step, Math.round((System.nanoTime() - start) / 1e6));
    }

    /** What is stored is what every profile on every open call gives. */
    private void check() {
        Map<ProfileKey, Set<String>> expected = vigie.matching().bruteForce(Calls.NOW);
        expected.forEach((profile, calls) -> {
            Set<String> stored = vigie.matches().of(profile).keySet();
            if (!stored.equals(calls)) {
                throw new IllegalStateException(
                        "%s has %d matches instead of %d".formatted(profile, stored.size(), calls.size()));
            }
        });
        int all = expected.values().stream().mapToInt(Set::size).sum();
        if (all == 0 || !took.get("matches").equals(all)) {
            throw new IllegalStateException("%d matches, and %s reported".formatted(all, took.get("matches")));
        }
    }
}
