package coop.vigie.index;

import coop.vigie.notice.Scope;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * Reads the query language of the command line and of profiles. Any string compiles or gets a message.
 *
 * <p>The language is described in {@link coop.vigie.index the package}.
 */
public final class QueryCompiler {

    private final ZoneId zone;

    /** @param zone in which a date in a query, such as {@code deadline:2026-12-31}, is a day */
    public QueryCompiler(ZoneId zone) {
        this.zone = zone;
    }

    /** For the days of Brussels. */
    public QueryCompiler() {
        this(ZoneId.of("Europe/Brussels"));
    }

    /**
     * @param query an empty one, or {@code *}, means everything
     * @param scope how far it reaches beyond its words; a wider scope finds all that a narrower one finds
     * @param now what {@code deadline:<30d} counts from; the compiled query keeps the instants
     * @throws QuerySyntaxException if it cannot be read
     */
    public CompiledQuery compile(String query, Scope scope, Instant now) {
        return new CompiledQuery(Widening.to(scope, new QueryParser(query, new RangeReader(now, zone)).parse()));
    }

    /**
     * The conditions of a query that must all hold, as they are written; alternatives are one.
     *
     * @throws QuerySyntaxException if it cannot be read
     */
    public List<String> clauses(String query) {
        var parser = new QueryParser(query, new RangeReader(Instant.EPOCH, zone));
        parser.parse();
        return parser.clauses();
    }

    /**
     * The codes that a query names, whether there are such codes or not, in their order; what is negated, too.
     *
     * @throws QuerySyntaxException if it cannot be read
     */
    public List<NamedCode> codes(String query) {
        var parser = new QueryParser(query, new RangeReader(Instant.EPOCH, zone));
        parser.parse();
        return parser.named();
    }
}
