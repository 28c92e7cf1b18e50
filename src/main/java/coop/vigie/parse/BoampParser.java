package coop.vigie.parse;

import com.fasterxml.jackson.databind.JsonNode;
import coop.vigie.fetch.Payload;
import coop.vigie.fetch.Query;
import coop.vigie.notice.Notice;
import coop.vigie.notice.Sign;
import coop.vigie.notice.Warning;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks and reads BOAMP, the French bulletin of public procurement, in the Explore interface (version 2.1) that DILA publishes it
 * with under the Licence Ouverte 2.0. Also its exports, which are a bare list, and single records.
 *
 * <p>The interface gives no more than 10,000 records of one question. A question with more is asked again in two halves of the
 * time in which they appeared; of a single day with more the rest is reported as out of reach.
 */
public final class BoampParser implements NoticeParser {

    private static final String EXPECTED = "an answer of BOAMP";

    @Override
    public int version() {
        return 1;
    }

    @Override
    public boolean asksAgain() {
        return true;
    }

    /** Answers kept in files are read as they are. */
    @Override
    public List<Query> first(URI url, ParseContext context) {
        return List.of("file".equals(url.getScheme()) ? Query.get(url) : BoampQuestion.first(url, context));
    }

    @Override
    public Parsed parse(Payload payload, ParseContext context) {
        return parse(payload, Query.get(payload.uri()), context);
    }

    @Override
    public Parsed parse(Payload payload, Query asked, ParseContext context) {
        JsonPage page = JsonPage.read(payload.bytes(), "results", EXPECTED);
        List<JsonNode> records = page.items();
        String failure = page.failure();
        if (!page.listed() && failure == null) {
            if (BoampRecord.id(page.beside()).isEmpty()) {
                String said = Json.text(page.beside(), "message");
                failure = "a JSON document without 'results', where " + EXPECTED + " was expected"
                        + (said.isEmpty() ? "" : "; it says: " + (said.length() > 200 ? said.substring(0, 200) : said));
            } else {
                records = List.of(page.beside());
            }
        }
        var warnings = new ArrayList<Warning>();
        var notices = new ArrayList<ParsedNotice>();
        Wanted wanted = Wanted.of(context);
        int number = 0;
        for (JsonNode record : records) {
            number++;
            String position = payload.position() + " record " + number;
            Notice notice = new BoampRecord(record, context, position, warnings).notice();
            if (notice != null && wanted.accepts(notice)) {
                byte[] raw = record.toString().getBytes(StandardCharsets.UTF_8);
                notices.add(new ParsedNotice(notice, raw, "application/json"));
            }
        }
        return failure == null
                ? followed(page, BoampQuestion.of(asked.uri()), notices, warnings)
                : new Parsed(notices, warnings, List.of(), failure).showing(page.sign());
    }

    private static Parsed followed(
            JsonPage page, BoampQuestion asked, List<ParsedNotice> notices, List<Warning> warnings) {
        int offset = asked.offset();
        if (offset < 0) {
            return new Parsed(notices, warnings, List.of(), null);
        }
        long total = page.count("total_count");
        String cut = cut(page, offset, total);
        if (cut != null) {
            return new Parsed(notices, warnings, List.of(), cut).showing(total < 0 ? null : Sign.COUNT);
        }
        if (offset == 0 && total > BoampQuestion.WINDOW) {
            List<Query> halves = asked.halves();
            if (!halves.isEmpty()) {
                return new Parsed(notices, warnings, halves, null);
            }
        }
        int next = offset + BoampQuestion.PAGE;
        if (next >= total) {
            return new Parsed(notices, warnings, List.of(), null);
        }
        return next + BoampQuestion.PAGE > BoampQuestion.WINDOW
                ? new Parsed(
                                notices,
                                warnings,
                                List.of(),
                                "a list of %d records, of which BOAMP gives the first %d only; ask for fewer departments"
                                        .formatted(total, BoampQuestion.WINDOW))
                        .showing(Sign.COUNT)
                : new Parsed(notices, warnings, List.of(asked.after()), null);
    }

    /** Null if the page holds as many records as its place and the count say. */
    private static @Nullable String cut(JsonPage page, int offset, long total) {
        if (total < 0) {
            return "an answer without a count of its records, so that nobody knows whether it is whole";
        }
        long expected = Math.clamp(total - offset, 0, BoampQuestion.PAGE);
        return page.items().size() < expected
                ? "an answer that counts %d records, and gives %d in place of %d from number %d on"
                        .formatted(total, page.items().size(), expected, offset + 1)
                : null;
    }
}
