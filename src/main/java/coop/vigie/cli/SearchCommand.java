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
import coop.vigie.notice.SourceId;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Built without annotations, like {@link RootCommand}. */
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

    private final PositionalParamSpec words = PositionalParamSpec.builder()
            .paramLabel("QUERY")
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .build();
    private final OptionSpec levels = several("--level", "LEVEL", Level.class);
    private final OptionSpec kinds = several("--kind", "KIND", Kind.class);
    private final OptionSpec cpv = several("--cpv", "CPV", String.class);
    private final OptionSpec places = several("--place", "NUTS", String.class);
    private final OptionSpec languages = several("--lang", "LANG", String.class);
    private final OptionSpec sources = several("--source", "ID", String.class);
    private final OptionSpec closingWithin = one("--closing-within", "30d", String.class, null);
    private final OptionSpec closingBefore = one("--closing-before", "DATE", LocalDate.class, null);
    private final OptionSpec includeClosed = flag("--include-closed");
    private final OptionSpec scope = one("--scope", "narrow|balanced|wide", Scope.class, Scope.BALANCED);
    private final OptionSpec sort = one("--sort", "deadline|score|published", Sort.class, Sort.DEADLINE);
    private final OptionSpec limit = one("--limit", "N", int.class, 50);
    private final OptionSpec why = flag("--why");
    private final OptionSpec format = one("--format", "table|json|jsonl|csv|ics|urls", Form.class, Form.TABLE);

    private SearchCommand(Session session) {
        this.session = session;
    }

    static CommandSpec spec(Session session) {
        var search = new SearchCommand(session);
        CommandSpec spec = CommandSpec.wrapWithoutInspection(search)
                .preprocessor(new NegativeWords())
                .addPositional(search.words);
        Stream.of(
                        search.levels,
                        search.kinds,
                        search.cpv,
                        search.places,
                        search.languages,
                        search.sources,
                        search.closingWithin,
                        search.closingBefore,
                        search.includeClosed,
                        search.scope,
                        search.sort,
                        search.limit,
                        search.why,
                        search.format)
                .forEach(spec::addOption);
        return spec;
    }

    private static OptionSpec several(String name, String label, Class<?> type) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(List.class)
                .auxiliaryTypes(type)
                .splitRegex(",")
                .build();
    }

    private static OptionSpec one(String name, String label, Class<?> type, @Nullable Object otherwise) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(type)
                .initialValue(otherwise)
                .build();
    }

    private static OptionSpec flag(String name) {
        return OptionSpec.builder(name).type(boolean.class).initialValue(false).build();
    }

    private static <T> List<T> all(ArgSpec given) {
        List<T> values = given.getValue();
        return values == null ? List.of() : values;
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
        int most = limit.getValue();
        if (most < 1) {
            throw new UsageException(session.words().text("error.limit", most));
        }
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
                SearchCommand.<String>all(sources).forEach(id -> refuseUnknown(id, vigie, searcher, now));
                var filter = new Filter(now, includeClosed.getValue());
                Sort order = sort.getValue();
                // Only the table says how many there are in all.
                Hits hits = format.getValue() == Form.TABLE
                        ? searcher.search(query, filter, order, most)
                        : searcher.first(query, filter, order, most);
                var matcher = new Matcher(searcher);
                boolean ranked = order == Sort.SCORE || hasWords();
                boolean reasons = why.getValue();
                List<Found> found = hits.hits().stream()
                        .map(hit -> new Found(
                                IndexView.callOf(hit.payload()),
                                ranked ? (double) hit.score() : null,
                                reasons ? matcher.reasons(query, hit.id()) : List.of()))
                        .toList();
                print(found, hits.total(), now);
            }
            return ExitCode.DONE;
        }
    }

    /** A source that has left the catalogue is still known by its calls; only where there are none is the file read. */
    private void refuseUnknown(String id, Vigie vigie, Searcher searcher, Instant now) {
        CompiledQuery ofSource = CompiledQuery.sources(List.of(id));
        if (searcher.search(ofSource, new Filter(now, true), Sort.DEADLINE, 1).total() == 0
                && !id.equals(SourceId.HAND.value())
                && (!SourceId.isValid(id)
                        || vigie.catalogue().find(new SourceId(id)).isEmpty())) {
            throw new UsageException(session.words().text("fetch.unknown", id));
        }
    }

    private boolean hasWords() {
        return words().anyMatch(word -> !word.isBlank() && !word.equals("*"));
    }

    private Stream<String> words() {
        return SearchCommand.<String>all(words).stream().map(NegativeWords::plain);
    }

    private CompiledQuery query(Instant now) {
        List<CompiledQuery> parts = new ArrayList<>();
        parts.add(new QueryCompiler(ZONE).compile(words().collect(Collectors.joining(" ")), scope.getValue(), now));
        parts.add(CompiledQuery.levels(all(levels)));
        parts.add(CompiledQuery.kinds(all(kinds)));
        parts.add(CompiledQuery.cpv(all(cpv)).to(scope.getValue()));
        parts.add(CompiledQuery.places(all(places), false).to(scope.getValue()));
        parts.add(CompiledQuery.languages(all(languages)));
        parts.add(CompiledQuery.sources(all(sources)));
        String within = closingWithin.getValue();
        if (within != null) {
            parts.add(CompiledQuery.deadlineBetween(now, now.plus(days(within), ChronoUnit.DAYS)));
        }
        LocalDate before = closingBefore.getValue();
        if (before != null) {
            Instant end = before.atStartOfDay(ZONE).toInstant();
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
        Form form = format.getValue();
        switch (form) {
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
        if (why.<Boolean>getValue()) {
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
