package coop.vigie.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;

/**
 * Some documents of one view, over which many queries are run. Each condition is looked up in the index once, whoever asks, and
 * kept as one bit for each document; queries are then algebra over these bits. For one thread.
 */
public final class Batch {

    /** From so many postings for each document of the batch on, it is quicker to skip from one document to the next. */
    private static final int SKIP = 8;

    private final Path folder;
    private final IndexSearcher searcher;
    private final Searcher view;

    /** In the order of strings; the place of an id is its bit. */
    private final String[] ids;

    private final List<Segment> segments = new ArrayList<>();
    private final Map<Node, long[]> conditions = new HashMap<>();
    private final Map<Place, long[]> places = new HashMap<>();
    private final long[] none;

    /** The documents of the batch in one segment, ascending, with their bits. */
    private static final class Segment {
        final LeafReaderContext leaf;
        final int[] documents;
        final int[] bits;

        Segment(LeafReaderContext leaf, int size) {
            this.leaf = leaf;
            this.documents = new int[size];
            this.bits = new int[size];
        }
    }

    /** A condition on words in one field. */
    private record Place(Node condition, String field) {}

    /** @param documents id to number of the document in the whole view */
    Batch(Path folder, Searcher view, IndexSearcher searcher, Map<String, Integer> documents) {
        this.folder = folder;
        this.view = view;
        this.searcher = searcher;
        this.ids = documents.keySet().stream().sorted().toArray(String[]::new);
        this.none = new long[(ids.length + Long.SIZE - 1) / Long.SIZE];
        // Number and bit in one, to sort both by number.
        long[] byNumber = new long[ids.length];
        for (int bit = 0; bit < ids.length; bit++) {
            byNumber[bit] = ((long) documents.getOrDefault(ids[bit], 0) << Integer.SIZE) | bit;
        }
        Arrays.sort(byNumber);
        int at = 0;
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            int start = at;
            while (at < byNumber.length
                    && (byNumber[at] >>> Integer.SIZE)
                            < leaf.docBase + leaf.reader().maxDoc()) {
                at++;
            }
            if (at > start) {
                var segment = new Segment(leaf, at - start);
                for (int i = start; i < at; i++) {
                    segment.documents[i - start] = (int) (byNumber[i] >>> Integer.SIZE) - leaf.docBase;
                    segment.bits[i - start] = (int) byNumber[i];
                }
                segments.add(segment);
            }
        }
    }

    /** The ids of the documents that a query finds, in the order of strings. */
    public List<String> find(CompiledQuery query) {
        long[] found = bits(query.node());
        var hits = new ArrayList<String>();
        for (int word = 0; word < found.length; word++) {
            for (long rest = found[word]; rest != 0; rest &= rest - 1) {
                hits.add(ids[word * Long.SIZE + Long.numberOfTrailingZeros(rest)]);
            }
        }
        return hits;
    }

    /** Whether a query finds this document; false if it is not in the batch. */
    public boolean matches(CompiledQuery query, String id) {
        int bit = Arrays.binarySearch(ids, id);
        return bit >= 0 && has(bits(query.node()), bit);
    }

    /**
     * Where a document meets a condition on words: the first text, titles before texts. Empty if it does not, and for conditions
     * on codes and dates.
     *
     * @param leaf one of {@link CompiledQuery#leaves()}
     */
    public Optional<Occurrence> occurrence(CompiledQuery leaf, String id) {
        int bit = Arrays.binarySearch(ids, id);
        if (bit < 0 || !(leaf.node() instanceof Node.Words words) || !has(bits(words), bit)) {
            return Optional.empty();
        }
        for (Map.Entry<String, Query> place : words.places().entrySet()) {
            if (has(places.computeIfAbsent(new Place(words, place.getKey()), any -> lookUp(place.getValue())), bit)) {
                Optional<Occurrence> there = Occurrences.in(place.getKey());
                // A folded field holds the texts of all languages: only the document itself says which.
                return there.isPresent()
                        ? there
                        : view.occurrences(leaf, id).stream().findFirst();
            }
        }
        return Optional.empty();
    }

    private static boolean has(long[] bits, int bit) {
        return (bits[bit / Long.SIZE] & 1L << bit) != 0;
    }

    /** Not to be changed by whoever asks. */
    private long[] bits(Node node) {
        return switch (node) {
            case Node.Everything everything -> not(none);
            case Node.And and -> {
                long[] all = not(none);
                and.parts().forEach(part -> intersect(all, bits(part)));
                yield all;
            }
            case Node.Or or -> any(or.parts());
            case Node.Widened widened -> {
                long[] known = conditions.get(widened);
                if (known == null) {
                    known = any(widened.more());
                    unite(known, bits(widened.narrow()));
                    conditions.put(widened, known);
                }
                yield known;
            }
            case Node.Not not -> not(bits(not.part()));
            default -> {
                long[] known = conditions.get(node);
                if (known == null) {
                    known = lookUp(node.lucene());
                    conditions.put(node, known);
                }
                yield known;
            }
        };
    }

    private long[] any(List<Node> parts) {
        long[] any = none.clone();
        parts.forEach(part -> unite(any, bits(part)));
        return any;
    }

    private static void unite(long[] to, long[] other) {
        for (int i = 0; i < to.length; i++) {
            to[i] |= other[i];
        }
    }

    private static void intersect(long[] to, long[] other) {
        for (int i = 0; i < to.length; i++) {
            to[i] &= other[i];
        }
    }

    private long[] not(long[] bits) {
        long[] not = new long[bits.length];
        for (int i = 0; i < bits.length; i++) {
            not[i] = ~bits[i];
        }
        if (ids.length % Long.SIZE != 0) {
            not[not.length - 1] &= -1L >>> (Long.SIZE - ids.length % Long.SIZE);
        }
        return not;
    }

    private long[] lookUp(Query query) {
        long[] found = null;
        try {
            Weight weight = searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
            for (Segment segment : segments) {
                Scorer scorer = weight.scorer(segment.leaf);
                if (scorer != null) {
                    found = found == null ? none.clone() : found;
                    lookUp(scorer.iterator(), segment, found);
                }
            }
        } catch (IOException e) {
            throw Index.failure(folder, "search", e);
        }
        return found == null ? none : found;
    }

    private static void lookUp(DocIdSetIterator postings, Segment segment, long[] found) throws IOException {
        int[] documents = segment.documents;
        boolean skip = postings.cost() > (long) SKIP * documents.length;
        int posting = postings.nextDoc();
        for (int i = 0; i < documents.length && posting != DocIdSetIterator.NO_MORE_DOCS; ) {
            if (posting == documents[i]) {
                int bit = segment.bits[i++];
                found[bit / Long.SIZE] |= 1L << bit;
            } else if (documents[i] < posting) {
                i++;
            } else {
                posting = skip ? postings.advance(documents[i]) : postings.nextDoc();
            }
        }
    }
}
