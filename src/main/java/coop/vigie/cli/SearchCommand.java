package coop.vigie.cli;

import coop.vigie.Vigie;
import coop.vigie.digest.CallCalendar;
import coop.vigie.index.CompiledQuery;
import coop.vigie.index.Filter;
import coop.vigie.index.Hits;
import coop.vigie.index.Index;
import coop.vigie.index.QueryCompiler;
import coop.vigie.index.Searcher;
import coop.vigie.index.Sort;
import coop.vigie.match.Matcher;
import coop.vigie.match.Reason;
import coop.vigie.notice.Call;
import coop.vigie.notice.Kind;
import coop.vigie.notice.Level;
import coop.vigie.notice.Scope;
import coop.vigie.pipeline.IndexView;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(preprocessor = NegativeWords.class)
final class SearchCommand implements Callable<Integer> {

    private static final ZoneId ZONE = ZoneId.of("Europe/Brussels");
    private static final Pattern SPAN = Pattern.compile("(\\d{1,5})\\s*([dwm]?)");

    /** How the hits are printed. */
    enum Form {
        TABLE,
        JSON,
        JSONL,
        CSV,
        ICS,
        URLS
    }

    private final Session session;

    @Parameters(paramLabel = "QUERY")
    private List<String> words = new ArrayList<>();

    @Option(names = "--level", paramLabel = "LEVEL", split = ",")
    private List<Level> levels = new ArrayList<>();

    @Option(names = "--kind", paramLabel = "KIND", split = ",")
    private List<Kind> kinds = new ArrayList<>();

    @Option(names = "--cpv", paramLabel = "CPV", split = ",")
    private List<String> cpv = new ArrayList<>();

    @Option(names = "--place", paramLabel = "NUTS", split = ",")
    private List<String> places = new ArrayList<>();

    @Option(names = "--lang", paramLabel = "LANG", split = ",")
    private List<String> languages = new ArrayList<>();

    @Option(names = "--source", paramLabel = "ID", split = ",")
    private List<String> sources = new ArrayList<>();

    @Option(names = "--closing-within", paramLabel = "30d")
    private @Nullable String closingWithin;

    @Option(names = "--closing-before", paramLabel = "DATE")
    private @Nullable LocalDate closingBefore;

    @Option(names = "--include-closed")
    private boolean includeClosed;

    @Option(names = "--scope", paramLabel = "narrow|balanced|wide")
    private Scope scope = Scope.BALANCED;

    @Option(names = "--sort", paramLabel = "deadline|score|published")
    private Sort sort = Sort.DEADLINE;

    @Option(names = "--limit", paramLabel = "N")
    private int limit = 50;

    @Option(names = "--why")
    private boolean why;

    @Option(names = "--format", paramLabel = "table|json|jsonl|csv|ics|urls")
    private Form format = Form.TABLE;

    SearchCommand(Session session) {
        this.session = session;
    }

    /** A hit with what is printed of it. */
    private record Found(Call call, @Nullable Double score, List<Reason> reasons) {}

    /**
     * A search for nothing in particular, its answer thrown away: what it loads and reads, the search that was asked finds
     * ready. Fails where that one will fail.
     */
    static void warmUp(Session session) {
        Instant now = session.now();
        CompiledQuery everything = new QueryCompiler(ZONE).compile("*", Scope.BALANCED, now);
        try (Vigie vigie = session.open();
                Searcher searcher = Index.briefly(vigie.indexFolder())) {
            searcher.search(everything, new Filter(now, false), Sort.DEADLINE, 1).hits().stream()
                    .map(hit -> IndexView.callOf(hit.payload()))
                    .forEach(call -> JsonText.line(Views.call(call, now, null, List.of())));
        }
    }

