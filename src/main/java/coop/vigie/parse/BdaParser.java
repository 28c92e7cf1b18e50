package coop.vigie.parse;

import com.fasterxml.jackson.databind.JsonNode;
import coop.vigie.fetch.Payload;
import coop.vigie.fetch.Query;
import coop.vigie.notice.Notice;
import coop.vigie.notice.Warning;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Asks and reads Belgium's e-Procurement (Bulletin des Adjudications, Bulletin der Aanbestedingen) through the gateway that
 * its operator, BOSA, opens to partners: {@code GET …/search/publications}, page by page.
 *
 * <p>The gateway wants a login ({@code oauth} of the source) and, with each request, a UUID in {@code BelGov-Trace-Id} by which its
 * operators find it again.
 */
public final class BdaParser implements NoticeParser {

    private static final NumberedPages PAGES =
            new NumberedPages("the BDA's search", "publications", "totalCount", "dispatchDateFrom", "pageSize", 1);

    @Override
    public int version() {
        return 1;
    }

    @Override
    public boolean asksAgain() {
        return true;
    }

    @Override
    public List<Query> first(URI url, ParseContext context) {
        return List.of(query(PAGES.begin(url, context, Map.of()), context));
    }

    @Override
    public Parsed parse(Payload payload, ParseContext context) {
        return parse(payload, Query.get(payload.uri()), context);
    }

    @Override
    public Parsed parse(Payload payload, Query asked, ParseContext context) {
        NumberedPages.Page page = PAGES.read(payload, asked, context);
        var notices = new ArrayList<ParsedNotice>();
        var warnings = new ArrayList<Warning>();
        Wanted wanted = Wanted.of(context);
        int number = 0;
        for (JsonNode each : page.items()) {
            number++;
            String position = payload.position() + " publication " + number;
            Notice notice = new BdaPublication(each, context, position, warnings).notice();
            if (notice != null && wanted.accepts(notice)) {
                byte[] raw = each.toString().getBytes(StandardCharsets.UTF_8);
                notices.add(new ParsedNotice(notice, raw, "application/json"));
            }
        }
        List<Query> next = page.next() == null ? List.of() : List.of(query(page.next(), context));
        return new Parsed(notices, warnings, next, page.failure()).showing(page.sign());
    }

    private static Query query(URI address, ParseContext context) {
        return NumberedPages.isWeb(address)
                ? new Query(address, null, Map.of("BelGov-Trace-Id", trace(address, context)))
                : Query.get(address);
    }

    /** In the form of a random one, which it would be, were a parser to give another answer each time. */
    private static String trace(URI address, ParseContext context) {
        String request = address + " " + context.now();
        UUID hash = UUID.nameUUIDFromBytes(request.getBytes(StandardCharsets.UTF_8));
        long version4 = (hash.getMostSignificantBits() & ~0xF000L) | 0x4000L;
        return new UUID(version4, hash.getLeastSignificantBits()).toString();
    }
}
