package coop.vigie.cli;

import coop.vigie.Vigie;
import coop.vigie.index.CompiledQuery;
import coop.vigie.index.Document;
import coop.vigie.index.Filter;
import coop.vigie.index.Hits;
import coop.vigie.index.Index;
import coop.vigie.index.Searcher;
import coop.vigie.index.Sort;
import coop.vigie.notice.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Searches, for the launcher to train its class cache on. Reads the home and changes nothing. What others need
 * beyond that, such as the store, would make the cache, and so every start, slower; so it is built without annotations, too.
 *
 * <p>With {@code --prepare} it fills a scratch home's index before: in a small one Lucene takes other ways than in one of
 * many calls, and what it needs there would be missing from the cache.
 */
final class WarmUpCommand implements Callable<Integer> {

    private static final int CALLS = 20_000;
    private static final String[] WORDS = {"spectacle", "vertaling", "theatre", "architecture", "workshop", "atelier"};

    private static final String[] LANGUAGES = {"fr", "nl", "en", "de"};

    private final Session session;
    private final OptionSpec prepare = OptionSpec.builder("--prepare")
            .type(boolean.class)
            .initialValue(false)
            .build();

    private WarmUpCommand(Session session) {
        this.session = session;
    }

    static CommandSpec spec(Session session) {
        var command = new WarmUpCommand(session);
        CommandSpec spec = CommandSpec.wrapWithoutInspection(command).addOption(command.prepare);
        spec.usageMessage().hidden(true);
        return spec;
    }

    @Override
    public Integer call() {
        if (prepare.<Boolean>getValue()) {
            try (Vigie vigie = session.open();
                    Index index = Index.open(vigie.indexFolder())) {
                index.rebuild(manyOf(index), CALLS);
            }
            return ExitCode.DONE;
        }
        run("search", "*");
        run("search", "spectacle OR vertaling", "cpv:79*");
        run("search", "spectacle", "vertaling", "--format", "json");
        run("search", "vertaling", "theatre", "--format", "json");
        run("search", "architecture", "workshop", "--format", "json");
        run("search", "atelier", "--format", "json");
        run("search", "théâtre", "-architecture", "--why", "--format", "json");
        return ExitCode.DONE;
    }

    /** The calls that are there, again and again, under other ids and with other words and dates. */
    private static List<Document> manyOf(Index index) {
        List<Hits.Hit> hits;
        Instant now = Instant.now();
        try (Searcher searcher = index.searcher()) {
            hits = searcher.search(CompiledQuery.EVERYTHING, new Filter(now, true), Sort.DEADLINE, CALLS)
                    .hits();
        }
        return IntStream.range(0, CALLS)
                .mapToObj(i -> document(i, hits.get(i % hits.size()).payload(), now))
                .toList();
    }

    private static Document document(int i, String payload, Instant now) {
        Instant closes = now.plus(Duration.ofMinutes((long) i * 61 - 30 * CALLS));
        boolean isDated = i % 9 > 0;
        // As in life, not everything has a title in every language, a date, or a value.
        String language = LANGUAGES[i % LANGUAGES.length];
        String text = IntStream.range(0, WORDS.length)
                // From every second text to one in a hundred: Lucene goes other ways for rare words than for frequent
                // ones.
                .filter(word -> i % (4 * word * word + 2) == 0)
                .mapToObj(word -> WORDS[word])
                .collect(Collectors.joining(" "));
        return new Document(
                "many:" + i,
                i,
                Map.of(language, WORDS[i % WORDS.length] + " " + i),
                Map.of(language, text),
                List.of("buyer " + i % 50),
                "call",
                "regional",
                "competition",
                List.of("many"),
                List.of(language),
                List.of(language),
                List.of("79" + (100_000 + i)),
                List.of("BE1"),
                isDated ? closes.toEpochMilli() : Deadline.UNKNOWN.sortKey(),
                isDated ? "dated" : "unknown",
                isDated ? closes : null,
                i % 7 == 0 ? null : now,
                i % 5 == 0 ? BigDecimal.valueOf(i) : null,
                payload);
    }

    private void run(String... words) {
        var nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        var arguments = new ArrayList<>(List.of("--home", session.home().toString()));
        arguments.addAll(List.of(words));
        Main.start(
                new Terminal(nowhere, nowhere, false, false, 100),
                session.environment(),
                arguments.toArray(String[]::new));
    }
}