    @Override
    public Integer call() {
        if (limit < 1) {
            throw new UsageException(session.words().text("error.limit", limit));
        }
        words.replaceAll(NegativeWords::plain);
        Instant now = session.now();
        CompiledQuery query = query(now);
        try (Vigie vigie = session.open()) {
            Optional<Searcher> index = vigie.searcher(() -> session.say("search.rebuild"));
            if (index.isEmpty()) {
                session.say("search.nothing-yet", vigie.home());
                print(List.of(), 0, now);
                return ExitCode.DONE;
            }
            try (Searcher searcher = index.get()) {
                var filter = new Filter(now, includeClosed);
                Hits hits = searcher.search(query, filter, sort, limit);
                var matcher = new Matcher(searcher);
                boolean ranked = sort == Sort.SCORE || hasWords();
                List<Found> found = hits.hits().stream()
                        .map(hit -> new Found(
                                IndexView.callOf(hit.payload()),
                                ranked ? (double) hit.score() : null,
                                why ? matcher.reasons(query, hit.id()) : List.of()))
                        .toList();
                print(found, hits.total(), now);
            }
            return ExitCode.DONE;
        }
    }

    private boolean hasWords() {
        return words.stream().anyMatch(word -> !word.isBlank() && !word.equals("*"));
    }

    private CompiledQuery query(Instant now) {
        List<CompiledQuery> parts = new ArrayList<>();
        parts.add(new QueryCompiler(ZONE).compile(String.join(" ", words), scope, now));
        parts.add(CompiledQuery.levels(levels));
        parts.add(CompiledQuery.kinds(kinds));
        parts.add(CompiledQuery.cpv(cpv));
        parts.add(CompiledQuery.places(places, false));
        parts.add(CompiledQuery.languages(languages));
        parts.add(CompiledQuery.sources(sources));
        if (closingWithin != null) {
            parts.add(CompiledQuery.deadlineBetween(now, now.plus(days(closingWithin), ChronoUnit.DAYS)));
        }
        if (closingBefore != null) {
            Instant end = closingBefore.atStartOfDay(ZONE).toInstant();
            parts.add(CompiledQuery.deadlineBetween(null, end.minusMillis(1)));
        }
        return CompiledQuery.and(parts);
    }

    private int days(String span) {
        java.util.regex.Matcher matcher = SPAN.matcher(span);
        if (!matcher.matches()) {
            throw new UsageException(session.words().text("error.span", span));
        }
        int number = Integer.parseInt(matcher.group(1));
        return switch (matcher.group(2)) {
            case "w" -> 7 * number;
            case "m" -> 30 * number;
            default -> number;
        };
    }

    private void print(List<Found> found, int total, Instant now) {
        switch (format) {
            case TABLE -> table(found, total, now);
            case JSON -> session.listing().rows(Format.JSON, views(found, now));
            case JSONL -> session.listing().rows(Format.JSONL, views(found, now));
            case CSV -> session.listing().rows(Format.CSV, views(found, now));
            case ICS ->
                session.terminal()
                        .out()
                        .print(CallCalendar.of(
                                found.stream().map(Found::call).toList(),
                                now,
                                session.words().language()));
            case URLS ->
                found.stream()
                        .map(each -> each.call().facts().url())
                        .filter(Objects::nonNull)
                        .map(Listing::oneLine)
                        .forEach(session.terminal().out()::println);
        }
    }

    private List<Map<String, @Nullable Object>> views(List<Found> found, Instant now) {
        return found.stream().map(each -> view(each, now)).toList();
    }

    private Map<String, @Nullable Object> view(Found found, Instant now) {
        return Views.call(
                found.call(),
                now,
                found.score(),
                found.reasons().stream()
                        .map(reason -> Say.reason(session.words(), reason))
                        .toList());
    }

    private void table(List<Found> found, int total, Instant now) {
        if (found.isEmpty()) {
            session.say("search.none");
            return;
        }
        Calls.table(session, found.stream().map(Found::call).toList(), now);
        if (why) {
            found.forEach(each -> session.terminal()
                    .out()
                    .println("  " + each.call().id() + ": "
                            + String.join(
                                    "; ",
                                    each.reasons().stream()
                                            .map(reason -> Say.reason(session.words(), reason))
                                            .toList())));
        }
        session.say(total > found.size() ? "search.some" : "search.all", found.size(), total);
    }
}
