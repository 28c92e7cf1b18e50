package coop.vigie.index;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.document.LongPoint;
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

/** A parsed query in Lucene's terms. Words weigh in the score; codes and ranges are yes or no. */
final class LuceneQueries {

    private static final float TITLE_BOOST = 3f;

    /** A word found in several fields counts hardly more than once. */
    private static final float OTHER_FIELDS = 0.1f;

    static {
        // The query parser bounds its own input; Lucene's limit counts every field and language of a word.
        IndexSearcher.setMaxClauseCount(1 << 20);
    }

    private LuceneQueries() {}

    static Query of(Node node) {
        return switch (node) {
            case Node.Everything everything -> MatchAllDocsQuery.INSTANCE;
            case Node.And and -> all(and.parts());
            case Node.Not not -> all(List.of(not));
            case Node.Or or -> {
                var any = new BooleanQuery.Builder();
                or.parts().forEach(part -> any.add(of(part), Occur.SHOULD));
                yield any.build();
            }
            case Node.Phrase phrase -> words(phrase.field(), phrase.text());
            case Node.Prefix prefix -> prefix(prefix.field(), TextLanguage.FOLDED.terms(prefix.text()));
            case Node.Codes codes -> new ConstantScoreQuery(anyOf(codes.field().indexed(), codes.terms()));
            case Node.Span span -> LongPoint.newRangeQuery(span.field().written(), span.from(), span.to());
            case Node.Amount amount -> amount(amount);
        };
    }

    private static Query anyOf(String field, List<String> terms) {
        return terms.size() == 1
                ? new TermQuery(new Term(field, terms.getFirst()))
                : new TermInSetQuery(field, terms.stream().map(BytesRef::new).toList());
    }

    private static Query all(List<Node> parts) {
        var all = new BooleanQuery.Builder();
        boolean onlyNegations = true;
        for (Node part : parts) {
            if (part instanceof Node.Not not) {
                all.add(of(not.part()), Occur.MUST_NOT);
            } else {
                onlyNegations = false;
                all.add(of(part), weighs(part) ? Occur.MUST : Occur.FILTER);
            }
        }
        if (onlyNegations) {
            all.add(MatchAllDocsQuery.INSTANCE, Occur.FILTER);
        }
        return all.build();
    }

    private static boolean weighs(Node part) {
        return switch (part) {
            case Node.Words words -> true;
            case Node.Or or -> or.parts().stream().anyMatch(LuceneQueries::weighs);
            case Node.And and -> and.parts().stream().anyMatch(LuceneQueries::weighs);
            case Node.Not not -> false;
            case Node.Everything everything -> false;
            case Node.Codes codes -> false;
            case Node.Span span -> false;
            case Node.Amount amount -> false;
        };
    }

    /** Nobody knows the language of a query: it is read once in each, for the fields of that language. */
    private static Query words(Node.TextField field, String text) {
        var places = new ArrayList<Query>();
        for (TextLanguage language : TextLanguage.values()) {
            List<String> terms = language.terms(text);
            if (!terms.isEmpty()) {
                places(field, language).forEach(place -> places.add(boosted(place, inOrder(place, terms))));
            }
        }
        return anywhere(places);
    }

    /** The last term is the beginning of a word; before it stand those of a word like arts-plast*. */
    private static Query prefix(Node.TextField field, List<String> terms) {
        return anywhere(places(field, TextLanguage.FOLDED)
                .map(place -> {
                    Query beginning = new PrefixQuery(new Term(place, terms.getLast()));
                    if (terms.size() == 1) {
                        return boosted(place, beginning);
                    }
                    return boosted(
                            place,
                            new BooleanQuery.Builder()
                                    .add(inOrder(place, terms.subList(0, terms.size() - 1)), Occur.MUST)
                                    .add(beginning, Occur.MUST)
                                    .build());
                })
                .toList());
    }

    private static Stream<String> places(Node.TextField field, TextLanguage language) {
        var buyer = language == TextLanguage.FOLDED
                ? Stream.of(Schema.field(Schema.BUYER, language))
                : Stream.<String>empty();
        return switch (field) {
            case TITLE -> Stream.of(Schema.field(Schema.TITLE, language));
            case BUYER -> buyer;
            case ANY ->
                Stream.concat(
                        Stream.of(Schema.field(Schema.TITLE, language), Schema.field(Schema.TEXT, language)), buyer);
        };
    }

    private static Query inOrder(String place, List<String> terms) {
        return terms.size() == 1
                ? new TermQuery(new Term(place, terms.getFirst()))
                : new PhraseQuery(place, terms.toArray(String[]::new));
    }

    private static Query boosted(String place, Query query) {
        return place.startsWith(Schema.TITLE) ? new BoostQuery(query, TITLE_BOOST) : query;
    }

    private static Query anywhere(List<Query> places) {
        return places.isEmpty() ? MatchNoDocsQuery.INSTANCE : new DisjunctionMaxQuery(places, OTHER_FIELDS);
    }

    private static Query amount(Node.Amount amount) {
        double from =
                amount.from() == null ? Double.NEGATIVE_INFINITY : amount.from().doubleValue();
        double to = amount.to() == null ? Double.POSITIVE_INFINITY : amount.to().doubleValue();
        return amount.strictly()
                ? DoublePoint.newRangeQuery(
                        Schema.VALUE,
                        amount.from() == null ? from : DoublePoint.nextUp(from),
                        amount.to() == null ? to : DoublePoint.nextDown(to))
                : DoublePoint.newRangeQuery(Schema.VALUE, from, to);
    }
}
