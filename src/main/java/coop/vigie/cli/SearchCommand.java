package coop.vigie.cli;

import coop.vigie.Vigie;
import coop.vigie.cli.Nothing.Condition;
import coop.vigie.digest.CallCalendar;
import coop.vigie.index.CompiledQuery;
import coop.vigie.index.Filter;
import coop.vigie.index.Hits;
import coop.vigie.index.QueryCompiler;
import coop.vigie.index.Searcher;
import coop.vigie.index.Snippets;
import coop.vigie.index.Snippets.Snippet;
import coop.vigie.index.Sort;
import coop.vigie.match.Matcher;
import coop.vigie.match.Reason;
import coop.vigie.notice.Call;
import coop.vigie.notice.Kind;
import coop.vigie.notice.Level;
import coop.vigie.notice.Scope;
import coop.vigie.notice.SourceId;
import coop.vigie.pipeline.IndexView;
import coop.vigie.publish.PulledFolder;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
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

    private static final long OLD_DAYS = 4;
    /** Below its row it is indented, and has dots at both ends. */
    private static final int SNIPPET_MARGIN = 10;

    private static final int WIDEST_SNIPPET = 200;
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
    private final OptionSpec snippets = flag("--snippets");
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
                        search.snippets,
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
    private record Found(
            Call call,
            @Nullable Double score,
            List<Reason> reasons,
            @Nullable Snippet snippet) {}

    @Override
    public Integer call() {
        int most = limit.getValue();
        if (most < 1) {
            throw new UsageException(session.words().text("error.limit", most));
        }
        Instant now = session.now();
        String asked = words().collect(Collectors.joining(" "));
        CompiledQuery query = query(asked, now);
        try (Vigie vigie = session.open()) {
            Optional<Searcher> index = searcher(vigie);
            vigie.pulled().state().ifPresent(pulled -> sayAge(pulled, now));
            if (index.isEmpty()) {
                session.say("search.nothing-yet", vigie.home());
                print(List.of(), 0, now);
                return ExitCode.DONE;
            }
            try (Searcher searcher = index.get()) {
                SearchCommand.<String>all(sources).forEach(id -> refuseUnknown(id, vigie, searcher, now));
                warn(asked, vigie, searcher);
                var filter = new Filter(now, includeClosed.getValue());
                Sort order = sort.getValue();
                // Only the table says how many there are in all.
                Hits hits = format.getValue() == Form.TABLE
                        ? searcher.search(query, filter, order, most)
                        : searcher.first(query, filter, order, most);
                boolean ranked = order == Sort.SCORE || hasWords();
                Map<String, List<Reason>> reasons = why.<Boolean>getValue()
                        ? new Matcher(searcher)
                                .reasons(
                                        query,
                                        hits.hits().stream().map(Hits.Hit::id).toList())
                        : Map.of();
                Map<String, Snippet> pieces =
                        snippets.<Boolean>getValue() ? snippets(vigie, query, hits.hits()) : Map.of();
                List<Found> found = hits.hits().stream()
                        .map(hit -> new Found(
                                IndexView.callOf(hit.payload()),
                                ranked ? (double) hit.score() : null,
                                reasons.getOrDefault(hit.id(), List.of()),
                                pieces.get(hit.id())))
                        .toList();
                print(found, hits.total(), now);
                if (found.isEmpty() && format.getValue() == Form.TABLE) {
                    new Nothing(session, searcher, filter).say(asked, words -> words(words, now), options(now));
                }
            }
            return ExitCode.DONE;
        }
    }

    private Optional<Searcher> searcher(Vigie vigie) {
        EarlySearch early = session.early();
        Searcher opened = early == null ? null : early.searcher(session.home());
        return opened == null ? vigie.searcher(() -> session.say("search.rebuild")) : Optional.of(opened);
    }

    /** Codes that do not exist find nothing. Most searches name none. */
    private void warn(String asked, Vigie vigie, Searcher searcher) {
        List<String> namedCpv = all(cpv);
        List<String> namedPlaces = all(places);
        List<String> namedLanguages = all(languages);
        if (asked.indexOf(':') < 0 && namedCpv.isEmpty() && namedPlaces.isEmpty() && namedLanguages.isEmpty()) {
            return;
        }
        var unlisted = new Unlisted(session, vigie, searcher);
        unlisted.inQuery(asked);
        unlisted.among(namedCpv, "cpv", "--cpv ");
        unlisted.among(namedPlaces, "place", "--place ");
        unlisted.among(namedLanguages, "lang", "--lang ");
    }

    /** Whoever searches what was pulled long ago misses what is new, and may not know. */
    private void sayAge(PulledFolder.State pulled, Instant now) {
        long sincePull = Duration.between(pulled.pulled(), now).toDays();
        long sinceMade = Duration.between(pulled.made(), now).toDays();
        if (sincePull >= OLD_DAYS) {
            session.say("pull.old", sincePull);
        } else if (sinceMade >= OLD_DAYS) {
            session.say("pull.old-there", sinceMade);
        }
    }

    /** A source that has left the catalogue is still known by its calls; only where there are none is the file read. */
    private void refuseUnknown(String id, Vigie vigie, Searcher searcher, Instant now) {
        CompiledQuery ofSource = CompiledQuery.sources(List.of(id));
        if (searcher.search(ofSource, new Filter(now, true), Sort.DEADLINE, 1).total() == 0
                && !id.equals(SourceId.HAND.value())
                && (!SourceId.isValid(id)
                        || vigie.pulled().exists()
                        || vigie.catalogue().find(new SourceId(id)).isEmpty())) {
            List<String> near = new Unlisted(session, vigie, searcher).sources(id);
            String unknown = session.words().text("fetch.unknown", id);
            throw new UsageException(
                    near.isEmpty()
                            ? unknown
                            : unknown + ". " + session.words().text("error.near", String.join(", ", near)));
        }
    }

    private boolean hasWords() {
        return words().anyMatch(word -> !word.isBlank() && !word.equals("*"));
    }

    private Stream<String> words() {
        return SearchCommand.<String>all(words).stream().map(NegativeWords::plain);
    }

    /** Texts are not in the index: they come from the store, or from what was pulled. */
    private Map<String, Snippet> snippets(Vigie vigie, CompiledQuery query, List<Hits.Hit> hits) {
        var words = new Snippets(query);
        int width = Math.clamp((long) session.terminal().width() - SNIPPET_MARGIN, SNIPPET_MARGIN, WIDEST_SNIPPET);
        List<String> languages = List.of(session.words().language());
        var found = new HashMap<String, Snippet>();
        vigie.withTexts(hits.stream().map(Hits.Hit::id).toList())
                .forEach((id, call) -> words.in(call.facts().text().byLanguage(), languages, width)
                        .ifPresent(snippet -> found.put(id, snippet)));
        return found;
    }

    private CompiledQuery query(String asked, Instant now) {
        List<CompiledQuery> parts = new ArrayList<>();
        parts.add(words(asked, now));
        for (Condition option : options(now)) {
            parts.add(option.query());
        }
        return CompiledQuery.and(parts);
    }

    private CompiledQuery words(String asked, Instant now) {
        return new QueryCompiler().compile(asked, scope.getValue(), now);
    }

    /** The conditions that are given as options; most searches have none. */
    private List<Condition> options(Instant now) {
        List<Condition> given = new ArrayList<>();
        add(given, levels, CompiledQuery.levels(all(levels)));
        add(given, kinds, CompiledQuery.kinds(all(kinds)));
        add(given, cpv, CompiledQuery.cpv(all(cpv)).to(scope.getValue()));
        add(given, places, CompiledQuery.places(all(places), false).to(scope.getValue()));
        add(given, languages, CompiledQuery.languages(all(languages)));
        add(given, sources, CompiledQuery.sources(all(sources)));
        String within = closingWithin.getValue();
        if (within != null) {
            CompiledQuery soon = CompiledQuery.deadlineBetween(now, now.plus(days(within), ChronoUnit.DAYS));
            given.add(new Condition(closingWithin.longestName() + " " + within, soon));
        }
        LocalDate before = closingBefore.getValue();
        if (before != null) {
            Instant end = before.atStartOfDay(ZoneId.of("Europe/Brussels")).toInstant();
            CompiledQuery until = CompiledQuery.deadlineBetween(null, end.minusMillis(1));
            given.add(new Condition(closingBefore.longestName() + " " + before, until));
        }
        return given;
    }

    private static void add(List<Condition> given, OptionSpec option, CompiledQuery query) {
        List<Object> values = all(option);
        if (!values.isEmpty()) {
            String written = values.stream()
                    .map(value ->
                            value instanceof Enum<?> one ? one.name().toLowerCase(Locale.ROOT) : String.valueOf(value))
                    .collect(Collectors.joining(","));
            given.add(new Condition(option.longestName() + " " + written, query));
        }
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
        Map<String, @Nullable Object> view = Views.call(found.call(), now, found.score(), why(found));
        if (snippets.<Boolean>getValue()) {
            view.put("snippet", found.snippet() == null ? null : found.snippet().text());
        }
        return view;
    }

    /** Below its row: why it is there, and the words around what was found. */
    private List<String> below(Found found) {
        List<String> below = new ArrayList<>();
        if (!found.reasons().isEmpty()) {
            below.add(Listing.INDENT
                    + session.words()
                            .text("search.why", String.join(session.words().text("why.separator"), why(found))));
        }
        if (found.snippet() != null) {
            below.add(line(found.snippet()));
        }
        return below;
    }

    private List<String> why(Found found) {
        var title = found.call().facts().title();
        return found.reasons().stream()
                .map(reason -> Say.reason(session.words(), reason, TitleHits.of(reason, title)))
                .toList();
    }

    private String line(Snippet snippet) {
        var line = new StringBuilder(Listing.INDENT);
        int done = 0;
        for (Snippets.Span hit : snippet.hits()) {
            line.append(snippet.text(), done, hit.start());
            line.append(
                    session.terminal().styled(Terminal.Style.HIT, snippet.text().substring(hit.start(), hit.end())));
            done = hit.end();
        }
        return line.append(snippet.text().substring(done)).toString();
    }

    private void table(List<Found> found, int total, Instant now) {
        if (found.isEmpty()) {
            session.say("search.none");
            return;
        }
        Calls.table(
                session,
                found.stream().map(Found::call).toList(),
                now,
                found.stream().map(this::below).toList());
        session.say(total > found.size() ? "search.some" : "search.all", found.size(), total);
    }
}
