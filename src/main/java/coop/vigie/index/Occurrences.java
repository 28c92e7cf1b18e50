package coop.vigie.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.Matches;
import org.apache.lucene.search.MatchesIterator;
import org.apache.lucene.util.BytesRef;

/** From Lucene's matches to texts: the field says it for stemmed ones, a {@link LanguageMark} for the folded one. */
final class Occurrences {

    private static final List<String> ORDER = List.of(Schema.TITLE, Schema.TEXT, Schema.BUYER);

    private Occurrences() {}

    static List<Occurrence> of(Matches matches, LeafReader leaf, int doc) throws IOException {
        var found = new LinkedHashSet<Occurrence>();
        for (String field : matches) {
            if (field.indexOf('_') >= 0) {
                in(field).ifPresent(found::add);
                if (in(field).isEmpty()) {
                    addMarked(found, base(field), matches.getMatches(field), marks(leaf, field, doc));
                }
            }
        }
        var sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparingInt((Occurrence at) -> ORDER.indexOf(at.field()))
                .thenComparing(at -> at.language() == null ? "" : at.language()));
        return List.copyOf(sorted);
    }

    /** What a field says about the text in it; empty if it holds texts of several languages. */
    static Optional<Occurrence> in(String field) {
        String base = base(field);
        String suffix = field.substring(field.indexOf('_') + 1);
        if (base.equals(Schema.BUYER)) {
            return Optional.of(new Occurrence(base, null));
        }
        return suffix.equals(TextLanguage.FOLDED.suffix())
                ? Optional.empty()
                : Optional.of(new Occurrence(base, suffix));
    }

    /** Titles before texts, texts before names. */
    static int rank(String field) {
        return ORDER.indexOf(base(field));
    }

    private static String base(String field) {
        return switch (field.substring(0, field.indexOf('_'))) {
            case Schema.TITLE, Schema.TITLE_PARTS -> Schema.TITLE;
            case Schema.TEXT, Schema.TEXT_PARTS -> Schema.TEXT;
            default -> Schema.BUYER;
        };
    }

    private static void addMarked(
            Set<Occurrence> found, String base, MatchesIterator places, NavigableMap<Integer, String> marks)
            throws IOException {
        while (places != null && places.next()) {
            var mark = marks.floorEntry(places.startPosition());
            if (mark != null) {
                found.add(new Occurrence(base, mark.getValue()));
            }
        }
    }

    /** Position to language, for each text of the document in this field. */
    private static NavigableMap<Integer, String> marks(LeafReader leaf, String field, int doc) throws IOException {
        var marks = new TreeMap<Integer, String>();
        Terms terms = leaf.terms(field);
        if (terms == null) {
            return marks;
        }
        TermsEnum each = terms.iterator();
        var prefix = new BytesRef(LanguageMark.PREFIX);
        if (each.seekCeil(prefix) == TermsEnum.SeekStatus.END) {
            return marks;
        }
        for (BytesRef term = each.term(); term != null; term = each.next()) {
            String mark = term.utf8ToString();
            if (!mark.startsWith(LanguageMark.PREFIX)) {
                break;
            }
            PostingsEnum places = each.postings(null, PostingsEnum.POSITIONS);
            if (places.advance(doc) == doc) {
                for (int i = 0; i < places.freq(); i++) {
                    marks.put(places.nextPosition(), mark.substring(LanguageMark.PREFIX.length()));
                }
            }
        }
        return marks;
    }
}
