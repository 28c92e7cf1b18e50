package coop.vigie.index;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.search.BoostAttribute;
import org.apache.lucene.search.FuzzyTermsEnum;
import org.apache.lucene.util.BytesRef;

/** Words of the index that are written nearly like one that it does not have. Lucene's own automata find them, without its suggester. */
final class Spelling {

    /** Of words so short, two changes make any other. */
    private static final int SHORT = 4;

    private static final List<String> FIELDS = Stream.of(Schema.TITLE, Schema.TEXT, Schema.BUYER)
            .map(base -> Schema.field(base, TextLanguage.FOLDED))
            .toList();

    private Spelling() {}

    /** How near a word comes, and how many documents have it in one place or another. */
    private record Near(float nearness, int documents) {

        static final Comparator<Near> ORDER =
                Comparator.comparingDouble(Near::nearness).thenComparingInt(Near::documents);

        static Near both(Near one, Near other) {
            return new Near(one.nearness(), one.documents() + other.documents());
        }
    }

    static boolean isKnown(IndexReader reader, String word) throws IOException {
        for (String term : TextLanguage.FOLDED.terms(word)) {
            if (documents(reader, term) == 0) {
                return false;
            }
        }
        return true;
    }

    private static int documents(IndexReader reader, String term) throws IOException {
        int documents = 0;
        for (String field : FIELDS) {
            documents += reader.docFreq(new Term(field, term));
        }
        return documents;
    }

    /** The nearest first; of equals the most frequent. */
    static List<String> similar(IndexReader reader, String word, int most) throws IOException {
        List<String> folded = TextLanguage.FOLDED.terms(word);
        if (folded.size() != 1 || folded.getFirst().length() < 3) {
            return List.of();
        }
        String wanted = folded.getFirst();
        Map<String, Near> found = new HashMap<>();
        for (String field : FIELDS) {
            Terms terms = MultiTerms.getTerms(reader, field);
            if (terms == null) {
                continue;
            }
            var near = new FuzzyTermsEnum(terms, new Term(field, wanted), wanted.length() <= SHORT ? 1 : 2, 1, true);
            var nearness = near.attributes().addAttribute(BoostAttribute.class);
            for (BytesRef term = near.next(); term != null; term = near.next()) {
                found.merge(term.utf8ToString(), new Near(nearness.getBoost(), near.docFreq()), Near::both);
            }
        }
        found.remove(wanted);
        return found.entrySet().stream()
                .filter(entry -> entry.getKey().chars().noneMatch(Character::isDigit))
                .sorted(Map.Entry.<String, Near>comparingByValue(Near.ORDER)
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(most)
                .map(Map.Entry::getKey)
                .toList();
    }
}
