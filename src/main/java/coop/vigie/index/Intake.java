package coop.vigie.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.Term;

/** Documents on their way to a writer, on all processors. Of two with one id the last counts. */
final class Intake {

    /** So many go together. Each thread makes a segment of its own, which a few documents are not worth. */
    private static final int TOGETHER = 2_000;

    private final IndexWriter writer;

    /** True as long as nobody can have written a document with the id of one to come. */
    private boolean areNew;

    private String last = "";

    /** @param intoEmpty there is nothing in the index yet */
    Intake(IndexWriter writer, boolean intoEmpty) {
        this.writer = writer;
        this.areNew = intoEmpty;
    }

    <T> void addAll(Iterator<T> sources, Function<T, Document> making) throws IOException {
        var together = new ArrayList<T>();
        while (sources.hasNext()) {
            together.add(sources.next());
            if (together.size() == TOGETHER) {
                Collection<Document> documents =
                        distinct(together.parallelStream().map(making).toList());
                inParallel(documents);
                together.clear();
            }
        }
        for (Document document : distinct(together.stream().map(making).toList())) {
            add(document);
        }
    }

    private Collection<Document> distinct(List<Document> documents) {
        var byId = new LinkedHashMap<String, Document>();
        for (Document document : documents) {
            // Ids that ascend are all different. Where they do not, each may replace one before, which takes longer.
            areNew &= document.id().compareTo(last) > 0;
            last = document.id();
            byId.put(document.id(), document);
        }
        return byId.values();
    }

    private void inParallel(Collection<Document> documents) throws IOException {
        Consumer<Document> adding = document -> {
            try {
                add(document);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        try {
            documents.parallelStream().forEach(adding);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void add(Document document) throws IOException {
        if (areNew) {
            writer.addDocument(Schema.toLucene(document));
        } else {
            writer.updateDocument(new Term(Schema.ID, document.id()), Schema.toLucene(document));
        }
    }
}
