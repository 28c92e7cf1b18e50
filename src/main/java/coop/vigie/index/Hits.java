package coop.vigie.index;

import java.util.List;

/**
 * What a search found.
 *
 * @param hits the first ones, in the order asked for
 * @param total how many there are in all
 */
public record Hits(List<Hit> hits, int total) {

    public Hits {
        hits = List.copyOf(hits);
    }

    /**
     * @param score weight of the words; higher is better; 0 if the query has none
     * @param payload what the document gave in
     */
    public record Hit(String id, float score, String payload) {}
}
