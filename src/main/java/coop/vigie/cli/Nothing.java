package coop.vigie.cli;

import coop.vigie.codes.Cpv;
import coop.vigie.codes.Nuts;
import coop.vigie.index.CompiledQuery;
import coop.vigie.index.Filter;
import coop.vigie.index.QueryCompiler;
import coop.vigie.index.Searcher;
import coop.vigie.index.Sort;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What to say to somebody who has found nothing: words that are spelled nearly so, the conditions that stand in the way, CPV codes about
 * the same, and what has closed already. Nothing of it is loaded where there are hits.
 */
final class Nothing {

    private static final int MOST = 3;
    private static final int MOST_WORDS = 8;
    private static final int MOST_CONDITIONS = 16;

    /** A word that is asked for as it stands: not negated, not cut off, no code. */
    private static final Pattern WORD = Pattern.compile(
            "(?<![\\p{L}\\p{N}:*\\-])(?:(?:title|buyer):)?([\\p{L}\\p{M}]{3,})(?![\\p{L}\\p{N}\\p{M}:*])");

    private final Session session;
    private final Searcher searcher;
    private final Filter filter;

    /** @param filter of the search that found nothing */
    Nothing(Session session, Searcher searcher, Filter filter) {
        this.session = session;
        this.searcher = searcher;
        this.filter = filter;
    }

    /**
     * One condition of a search, given as an option.
     *
     * @param written as it stands on the command line
     */
    record Condition(String written, CompiledQuery query) {}

    /**
     * @param asked the words of the query
     * @param words compiles such words
     * @param options what a call must meet beside the words
     */
    void say(String asked, Function<String, CompiledQuery> words, List<Condition> options) {
        Function<String, CompiledQuery> compiled = other -> and(words.apply(other), options);
        Map<String, List<String>> near = near(asked);
        String mended = asked;
        for (var word : near.entrySet()) {
            mended = replaced(mended, word.getKey(), word.getValue().getFirst());
        }
        int found = mended.equals(asked) ? 0 : count(compiled.apply(mended), filter);
        if (found > 0) {
            session.say("search.did-you-mean", mended, found);
        }
        near.forEach((word, others) -> {
            if (found == 0 || others.size() > 1) {
                session.say("search.similar", word, String.join(", ", others));
            }
        });
        boolean isExplained = found == 0 && causes(asked, words, options);
        places(asked, compiled);
        codes(found > 0 ? mended : asked, compiled, isExplained ? 1 : 0);
        int closed = count(compiled.apply(asked), new Filter(filter.now(), true));
        if (closed > 0) {
            session.say("search.closed", closed);
        }
    }

    /** What one condition alone finds, and what all others find together. */
    private record Cause(String written, int alone, int without) {}

    /**
     * Which of several conditions stand in the way: those without which something is found, or else those that nothing meets.
     *
     * @return true if something would be found without one of them
     */
    private boolean causes(String asked, Function<String, CompiledQuery> words, List<Condition> options) {
        List<String> clauses = new QueryCompiler().clauses(asked);
        if (clauses.size() + options.size() < 2 || clauses.size() + options.size() > MOST_CONDITIONS) {
            return false;
        }
        List<Cause> causes = new ArrayList<>();
        for (int i = 0; i < clauses.size(); i++) {
            List<String> others = new ArrayList<>(clauses);
            others.remove(i);
            CompiledQuery without = and(words.apply(String.join(" ", others)), options);
            causes.add(cause(clauses.get(i), words.apply(clauses.get(i)), without));
        }
        for (int i = 0; i < options.size(); i++) {
            List<Condition> others = new ArrayList<>(options);
            Condition option = others.remove(i);
            causes.add(cause(option.written(), option.query(), and(words.apply(asked), others)));
        }
        List<Cause> decisive = causes.stream()
                .filter(cause -> cause.without() > 0)
                .sorted(Comparator.comparingInt(Cause::without).reversed())
                .limit(MOST)
                .toList();
        for (Cause cause : decisive) {
            session.say(
                    cause.alone() == 0 ? "search.empty-without" : "search.without", cause.written(), cause.without());
        }
        if (decisive.isEmpty()) {
            causes.stream()
                    .filter(cause -> cause.alone() == 0)
                    .limit(MOST)
                    .forEach(cause -> session.say("search.empty", cause.written()));
        }
        return !decisive.isEmpty();
    }

    private Cause cause(String written, CompiledQuery alone, CompiledQuery without) {
        return new Cause(Listing.oneLine(written), count(alone, filter), count(without, filter));
    }

    private static CompiledQuery and(CompiledQuery words, List<Condition> options) {
        return CompiledQuery.and(
                Stream.concat(Stream.of(words), options.stream().map(Condition::query))
                        .toList());
    }

    private int count(CompiledQuery query, Filter filter) {
        return searcher.search(query, filter, Sort.DEADLINE, 0).total();
    }

    /** For each word that nobody writes: words that some do. */
    private Map<String, List<String>> near(String asked) {
        var near = new LinkedHashMap<String, List<String>>();
        for (String word : words(asked)) {
            if (searcher.knows(word)) {
                continue;
            }
            var others = new LinkedHashSet<>(searcher.similar(word, MOST));
            others.addAll(Cpv.similarWords(word, MOST));
            if (!others.isEmpty()) {
                near.put(word, others.stream().limit(MOST).toList());
            }
        }
        return near;
    }

    private static Set<String> words(String asked) {
        var words = new LinkedHashSet<String>();
        Matcher matcher = WORD.matcher(asked);
        while (matcher.find() && words.size() < MOST_WORDS) {
            if (!matcher.group(1).equals("OR")) {
                words.add(matcher.group(1));
            }
        }
        return words;
    }

    /** Calls say where they are by a code, and only by chance by a name. */
    private void places(String asked, Function<String, CompiledQuery> compiled) {
        for (String word : words(asked)) {
            for (String code : Nuts.named(word, 1)) {
                String place = "place:" + code;
                String mended = replaced(asked, word, place);
                int found = count(compiled.apply(mended), filter);
                int there = found > 0 ? found : count(compiled.apply(place), filter);
                if (there > 0) {
                    session.say(
                            "search.place",
                            found > 0 ? mended : place,
                            Nuts.label(code, session.words().language()).orElse(""),
                            there);
                }
            }
        }
    }

    private static String replaced(String asked, String word, String other) {
        return asked.replaceFirst(
                "(?<![\\p{L}\\p{M}])" + Pattern.quote(word) + "(?![\\p{L}\\p{M}])", Matcher.quoteReplacement(other));
    }

    /**
     * Codes whose labels have all the words, else the codes of each word; those first under which something is open.
     *
     * @param least so many calls at least must be open
     */
    private void codes(String asked, Function<String, CompiledQuery> compiled, int least) {
        Set<String> words = words(asked);
        List<Cpv.Match> matches = new ArrayList<>(Cpv.find(String.join(" ", words), 2 * MOST));
        if (matches.isEmpty() && words.size() > 1) {
            words.forEach(word -> matches.addAll(Cpv.find(word, MOST)));
        }
        record Offer(String code, int open) {}
        matches.stream()
                .map(Cpv.Match::code)
                .distinct()
                .map(code -> new Offer(code, count(compiled.apply("cpv:" + code), new Filter(filter.now(), false))))
                .filter(offer -> offer.open() >= least)
                .sorted((one, other) -> Boolean.compare(other.open() > 0, one.open() > 0))
                .limit(MOST)
                .forEach(offer -> session.say(
                        "search.code",
                        offer.code(),
                        Cpv.label(offer.code(), session.words().language()).orElse(""),
                        offer.open()));
    }
}
