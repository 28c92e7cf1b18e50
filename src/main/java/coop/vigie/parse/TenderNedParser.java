package coop.vigie.parse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import coop.vigie.fetch.Payload;
import coop.vigie.fetch.Query;
import coop.vigie.notice.Notice;
import coop.vigie.notice.Warning;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks and reads the public interface of TenderNed, the Netherlands' platform for tenders: {@code GET …/v2/publicaties}, page by page,
 * the newest first, and {@code …/v2/publicaties/{id}} for what a list leaves out (CPV codes, regions, the number of the procedure).
 *
 * <p>The source's {@code query} goes along as {@code search}. Counters that change from day to day are no part of a notice.
 */
public final class TenderNedParser implements NoticeParser {

    private static final NumberedPages PAGES =
            new NumberedPages("TenderNed's list", "content", "totalElements", "publicatieDatumVanaf", "size", 0);

    @Override
    public int version() {
        return 1;
    }

    @Override
    public boolean asksAgain() {
        return true;
    }

    @Override
    public boolean newestFirst() {
        return true;
    }

    @Override
    public List<Query> first(URI url, ParseContext context) {
        return List.of(Query.get(PAGES.begin(
                url, context, Map.of("search", context.options().query().strip()))));
    }

    @Override
    public Parsed parse(Payload payload, ParseContext context) {
        return parse(payload, Query.get(payload.uri()), context);
    }

    /** Files may hold lists, or what was said of one publication. */
    @Override
    public Parsed parse(Payload payload, Query asked, ParseContext context) {
        ObjectNode single = NumberedPages.isWeb(asked.uri()) ? null : publication(payload.bytes());
        if (single != null) {
            return parsed(List.of(single), payload, context, List.of(), null);
        }
        NumberedPages.Page page = PAGES.read(payload, asked, context);
        List<Query> next = page.next() == null ? List.of() : List.of(Query.get(page.next()));
        return parsed(page.items(), payload, context, next, page.failure()).showing(page.sign());
    }

    private static Parsed parsed(
            List<? extends JsonNode> items,
            Payload payload,
            ParseContext context,
            List<Query> next,
            @Nullable String failure) {
        var notices = new ArrayList<ParsedNotice>();
        var warnings = new ArrayList<Warning>();
        Wanted wanted = Wanted.of(context);
        int number = 0;
        for (JsonNode each : items) {
            number++;
            String position = payload.position() + " publicatie " + number;
            Notice notice = new TenderNedPublication(each, context, position, warnings).notice();
            if (notice != null && wanted.accepts(notice)) {
                byte[] raw = each.toString().getBytes(StandardCharsets.UTF_8);
                notices.add(new ParsedNotice(notice, raw, "application/json"));
            }
        }
        return new Parsed(notices, warnings, next, failure);
    }

    // The publication's own page

    @Override
    public boolean readsPages(ParseContext context) {
        return true;
    }

    @Override
    public @Nullable String page(URI list, ParsedNotice listed) {
        String bare = list.toString().replaceFirst("/*(?:[?#].*)?$", "");
        String id = listed.notice().id().nativeId();
        return NumberedPages.isWeb(list) && id.matches("\\d+") ? bare + "/" + id : null;
    }

    /** A documented interface, whose terms count instead. */
    @Override
    public boolean pagesObeyRobots() {
        return false;
    }

    /** What the page says counts more than the list, but that of two deadlines the earlier one stands: being early loses nothing. */
    @Override
    public DetailParser.Read readPage(Payload page, ParsedNotice listed, ParseContext context) {
        ObjectNode detail = publication(page.bytes());
        if (detail == null) {
            return new DetailParser.Read(listed, List.of(), "not what TenderNed says of a publication");
        }
        String id = Json.text(detail, "publicatieId");
        if (!id.equals(listed.notice().id().nativeId())) {
            return new DetailParser.Read(listed, List.of(), "the page of another publication, " + id);
        }
        var warnings = new ArrayList<Warning>();
        var both = new LinkedHashMap<String, JsonNode>();
        ObjectNode list = publication(listed.raw());
        if (list != null) {
            list.properties().forEach(member -> both.put(member.getKey(), member.getValue()));
        }
        for (Map.Entry<String, JsonNode> member : detail.properties()) {
            JsonNode before = both.get(member.getKey());
            JsonNode now = member.getValue();
            // The type of a publication is an object in lists, with its code, and mere words here.
            boolean poorer = now.isNull() || (before != null && before.isObject() && !now.isObject());
            if (!poorer) {
                both.put(member.getKey(), earlier(member.getKey(), before, now, page.position(), context, warnings));
            }
        }
        ObjectNode json = Json.MAPPER.createObjectNode().setAll(both);
        Notice notice = new TenderNedPublication(json, context, page.position(), warnings).notice();
        return notice == null
                ? new DetailParser.Read(listed, warnings, "not what TenderNed says of a publication")
                : new DetailParser.Read(new ParsedNotice(notice, listed.raw(), listed.rawType()), warnings, null);
    }

    private static JsonNode earlier(
            String name,
            @Nullable JsonNode listed,
            JsonNode own,
            String position,
            ParseContext context,
            List<Warning> warnings) {
        boolean compared = TenderNedPublication.DEADLINES.contains(name) && listed != null && listed.isTextual();
        if (!compared || listed == null || listed.asText().equals(own.asText())) {
            return own;
        }
        warnings.add(new Warning(
                context.source(),
                position,
                name,
                own.asText(),
                "the list says %s; the earlier one stands".formatted(listed.asText())));
        return listed.asText().compareTo(own.asText()) < 0 ? listed : own;
    }

    /** Null if it is something else. */
    private static @Nullable ObjectNode publication(byte[] bytes) {
        try {
            JsonNode root = Json.MAPPER.readTree(Json.decode(bytes));
            return root instanceof ObjectNode object && object.has("publicatieId") ? object : null;
        } catch (JsonProcessingException notJson) {
            return null;
        }
    }
}
