package coop.vigie.parse;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import coop.vigie.fetch.Payload;
import coop.vigie.fetch.Query;
import coop.vigie.notice.Sign;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Interfaces that answer page by page, by number, with a list of publications and how many there are in all.
 *
 * <p>What the counts promise is compared with what comes: a list that ends too early, or is far longer than what was asked
 * for, is a failure, and what it held counts.
 *
 * @param interfaces whose, as the end of a sentence: "the BDA's search"
 * @param list member that holds the publications
 * @param total member that says how many there are
 * @param from parameter for the first day of publication
 * @param size parameter for the length of a page
 * @param first number of the first page
 */
record NumberedPages(String interfaces, String list, String total, String from, String size, int first) {

    /** As many as both interfaces give at once. */
    static final int PAGE = 100;

    /** Longer than any outage should be. */
    private static final int DAYS = 10;

    /** A country publishes a tenth of that; where a filter is ignored, everything ever published comes back. */
    private static final int MOST_IN_A_DAY = 1_000;

    private static final int MOST_AT_LEAST = 5_000;

    /**
     * One answer.
     *
     * @param next the address of the page after; null if there is none
     * @param objection null if the answer could be read and is what was asked for
     */
    record Page(
            List<JsonNode> items,
            @Nullable URI next,
            @Nullable Objection objection) {

        @Nullable
        String failure() {
            return objection == null ? null : objection.words();
        }

        @Nullable
        Sign sign() {
            return objection == null ? null : objection.sign();
        }
    }

    /** @param sign null if it says nothing of the source as a whole */
    record Objection(@Nullable Sign sign, String words) {}

    /** The first page of what was published in the last {@code days}; answers kept in files are read as they are. */
    URI begin(URI url, ParseContext context, Map<String, String> more) {
        if (!isWeb(url)) {
            return url;
        }
        var parameters = new LinkedHashMap<>(more);
        LocalDate today = LocalDate.ofInstant(context.now(), context.zone());
        parameters.put(from, today.minusDays(days(context)).toString());
        parameters.put("page", String.valueOf(first));
        parameters.put(size, String.valueOf(PAGE));
        return Parameters.with(url, parameters);
    }

    Page read(Payload payload, Query asked, ParseContext context) {
        var items = new ArrayList<JsonNode>();
        ObjectNode head = Json.MAPPER.createObjectNode();
        Objection objection = read(payload.bytes(), items, head);
        String written = isWeb(asked.uri()) ? Parameters.get(asked.uri(), "page") : null;
        if (objection != null || written == null || !written.matches("\\d{1,6}")) {
            return new Page(items, null, objection);
        }
        int number = Integer.parseInt(written);
        long before = (long) (number - first) * PAGE;
        long counted = head.path(total).asLong(items.size() < PAGE ? before + items.size() : Long.MAX_VALUE);
        objection = objection(head, counted, number, before, items.size(), days(context));
        boolean more = objection == null && !items.isEmpty() && before + items.size() < counted;
        URI next = more ? Parameters.with(asked.uri(), Map.of("page", String.valueOf(number + 1))) : null;
        return new Page(items, next, objection);
    }

    private @Nullable Objection objection(
            ObjectNode head, long counted, int number, long before, int given, long days) {
        if (head.path("number").asInt(number) != number) {
            return new Objection(
                    null,
                    "page %d of %s, where page %d was asked for"
                            .formatted(head.path("number").asInt(), interfaces, number));
        }
        if (head.has(total) && counted > Math.max(MOST_AT_LEAST, days * MOST_IN_A_DAY)) {
            return new Objection(
                    null,
                    "an answer of %s that counts %d publications in %d days: it does not understand the question"
                            .formatted(interfaces, counted, days));
        }
        boolean missing = head.has(total) && given < PAGE && before + given < counted;
        return missing
                ? new Objection(
                        Sign.COUNT,
                        "an answer of %s that counts %d publications and ends with %d on page %d"
                                .formatted(interfaces, counted, given, number))
                : null;
    }

    /** One sentence if it is something else or breaks off; what came before is in the list. */
    private @Nullable Objection read(byte[] bytes, List<JsonNode> items, ObjectNode head) {
        String text = Json.decode(bytes);
        boolean known = false;
        try (JsonParser json = Json.MAPPER.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return text.isBlank() ? new Objection(Sign.LAYOUT, "an empty document") : other();
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (name.equals(list) && value == JsonToken.START_ARRAY) {
                    known = true;
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        items.add(json.readValueAsTree());
                    }
                } else if (value.isScalarValue()) {
                    head.set(name, json.<JsonNode>readValueAsTree());
                } else {
                    json.skipChildren();
                }
            }
            return known ? null : other();
        } catch (JsonProcessingException broken) {
            return known
                    ? new Objection(
                            null,
                            "an answer of %s that breaks off or is damaged after %d publications"
                                    .formatted(interfaces, items.size()))
                    : new Objection(
                            Sign.LAYOUT,
                            Json.broken(text, broken) + ", where an answer of " + interfaces + " was expected");
        } catch (IOException impossible) {
            throw new UncheckedIOException("reading from memory", impossible);
        }
    }

    private Objection other() {
        return new Objection(
                Sign.LAYOUT, "not an answer of %s, which is an object with '%s'".formatted(interfaces, list));
    }

    static boolean isWeb(URI url) {
        return !"file".equals(url.getScheme());
    }

    private static long days(ParseContext context) {
        List<String> days = context.options().params().getOrDefault("days", List.of());
        return days.isEmpty() ? DAYS : Long.parseLong(days.getFirst());
    }
}
