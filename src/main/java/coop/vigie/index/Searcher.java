package coop.vigie.index;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiDocValues;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Matches;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TopFieldCollector;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** One unchanging view of an index. May be used by several threads; {@link #close} it to free its files. */
public final class Searcher implements AutoCloseable {

    private static final Query GONE =
            new TermInSetQuery(CodeField.STAGE.indexed(), List.of(new BytesRef("award"), new BytesRef("cancelled")));

    private final Path folder;
    private final DirectoryReader reader;
    private final IndexSearcher searcher;
    /** Reasons ask about one document many times in a row. */
    private volatile Found lastFound = new Found("", -1);

    private record Found(String id, int doc) {}

    Searcher(Path folder, DirectoryReader reader) {
        this.folder = folder;
        this.reader = reader;
        this.searcher = new IndexSearcher(reader);
    }

    /** For a view that lives too short to be asked the same twice. */
    Searcher withoutCache() {
        searcher.setQueryCache(null);
        return this;
    }

    /** How many documents there are. */
    public int size() {
        return reader.numDocs();
    }

    /** The highest change number that this view has worked in; the index may have gone on since. */
    public long committedChange() {
        try {
            return Index.change(reader.getIndexCommit().getUserData());
        } catch (IOException e) {
            throw Index.failure(folder, "read", e);
        }
    }

    /** @param limit how many hits to give; 0 only counts */
    public Hits search(CompiledQuery query, Filter filter, Sort sort, int limit) {
        return search(query, filter, sort, limit, Integer.MAX_VALUE);
    }

    /**
     * As {@link #search}, for those who do not ask how many there are in all: the total is then only known not to be lower. By
     * deadline, which is the index's own order, the search ends with the last hit that is given.
     */
    public Hits first(CompiledQuery query, Filter filter, Sort sort, int limit) {
        return search(query, filter, sort, limit, limit);
    }

    private Hits search(CompiledQuery query, Filter filter, Sort sort, int limit, int counted) {
        try {
            Query filtered = filtered(query, filter).build();
            if (limit <= 0 || size() == 0) {
                return new Hits(List.of(), searcher.count(filtered));
            }
            int most = Math.min(limit, reader.maxDoc());
            TopFieldDocs top =
                    searcher.search(filtered, new TopFieldCollectorManager(lucene(sort), most, null, counted));
            TopFieldCollector.populateScores(top.scoreDocs, searcher, filtered);
            var stored = searcher.storedFields();
            var hits = new ArrayList<Hits.Hit>(top.scoreDocs.length);
            for (ScoreDoc found : top.scoreDocs) {
                var document = stored.document(found.doc);
                hits.add(new Hits.Hit(document.get(Schema.ID), found.score, document.get(Schema.PAYLOAD)));
            }
            return new Hits(hits, Math.toIntExact(top.totalHits.value()));
        } catch (IOException e) {
            throw Index.failure(folder, "search", e);
        }
    }

    /**
     * The documents of some changes that a query finds: one query over what is new, not one document over all queries.
     *
     * @param afterChange looks at documents with a higher change number only; -1 for all
     * @param upToChange and at none with a higher one than this
     * @return their ids, in the order of strings
     */
    public Set<String> matching(CompiledQuery query, Filter filter, long afterChange, long upToChange) {
        return Collections.unmodifiableSet(
                new TreeSet<>(changed(query, filter, afterChange, upToChange).keySet()));
    }

    /** Id to number of the document. */
    private Map<String, Integer> changed(CompiledQuery query, Filter filter, long afterChange, long upToChange) {
        if (afterChange >= upToChange) {
            return Map.of();
        }
        Query changed = Schema.range(Schema.CHANGE, Math.addExact(afterChange, 1), upToChange);
        try {
            Query filtered = filtered(query, filter).add(changed, Occur.FILTER).build();
            Weight weight = weight(filtered);
            var documents = new HashMap<String, Integer>();
            for (LeafReaderContext leaf : reader.leaves()) {
                Scorer scorer = weight.scorer(leaf);
                if (scorer == null) {
                    continue;
                }
                SortedDocValues idOf = leaf.reader().getSortedDocValues(Schema.ID);
                var live = leaf.reader().getLiveDocs();
                DocIdSetIterator found = scorer.iterator();
                for (int doc = found.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = found.nextDoc()) {
                    if ((live == null || live.get(doc)) && idOf.advanceExact(doc)) {
                        documents.put(idOf.lookupOrd(idOf.ordValue()).utf8ToString(), leaf.docBase + doc);
                    }
                }
            }
            return documents;
        } catch (IOException e) {
            throw Index.failure(folder, "search", e);
        }
    }

    /**
     * A document by its date of publication.
     *
     * @param published null if it names none
     */
    public record Dated(String id, @Nullable Instant published) {}

    /** Everything that a query finds, open or not, with its date; in no order. */
    public List<Dated> dated(CompiledQuery query) {
        try {
            Weight weight = weight(query.lucene());
            var found = new ArrayList<Dated>();
            for (LeafReaderContext leaf : reader.leaves()) {
                Scorer scorer = weight.scorer(leaf);
                if (scorer == null) {
                    continue;
                }
                SortedDocValues idOf = leaf.reader().getSortedDocValues(Schema.ID);
                NumericDocValues dates = DocValues.getNumeric(leaf.reader(), Schema.PUBLISHED);
                var live = leaf.reader().getLiveDocs();
                DocIdSetIterator matching = scorer.iterator();
                for (int doc = matching.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = matching.nextDoc()) {
                    if ((live == null || live.get(doc)) && idOf.advanceExact(doc)) {
                        String id = idOf.lookupOrd(idOf.ordValue()).utf8ToString();
                        found.add(new Dated(
                                id, dates.advanceExact(doc) ? Instant.ofEpochMilli(dates.longValue()) : null));
                    }
                }
            }
            return found;
        } catch (IOException e) {
            throw Index.failure(folder, "search", e);
        }
    }

    /**
     * How far back the dates of publication reach: the date before which this share of all dated documents lies.
     *
     * @param share from 0 to 1; above 0, single old ones do not count
     * @return empty if no document names a date
     */
    public Optional<Instant> publishedSince(double share) {
        try {
            var dates = new long[reader.maxDoc()];
            int count = 0;
            for (LeafReaderContext leaf : reader.leaves()) {
                NumericDocValues published = DocValues.getNumeric(leaf.reader(), Schema.PUBLISHED);
                var live = leaf.reader().getLiveDocs();
                for (int doc = published.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = published.nextDoc()) {
                    if (live == null || live.get(doc)) {
                        dates[count++] = published.longValue();
                    }
                }
            }
            if (count == 0) {
                return Optional.empty();
            }
            Arrays.sort(dates, 0, count);
            return Optional.of(Instant.ofEpochMilli(dates[(int) (share * (count - 1))]));
        } catch (IOException e) {
            throw Index.failure(folder, "read", e);
        }
    }

    /** These documents, to run many queries over them; unknown ids are left out. */
    public Batch batch(Collection<String> ids) {
        try {
            var documents = new HashMap<String, Integer>();
            for (String id : ids) {
                int number = lookUp(id);
                if (number >= 0) {
                    documents.put(id, number);
                }
            }
            return new Batch(folder, this, searcher, documents);
        } catch (IOException e) {
            throw Index.failure(folder, "search", e);
        }
    }

    /**
     * The documents of some changes, to run many queries over them.
     *
     * @param afterChange looks at documents with a higher change number only; -1 for all
     * @param upToChange and at none with a higher one than this
     */
    public Batch batch(Filter filter, long afterChange, long upToChange) {
        return new Batch(folder, this, searcher, changed(CompiledQuery.EVERYTHING, filter, afterChange, upToChange));
    }

    /** Whether a query finds this document; false if there is no such document. */
    public boolean matches(CompiledQuery query, String id) {
        try {
            return matchesOf(query, id) != null;
        } catch (IOException e) {
            throw Index.failure(folder, "search", e);
        }
    }

    /**
     * Where a document meets a condition on words: each text once, titles first. Empty if it does not, and for
     * conditions on codes and dates.
     *
     * @param leaf one of {@link CompiledQuery#leaves()}
     */
    public List<Occurrence> occurrences(CompiledQuery leaf, String id) {
        try {
            Located located = matchesOf(leaf, id);
            return located == null
                    ? List.of()
                    : Occurrences.of(located.matches(), located.leaf().reader(), located.doc());
        } catch (IOException e) {
            throw Index.failure(folder, "search", e);
        }
    }

    /** True if some document, open or not, carries that code, or one below it. */
    public boolean carries(NamedCode code) {
        CodeField field = CodeField.valueOf(code.field().toUpperCase(Locale.ROOT));
        String term = field.term(code.value()).orElse("");
        try {
            return reader.docFreq(new Term(field.indexed(), term)) > 0;
        } catch (IOException e) {
            throw Index.failure(folder, "search", e);
        }
    }

    /** The ids of all sources in which documents were seen, in the order of strings. */
    public List<String> sources() {
        try {
            var sources = new ArrayList<String>();
            Terms terms = MultiTerms.getTerms(reader, CodeField.SOURCE.indexed());
            if (terms != null) {
                TermsEnum each = terms.iterator();
                for (BytesRef term = each.next(); term != null; term = each.next()) {
                    sources.add(term.utf8ToString());
                }
            }
            return sources;
        } catch (IOException e) {
            throw Index.failure(folder, "read", e);
        }
    }

    /** True if each part of a word stands in some document, in whatever case and with whatever accents. */
    public boolean knows(String word) {
        try {
            return Spelling.isKnown(reader, word);
        } catch (IOException e) {
            throw Index.failure(folder, "search", e);
        }
    }

    /**
     * Words of the documents, without accents, that are written nearly like this one: the nearest first, of equals the most frequent.
     *
     * @param most at most so many
     */
    public List<String> similar(String word, int most) {
        try {
            return Spelling.similar(reader, word, most);
        } catch (IOException e) {
            throw Index.failure(folder, "search", e);
        }
    }

    /** What the document gave in; empty if there is no such document. */
    public Optional<String> payload(String id) {
        try {
            int doc = find(id);
            return doc < 0
                    ? Optional.empty()
                    : Optional.of(searcher.storedFields().document(doc).get(Schema.PAYLOAD));
        } catch (IOException e) {
            throw Index.failure(folder, "read", e);
        }
    }

    /** The number of the change that brought the document here; -1 if there is no such document. */
    public long change(String id) {
        try {
            int doc = find(id);
            if (doc < 0) {
                return -1;
            }
            NumericDocValues changes = MultiDocValues.getNumericValues(reader, Schema.CHANGE);
            return changes != null && changes.advanceExact(doc) ? changes.longValue() : -1;
        } catch (IOException e) {
            throw Index.failure(folder, "read", e);
        }
    }

    /** The ids of all documents, in the order of strings. */
    public Set<String> ids() {
        return matching(CompiledQuery.EVERYTHING, Filter.everything(), -1, Long.MAX_VALUE);
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new IndexAccessException(folder, "close", e);
        }
    }

    private record Located(LeafReaderContext leaf, int doc, Matches matches) {}

    private @Nullable Located matchesOf(CompiledQuery query, String id) throws IOException {
        int doc = find(id);
        if (doc < 0) {
            return null;
        }
        for (LeafReaderContext leaf : reader.leaves()) {
            int inLeaf = doc - leaf.docBase;
            if (inLeaf >= 0 && inLeaf < leaf.reader().maxDoc()) {
                Matches matches = weight(query.lucene()).matches(leaf, inLeaf);
                return matches == null ? null : new Located(leaf, inLeaf, matches);
            }
        }
        return null;
    }

    private Weight weight(Query query) throws IOException {
        return searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
    }

    /** The number of the document of that id; -1 if there is none. */
    private int find(String id) throws IOException {
        Found last = lastFound;
        if (!last.id().equals(id)) {
            last = new Found(id, lookUp(id));
            lastFound = last;
        }
        return last.doc();
    }

    private int lookUp(String id) throws IOException {
        var term = new Term(Schema.ID, id);
        for (LeafReaderContext leaf : reader.leaves()) {
            PostingsEnum documents = leaf.reader().postings(term, PostingsEnum.NONE);
            var live = leaf.reader().getLiveDocs();
            while (documents != null && documents.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
                if (live == null || live.get(documents.docID())) {
                    return leaf.docBase + documents.docID();
                }
            }
        }
        return -1;
    }

    private static BooleanQuery.Builder filtered(CompiledQuery query, Filter filter) {
        var filtered = new BooleanQuery.Builder().add(query.lucene(), Occur.MUST);
        if (!filter.includeClosed()) {
            filtered.add(Schema.range(Schema.CLOSES, filter.now().toEpochMilli(), Long.MAX_VALUE), Occur.FILTER);
            filtered.add(GONE, Occur.MUST_NOT);
        }
        return filtered;
    }

    private static org.apache.lucene.search.Sort lucene(Sort sort) {
        SortField[] byDeadline = Schema.DEADLINE_ORDER.getSort();
        return switch (sort) {
            case DEADLINE -> Schema.DEADLINE_ORDER;
            case SCORE -> new org.apache.lucene.search.Sort(SortField.FIELD_SCORE, byDeadline[0], byDeadline[1]);
            case PUBLISHED -> {
                var newest = new SortField(Schema.PUBLISHED, SortField.Type.LONG, true, Long.MIN_VALUE);
                yield new org.apache.lucene.search.Sort(newest, byDeadline[0], byDeadline[1]);
            }
        };
    }
}
