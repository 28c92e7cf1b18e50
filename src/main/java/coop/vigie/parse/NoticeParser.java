package coop.vigie.parse;

import coop.vigie.fetch.Payload;
import coop.vigie.fetch.Query;
import java.net.URI;
import java.util.List;

/** Reads one format. Never throws on bad input: what cannot be read becomes a warning or {@link Parsed#failure()}. */
public interface NoticeParser {

    /**
     * What to ask first.
     *
     * @param url of the source
     * @return never empty; further questions come out of the answers ({@link Parsed#next()})
     */
    default List<Query> first(URI url, ParseContext context) {
        return List.of(Query.get(url));
    }

    Parsed parse(Payload payload, ParseContext context);

    /** Grows when this parser reads more or better than before, so that sources are read again. */
    int version();
}
