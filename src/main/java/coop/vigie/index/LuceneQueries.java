package coop.vigie.index;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** A parsed query in Lucene's terms. Words weigh in the score; codes and ranges are yes or no. */
final class LuceneQueries {

    private static final float TITLE_BOOST = 3f;

    /** What a wider scope adds weighs less than the words themselves, and a code, which has no rarity, this much. */
    private static final float WIDENED_BOOST = 0.5f;

    private static final float WIDENED_CODE = 0.1f;

    /** A word found in several fields counts hardly more than once. */
    private static final float OTHER_FIELDS = 0.1f;

    static {
        // The query parser bounds its own input; Lucene's limit counts every field and language of a word.
        IndexSearcher.setMaxClauseCount(1 << 20);
    }

    private static final Comparator<String> TITLES_FIRST =
            Comparator.<String>comparingInt(Occurrences::rank).thenComparing(Comparator.naturalOrder());

    private LuceneQueries() {}

    static Query any(List<Node> parts) {
        var any = new BooleanQuery.Builder();
        parts.forEach(part -> any.add(part.lucene(), Occur.SHOULD));
        return any.build();
    }

    static Query widened(Node narrow, List<Node> more) {
        if (!narrow.weighs()) {
            return any(Stream.concat(Stream.of(narrow), more.stream()).toList());
        }
        var ways = new ArrayList<Query>();
        ways.add(narrow.lucene());
        for (Node way : more) {
            ways.add(new BoostQuery(way.lucene(), way.weighs() ? WIDENED_BOOST : WIDENED_CODE));
        }
        return new DisjunctionMaxQuery(ways, OTHER_FIELDS);
    }

    static Query anyOf(String field, List<String> terms) {
        return new ConstantScoreQuery(
                terms.size() == 1
                        ? new TermQuery(new Term(field, terms.getFirst()))
                        : new TermInSetQuery(
                                field, terms.stream().map(BytesRef::new).toList()));
    }

    static Query all(List<Node> parts) {
        var all = new BooleanQuery.Builder();
        boolean onlyNegations = true;
        for (Node part : parts) {
            if (part instanceof Node.Not not) {
                all.add(not.part().lucene(), Occur.MUST_NOT);
            } else {
                onlyNegations = false;
                all.add(part.lucene(), part.weighs() ? Occur.MUST : Occur.FILTER);
            }
        }
        if (onlyNegations) {
            all.add(MatchAllDocsQuery.INSTANCE, Occur.FILTER);
        }
        return all.build();
    }

    /** Nobody knows the language of a query: it is read once in each, for the fields of that language. */
    static Map<String, Query> words(Node.TextField field, String text) {
        var words = new TreeMap<String, Query>(TITLES_FIRST);
        for (TextLanguage language : TextLanguage.values()) {
            List<String> places = places(field, language).toList();
            List<String> terms = places.isEmpty() ? List.of() : language.terms(text);
            if (!terms.isEmpty()) {
                places.forEach(place -> words.put(place, inOrder(place, terms)));
            }
        }
        return words;
    }

    /** The last term is the beginning of a word; before it stand those of a word like arts-plast*. */
    static Map<String, Query> prefix(Node.TextField field, List<String> terms) {
        var beginnings = new TreeMap<String, Query>(TITLES_FIRST);
        places(field, TextLanguage.FOLDED).forEach(place -> {
            Query beginning = new PrefixQuery(new Term(place, terms.getLast()));
            beginnings.put(
                    place,
                    terms.size() == 1
                            ? beginning
                            : new BooleanQuery.Builder()
                                    .add(inOrder(place, terms.subList(0, terms.size() - 1)), Occur.MUST)
                                    .add(beginning, Occur.MUST)
                                    .build());
        });
        return beginnings;
    }

    /** @param places by field */
    static Query anywhere(Map<String, Query> places) {
        return places.isEmpty()
                ? MatchNoDocsQuery.INSTANCE
                : new DisjunctionMaxQuery(
                        places.entrySet().stream()
                                .map(place -> place.getKey().startsWith(Schema.TITLE)
                                        ? new BoostQuery(place.getValue(), TITLE_BOOST)
                                        : place.getValue())
                                .toList(),
                        OTHER_FIELDS);
    }

    private static Stream<String> places(Node.TextField field, TextLanguage language) {
        Stream<String> title = Stream.of(Schema.field(Schema.TITLE, language));
        Stream<String> text = Stream.of(Schema.field(Schema.TEXT, language));
        Stream<String> buyer =
                language == TextLanguage.FOLDED ? Stream.of(Schema.field(Schema.BUYER, language)) : Stream.empty();
        return switch (field) {
            case TITLE -> title;
            case BUYER -> buyer;
            case ANY -> Stream.concat(Stream.concat(title, text), buyer);
            case PART ->
                TextLanguage.COMPOUNDING.contains(language)
                        ? Stream.of(
                                Schema.field(Schema.TITLE_PARTS, language), Schema.field(Schema.TEXT_PARTS, language))
                        : Stream.empty();
            case FR, NL, EN, DE -> field.name().equals(language.name()) ? Stream.concat(title, text) : Stream.empty();
        };
    }

    private static Query inOrder(String place, List<String> terms) {
        return terms.size() == 1
                ? new TermQuery(new Term(place, terms.getFirst()))
                : new PhraseQuery(place, terms.toArray(String[]::new));
    }

    static Query amount(@Nullable BigDecimal least, @Nullable BigDecimal most, boolean strictly) {
        long from = least == null ? Long.MIN_VALUE : Schema.sortable(least.doubleValue());
        long to = most == null ? Long.MAX_VALUE : Schema.sortable(most.doubleValue());
        return Schema.range(
                Schema.VALUE, strictly && least != null ? from + 1 : from, strictly && most != null ? to - 1 : to);
    }
}
