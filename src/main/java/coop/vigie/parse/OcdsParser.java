package coop.vigie.parse;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import coop.vigie.fetch.Payload;
import coop.vigie.fetch.Query;
import coop.vigie.notice.Notice;
import coop.vigie.notice.Sign;
import coop.vigie.notice.Warning;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Open Contracting Data Standard 1.0 and 1.1: release packages, record packages, single releases, and several of them in an array or
 * one after the other. Of a record its compiled release counts, else its last embedded one.
 *
 * <p>One release is in memory as a tree at a time. Dates stay as written, as with eForms: publishers call local time "Z".
 *
 * <p>Where {@code params} name the parameters of a span of time ({@code from}, {@code to}), the last {@code days} are asked for in
 * windows of {@code hours}, and a window whose answer has a further page is halved instead of following it: a cursor was
 * seen to lose two releases of three. Else {@code links.next} is followed.
 */
public final class OcdsParser implements NoticeParser {

    @Override
    public List<Query> first(URI url, ParseContext context) {
        return OcdsWindows.of(context).map(windows -> windows.first(url)).orElseGet(() -> List.of(Query.get(url)));
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Parsed parse(Payload payload, ParseContext context) {
        return new Reading(payload, context).parsed();
    }

    /** One document being read. */
    private static final class Reading {
        private final Payload payload;
        private final ParseContext context;
        private final List<ParsedNotice> notices = new ArrayList<>();
        private final List<Warning> warnings = new ArrayList<>();
        private @Nullable String nextPage;
        private boolean known;
        private int number;

        Reading(Payload payload, ParseContext context) {
            this.payload = payload;
            this.context = context;
        }

        Parsed parsed() {
            String text = Json.decode(payload.bytes());
            String failure = null;
            try (JsonParser parser = Json.MAPPER.createParser(text)) {
                for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                    value(parser);
                }
                failure = known ? null : "a JSON document without releases, where OCDS was expected";
                failure = text.isBlank() ? "an empty document, where OCDS was expected" : failure;
            } catch (JsonProcessingException e) {
                failure = Json.broken(text, e) + (known ? "" : ", where OCDS was expected");
            } catch (IOException e) {
                throw new UncheckedIOException("reading from memory", e);
            }
            // What a later release says of the same procedure comes later, in whatever order the publisher packed them.
            notices.sort(Comparator.comparing((ParsedNotice each) -> published(each.notice())));
            return new Parsed(notices, warnings, failure == null ? next() : List.of(), failure)
                    .showing(known ? null : Sign.LAYOUT);
        }

        private static Instant published(Notice notice) {
            Instant published = notice.published();
            return published == null ? Instant.MIN : published;
        }

        private void value(JsonParser parser) throws IOException {
            if (parser.currentToken() == JsonToken.START_ARRAY) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    value(parser);
                }
            } else if (parser.currentToken() == JsonToken.START_OBJECT) {
                object(parser);
            }
        }

        /** A package, or a single release or record: which one shows by the first member that only one of them has. */
        private void object(JsonParser parser) throws IOException {
            var single = Json.MAPPER.createObjectNode();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken token = parser.nextToken();
                boolean list = token == JsonToken.START_ARRAY;
                if (list && !single.has("ocid") && (name.equals("releases") || name.equals("records"))) {
                    known = true;
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        JsonNode element = parser.readValueAsTree();
                        release(name.equals("records") ? ofRecord(element) : element);
                    }
                } else {
                    single.set(name, parser.<JsonNode>readValueAsTree());
                }
            }
            if (single.has("ocid")) {
                known = true;
                release(single.has("releases") || single.has("compiledRelease") ? ofRecord(single) : single);
            } else if (single.has("publisher") || single.has("publishedDate")) {
                // A day without publications is sent as a package without the list.
                known = true;
            }
            String next = Json.text(single.path("links"), "next");
            nextPage = next.isEmpty() ? nextPage : next;
        }

        private static JsonNode ofRecord(JsonNode record) {
            if (record.path("compiledRelease").isObject()) {
                return record.path("compiledRelease");
            }
            List<JsonNode> embedded = Json.all(record.path("releases")).stream()
                    .filter(release -> release.has("tender") || release.has("planning"))
                    .sorted(Comparator.comparing((JsonNode release) -> Json.text(release, "date")))
                    .toList();
            return embedded.isEmpty() ? record : embedded.getLast();
        }

        private void release(JsonNode release) {
            number++;
            String position = payload.position() + " release " + number;
            var read = new OcdsRelease(release, context, position, warnings);
            Notice notice = read.notice();
            if (notice != null && Wanted.of(context).accepts(notice)) {
                byte[] raw = release.toString().getBytes(StandardCharsets.UTF_8);
                notices.add(new ParsedNotice(notice, raw, "application/json"));
            }
        }

        private List<Query> next() {
            if (nextPage == null) {
                return List.of();
            }
            List<Query> halves = OcdsWindows.of(context)
                    .map(windows -> windows.halves(payload.uri()))
                    .orElse(List.of());
            return halves.isEmpty() ? NextPage.of(nextPage, payload, context, warnings) : halves;
        }
    }
}
