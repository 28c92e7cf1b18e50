package coop.vigie.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
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
            int cut = field.indexOf('_');
            if (cut < 0) {
                continue;
            }
            String base = field.substring(0, cut);
            String suffix = field.substring(cut + 1);
            if (base.equals(Schema.BUYER)) {
                found.add(new Occurrence(base, null));
            } else if (base.equals(Schema.TITLE_PARTS) || base.equals(Schema.TEXT_PARTS)) {
                found.add(new Occurrence(base.equals(Schema.TITLE_PARTS) ? Schema.TITLE : Schema.TEXT, suffix));
            } else if (!suffix.equals(TextLanguage.FOLDED.suffix())) {
                found.add(new Occurrence(base, suffix));
            } else {
                addMarked(found, base, matches.getMatches(field), marks(leaf, field, doc));
            }
        }
        var sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparingInt((Occurrence at) -> ORDER.indexOf(at.field()))
                .thenComparing(at -> at.language() == null ? "" : at.language()));
        return List.copyOf(sorted);
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
