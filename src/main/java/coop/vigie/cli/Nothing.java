package coop.vigie.cli;

import coop.vigie.codes.Cpv;
import coop.vigie.index.CompiledQuery;
import coop.vigie.index.Filter;
import coop.vigie.index.Searcher;
import coop.vigie.index.Sort;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What to say to somebody who has found nothing: words that are spelled nearly so, CPV codes about the same, and what has closed already.
 * Nothing of it is loaded where there are hits.
 */
final class Nothing {

    private static final int MOST = 3;
    private static final int MOST_WORDS = 8;

    /** A word that is asked for as it stands: not negated, not cut off, no code. */
    private static final Pattern WORD = Pattern.compile(
            "(?<![\\p{L}\\p{N}:*\\-])(?:(?:title|buyer):)?([\\p{L}\\p{M}]{3,})(?![\\p{L}\\p{N}\\p{M}:*])");

    private final Session session;
    private final Searcher searcher;
    private final Instant now;

    Nothing(Session session, Searcher searcher, Instant now) {
        this.session = session;
        this.searcher = searcher;
        this.now = now;
    }

    /**
     * @param asked the words of the query
     * @param compiled the whole search with other words
     */
    void say(String asked, Function<String, CompiledQuery> compiled) {
        var open = new Filter(now, false);
        Map<String, List<String>> near = near(asked);
        String mended = asked;
        for (var word : near.entrySet()) {
            mended = mended.replaceFirst(
                    "(?<![\\p{L}\\p{M}])" + Pattern.quote(word.getKey()) + "(?![\\p{L}\\p{M}])",
                    Matcher.quoteReplacement(word.getValue().getFirst()));
        }
        int found = mended.equals(asked) ? 0 : count(compiled.apply(mended), open);
        if (found > 0) {
            session.say("search.did-you-mean", mended, found);
        }
        near.forEach((word, others) -> {
            if (found == 0 || others.size() > 1) {
                session.say("search.similar", word, String.join(", ", others));
            }
        });
        codes(found > 0 ? mended : asked, compiled, open);
        int closed = count(compiled.apply(asked), new Filter(now, true));
        if (closed > 0) {
            session.say("search.closed", closed);
        }
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

    /** Codes whose labels have all the words, else the codes of each word; those first under which something is open. */
    private void codes(String asked, Function<String, CompiledQuery> compiled, Filter open) {
        Set<String> words = words(asked);
        List<Cpv.Match> matches = new ArrayList<>(Cpv.find(String.join(" ", words), 2 * MOST));
        if (matches.isEmpty() && words.size() > 1) {
            words.forEach(word -> matches.addAll(Cpv.find(word, MOST)));
        }
        record Offer(String code, int open) {}
        matches.stream()
                .map(Cpv.Match::code)
                .distinct()
                .map(code -> new Offer(code, count(compiled.apply("cpv:" + code), open)))
                .sorted((one, other) -> Boolean.compare(other.open() > 0, one.open() > 0))
                .limit(MOST)
                .forEach(offer -> session.say(
                        "search.code",
                        offer.code(),
                        Cpv.label(offer.code(), session.words().language()).orElse(""),
                        offer.open()));
    }
}
