package coop.vigie.parse;

import com.fasterxml.jackson.databind.JsonNode;
import coop.vigie.fetch.FetchOutcome.Failed;
import coop.vigie.fetch.Payload;
import coop.vigie.fetch.Query;
import coop.vigie.notice.Notice;
import coop.vigie.notice.Sign;
import coop.vigie.notice.Warning;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks and reads the search behind the EU Funding &amp; Tenders portal ("SEDIA", described on the portal under Support, APIs):
 * calls for proposals of the Commission's programmes, and the calls that funded projects publish in their turn.
 *
 * <p>A call that comes several times, once for each language or once for each cut-off date, is one notice. Its status counts
 * more than its dates. An answer that counts more hits than the interface can give did not understand the question, and
 * nothing in it is kept.
 */
public final class SediaParser implements NoticeParser {

    /** What {@code params.programme} may name beside a code of eight digits. */
    public static final Map<String, String> PROGRAMMES = Map.of(
            "horizon", "43108390",
            "crea", "43251814",
            "erasmus", "43353764",
            "cerv", "43251589",
            "digital", "43152860",
            "life", "43252405");

    /** What {@code params.status} may name, and the interface's codes. */
    public static final Map<String, String> STATUS =
            Map.of("forthcoming", "31094501", "open", "31094502", "closed", "31094503");

    /** Beyond this the interface gives no more pages, and all open calls of all programmes are far fewer. */
    private static final int MOST_HITS = 10_000;

    private static final String EXPECTED = "an answer of the EU Funding & Tenders portal";
    private static final Pattern ERROR_MESSAGE = Pattern.compile("\"message\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.){1,200})");

    @Override
    public int version() {
        return 1;
    }

    @Override
    public boolean asksAgain() {
        return true;
    }

    /** Answers kept in files are read as they are: nothing is posted to a file. */
    @Override
    public List<Query> first(URI url, ParseContext context) {
        return List.of("file".equals(url.getScheme()) ? Query.get(url) : SediaQuestion.first(url, context));
    }

    @Override
    public Parsed parse(Payload payload, ParseContext context) {
        return parse(payload, Query.get(payload.uri()), context);
    }

    @Override
    public Parsed parse(Payload payload, Query asked, ParseContext context) {
        JsonPage page = JsonPage.read(payload.bytes(), "results", EXPECTED);
        long total = page.count("totalResults");
        if (total > MOST_HITS) {
            return Parsed.failed(
                    "an answer that counts %d hits, more than the portal gives: the question is too wide, or was not understood"
                            .formatted(total));
        }
        List<JsonNode> hits = page.items();
        if (!page.listed() && page.failure() == null) {
            // One hit by itself, as it is kept with its notice.
            if (!page.beside().has("metadata")) {
                return Parsed.other("a JSON document without 'results', where " + EXPECTED + " was expected");
            }
            hits = List.of(page.beside());
        }
        var warnings = new ArrayList<Warning>();
        List<ParsedNotice> notices = notices(hits, payload, context, warnings);
        if (page.failure() != null) {
            return new Parsed(notices, warnings, List.of(), page.failure()).showing(page.sign());
        }
        String cut = cut(asked, page, total);
        return new Parsed(notices, warnings, cut == null ? next(asked, page, total) : List.of(), cut)
                .showing(total < 0 ? null : Sign.COUNT);
    }

    private static List<ParsedNotice> notices(
            List<JsonNode> hits, Payload payload, ParseContext context, List<Warning> warnings) {
        var calls = new LinkedHashMap<String, List<JsonNode>>();
        var positions = new LinkedHashMap<String, String>();
        int number = 0;
        for (JsonNode hit : hits) {
            number++;
            String position = payload.position() + " result " + number;
            String id = SediaCall.id(hit);
            if (id.isEmpty()) {
                warnings.add(new Warning(
                        context.source(), position, "identifier", "", "left out, as it says not which call it is"));
                continue;
            }
            calls.computeIfAbsent(id, first -> new ArrayList<>()).add(hit);
            positions.putIfAbsent(id, position);
        }
        var notices = new ArrayList<ParsedNotice>();
        Wanted wanted = Wanted.of(context);
        calls.forEach((id, same) -> {
            String position = positions.getOrDefault(id, payload.position());
            Notice notice = new SediaCall(id, same, context, position, warnings).notice();
            if (wanted.accepts(notice)) {
                JsonNode raw = same.size() == 1
                        ? same.getFirst()
                        : Json.MAPPER.createArrayNode().addAll(same);
                notices.add(
                        new ParsedNotice(notice, raw.toString().getBytes(StandardCharsets.UTF_8), "application/json"));
            }
        });
        return notices;
    }

    /** Null if the page holds as many hits as its number and the count say. */
    private static @Nullable String cut(Query asked, JsonPage page, long total) {
        long number = SediaQuestion.number(asked);
        if (number == 0) {
            return null;
        }
        if (total < 0) {
            return "an answer without a count of its hits, so that nobody knows whether it is whole";
        }
        int size = size(page);
        long expected = Math.clamp(total - (number - 1) * size, 0, size);
        return page.items().size() < expected
                ? "an answer that counts %d hits, of which page %d gives %d in place of %d"
                        .formatted(total, number, page.items().size(), expected)
                : null;
    }

    private static List<Query> next(Query asked, JsonPage page, long total) {
        long number = SediaQuestion.number(asked);
        return number > 0 && number * size(page) < total
                ? SediaQuestion.page(asked, number + 1).stream().toList()
                : List.of();
    }

    /** The interface may give less at once than was asked for. */
    private static int size(JsonPage page) {
        long said = page.count("pageSize");
        return said > 0 && said <= SediaQuestion.PAGE ? (int) said : SediaQuestion.PAGE;
    }

    @Override
    public Optional<Advice> afterFailure(Query asked, Failed failed, ParseContext context) {
        String answer = failed.answer();
        Matcher matcher = ERROR_MESSAGE.matcher(answer == null ? "" : answer);
        return matcher.find()
                ? Optional.of(new Advice(
                        null, "The portal says: " + matcher.group(1).replaceAll("\\p{Cntrl}|\\\\[nrt]", " ")))
                : Optional.empty();
    }
}
