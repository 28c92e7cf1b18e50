package coop.vigie.parse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import coop.vigie.fetch.FetchOutcome.Failed;
import coop.vigie.fetch.Payload;
import coop.vigie.fetch.Query;
import coop.vigie.notice.Notice;
import coop.vigie.notice.Sign;
import coop.vigie.notice.Warning;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks and reads the search interface of TED, version 3 (docs.ted.europa.eu, "Search API"): a question is posted, each
 * answer holds a page of notices and a token that leads to the next one, until a page is empty.
 *
 * <p>A notice gives what its eForms document would give, by the same rules; the interface only writes it differently. The
 * truth of its pages is guarded: an answer that breaks off, or that the interface itself calls incomplete
 * ({@code timedOut}), is a failure, and what it held counts.
 */
public final class TedSearchParser implements NoticeParser {

    private static final ObjectMapper JSON = new ObjectMapper(new JsonFactory());

    private static final Pattern ERROR_TYPE = Pattern.compile("\"type\"\\s*:\\s*\"([A-Z_]+)\"");
    private static final Pattern ERROR_FIELD =
            Pattern.compile("\"(?:fieldName|unsupportedValue)\"\\s*:\\s*\"\\[?([^\"\\]]+)");
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
        return "file".equals(url.getScheme()) ? List.of(Query.get(url)) : TedQuestion.lanes(url, context);
    }

    @Override
    public Parsed parse(Payload payload, ParseContext context) {
        return parse(payload, Query.get(payload.uri()), context);
    }

    @Override
    public Parsed parse(Payload payload, Query asked, ParseContext context) {
        var page = new Page();
        String failure;
        try (JsonParser json = JSON.createParser(payload.bytes())) {
            failure = page.read(json);
        } catch (IOException broken) {
            failure = page.begun
                    ? "an answer of TED that breaks off or is damaged after %d notices".formatted(page.notices.size())
                    : "not an answer of TED's search interface, which is JSON";
        }
        Sign sign = page.begun ? null : Sign.LAYOUT;
        if (failure == null && page.timedOut) {
            failure = "an answer that TED calls incomplete, as its search took too long";
        }
        var notices = new ArrayList<ParsedNotice>();
        var warnings = new ArrayList<Warning>();
        Wanted wanted = Wanted.of(context);
        int number = 0;
        for (JsonNode each : page.notices) {
            number++;
            var own = new EformsWarnings(context.source(), payload.position() + " notice " + number);
            TedNotice.read(each, context, own)
                    .filter(wanted::accepts)
                    .ifPresent(notice -> notices.add(parsed(notice, each)));
            warnings.addAll(own.list());
        }
        boolean alone = page.token == null || page.notices.isEmpty();
        if (failure == null && alone && TedQuestion.begins(asked) && page.total > page.notices.size()) {
            failure = "an answer that counts %d notices, gives %d and does not lead on"
                    .formatted(page.total, page.notices.size());
            sign = Sign.COUNT;
        }
        List<Query> next = new ArrayList<>();
        if (failure == null && asked.post() != null && !page.notices.isEmpty() && page.token != null) {
            Optional<Query> further = TedQuestion.next(asked, page.token);
            further.ifPresent(next::add);
            if (further.isEmpty()) {
                failure = "an answer that leads to itself, so that the notices after it cannot be reached";
            }
        }
        return new Parsed(notices, warnings, next, failure).showing(sign);
    }

    private static ParsedNotice parsed(Notice notice, JsonNode json) {
        return new ParsedNotice(notice, json.toString().getBytes(StandardCharsets.UTF_8), "application/json");
    }

    /** The pieces of an answer, as far as it could be read. */
    private static final class Page {
        private final List<JsonNode> notices = new ArrayList<>();
        private boolean begun;
        private boolean timedOut;
        private int total;
        private @Nullable String token;

        /** One sentence if it is something else. */
        @Nullable
        String read(JsonParser json) throws IOException {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return "not an answer of TED's search interface, which is an object with 'notices'";
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (name.equals("notices") && value == JsonToken.START_ARRAY) {
                    begun = true;
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        notices.add(JSON.readTree(json));
                    }
                } else if (name.equals("iterationNextToken") && value == JsonToken.VALUE_STRING) {
                    token = json.getText();
                } else if (name.equals("totalNoticeCount") && value == JsonToken.VALUE_NUMBER_INT) {
                    total = json.getIntValue();
                } else if (name.equals("timedOut")) {
                    timedOut = value == JsonToken.VALUE_TRUE;
                    json.skipChildren();
                } else {
                    json.skipChildren();
                }
            }
            return begun ? null : "not an answer of TED's search interface, as it has no 'notices'";
        }
    }

    /** The error object is {@code {message, error: {type, …}}}; it may be cut off, so that it is searched, not parsed. */
    @Override
    public Optional<Advice> afterFailure(Query asked, Failed failed, ParseContext context) {
        String answer = failed.answer();
        if (answer == null || failed.status() == null || failed.status() / 100 != 4) {
            return Optional.empty();
        }
        return switch (first(ERROR_TYPE, answer).orElse("")) {
            case "EXPIRED_ITERATION_TOKEN", "INVALID_ITERATION_TOKEN" ->
                TedQuestion.fromTheStart(asked)
                        .map(query -> new Advice(query, "TED forgot where we were in its list, which is read again"));
            case "QUERY_UNKNOWN_FIELD", "UNSUPPORTED_VALUE", "" -> unknownField(asked, answer);
            default -> said(answer);
        };
    }

    private static Optional<Advice> unknownField(Query asked, String answer) {
        Optional<String> named = first(ERROR_FIELD, answer).map(String::strip);
        // Without a name of its own, the message speaks of the bad field first, and of those that are good after it.
        String field = named.orElseGet(() -> TedQuestion.FIELDS.stream()
                .filter(each -> position(each, answer) >= 0)
                .min(Comparator.comparingInt(each -> position(each, answer)))
                .orElse(""));
        return TedQuestion.without(asked, field)
                .map(query -> new Advice(
                        query, "TED does not know the field '%s' any more; read without it".formatted(field)))
                .or(() -> said(answer));
    }

    private static int position(String field, String answer) {
        Matcher matcher = Pattern.compile("(?<![\\w-])" + Pattern.quote(field) + "(?![\\w-])")
                .matcher(answer);
        return matcher.find() ? matcher.start() : -1;
    }

    private static Optional<Advice> said(String answer) {
        return first(ERROR_MESSAGE, answer)
                .map(words -> new Advice(null, "TED says: " + words.replaceAll("\\p{Cntrl}|\\\\[nrt]", " ")));
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
