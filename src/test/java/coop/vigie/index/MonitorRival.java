package coop.vigie.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.monitor.Monitor;
import org.apache.lucene.monitor.MonitorConfiguration;
import org.apache.lucene.monitor.MonitorQuery;
import org.apache.lucene.monitor.MultiMatchingQueries;
import org.apache.lucene.monitor.Presearcher;
import org.apache.lucene.monitor.QueryMatch;
import org.apache.lucene.monitor.TermFilteredPresearcher;

/** Lucene's own inverse search over the same queries, fields and analyzers, to compare with. */
public final class MonitorRival implements AutoCloseable {

    /** Queries written together, each of which takes some hundred kilobytes until then. */
    private static final int TOGETHER = 500;

    private final Monitor monitor;

    /**
     * @param filtering whether it chooses queries by the terms of the documents first
     * @param profiles by id
     */
    public MonitorRival(boolean filtering, Map<String, CompiledQuery> profiles) throws IOException {
        monitor = new Monitor(
                Schema.analyzer(),
                filtering ? new TermFilteredPresearcher() : Presearcher.NO_FILTERING,
                new MonitorConfiguration().setQueryUpdateBufferSize(TOGETHER));
        var queries = new ArrayList<MonitorQuery>();
        profiles.forEach((id, query) -> queries.add(new MonitorQuery(id, query.lucene())));
        monitor.register(queries);
    }

    /** Its pairs of profile and document, each as {@code profile document}; analysis and indexing of the batch included. */
    public Set<String> match(List<Document> documents) throws IOException {
        MultiMatchingQueries<QueryMatch> found = monitor.match(
                documents.stream().map(Schema::toLucene).toArray(org.apache.lucene.document.Document[]::new),
                QueryMatch.SIMPLE_MATCHER);
        var pairs = new HashSet<String>();
        for (int i = 0; i < documents.size(); i++) {
            for (QueryMatch query : found.getMatches(i)) {
                pairs.add(query.getQueryId() + ' ' + documents.get(i).id());
            }
        }
        return pairs;
    }

    @Override
    public void close() throws IOException {
        monitor.close();
    }
}
