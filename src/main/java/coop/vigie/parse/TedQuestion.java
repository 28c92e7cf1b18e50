package coop.vigie.parse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import coop.vigie.codes.Countries;
import coop.vigie.codes.CpvCode;
import coop.vigie.fetch.Query;
import java.net.URI;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is asked of TED's search interface, version 3, in its expert query language. Two lists together are complete: what
 * was published lately, with a deadline or without, and what can still be answered, however long ago it appeared.
 */
final class TedQuestion {

    /** As many as the interface gives at once; notices times fields may not be more than 10,000. */
    static final int PAGE = 250;

    /** Longer than any outage should be. What has a deadline is found by its deadline even after a longer one. */
    private static final int DAYS = 10;

    static final List<String> FIELDS = List.of(
            "publication-number",
            "publication-date",
            "notice-identifier",
            "notice-version",
            "procedure-identifier",
            "notice-type",
            "form-type",
            "notice-subtype",
            "change-notice-version-identifier",
            "change-reason-code",
            "notice-title",
            "title-proc",
            "title-lot",
            "description-proc",
            "description-lot",
            "buyer-name",
            "buyer-country",
            "identifier-lot",
            "deadline",
            "deadline-receipt-request",
            "deadline-receipt-tender-date-lot",
            "deadline-receipt-tender-time-lot",
            "deadline-receipt-request-date-lot",
            "deadline-receipt-request-time-lot",
            "deadline-receipt-expressions-date-lot",
            "deadline-receipt-expressions-time-lot",
            "classification-cpv",
            "place-of-performance",
            "estimated-value-proc",
            "estimated-value-cur-proc",
            "estimated-value-lot",
            "estimated-value-cur-lot",
            "official-language",
            "submission-language",
            "document-url-lot",
            "links");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern SORT = Pattern.compile("(?i)\\s*\\bSORT\\s+BY\\b.*$");
    private static final Pattern DATES = Pattern.compile("(?i)\\b(publication-date|PD|DD|DT|deadline[a-z-]*)\\b");

    private TedQuestion() {}

    /** The first question of each list. A query that speaks of dates itself is asked as it is. */
    static List<Query> lanes(URI url, ParseContext context) {
        String written = context.options().query().strip();
        if (DATES.matcher(SORT.matcher(written).replaceFirst("")).find()) {
            return List.of(query(url, written));
        }
        Map<String, List<String>> params = context.options().params();
        String what =
                written.isEmpty() ? usual(params) : "(" + SORT.matcher(written).replaceFirst("") + ")";
        LocalDate today = LocalDate.ofInstant(context.now(), context.zone());
        long days = params.getOrDefault("days", List.of()).stream()
                .findFirst()
                .map(Long::parseLong)
                .orElse((long) DAYS);
        String from = day(today.minusDays(days));
        // A day ahead: the Official Journal may be dated tomorrow where we are.
        String lately = "%s AND publication-date = (%s <> %s)".formatted(what, from, day(today.plusDays(1)));
        // A day back, as "today" ends at different moments in different zones.
        String since = day(today.minusDays(1));
        String open =
                "%1$s AND (deadline >= %2$s OR deadline-receipt-request >= %2$s OR deadline-receipt-tender-date-lot >= %2$s)"
                        .formatted(what, since);
        return List.of(query(url, lately), query(url, open));
    }

    /** True for the first question of a list; false for those within it, and for files. */
    static boolean begins(Query asked) {
        return asked.post() != null && !asked.post().body().contains("\"iterationNextToken\"");
    }

    private static String usual(Map<String, List<String>> params) {
        var conditions = new ArrayList<String>();
        conditions.add(any(params.getOrDefault("countries", List.of("BEL")).stream()
                .map(country -> "buyer-country = " + Countries.iso3(country).orElse(country))
                .toList()));
        List<String> cpv = params.getOrDefault("cpv", List.of());
        if (!cpv.isEmpty()) {
            conditions.add(any(cpv.stream()
                    .map(code -> "classification-cpv = " + subtree(code))
                    .toList()));
        }
        // Announcements and changes too: what opens later, and dates that move, are what readers plan by.
        conditions.add(any(params.getOrDefault("forms", List.of("planning", "competition", "change")).stream()
                .map(form -> "form-type = " + form)
                .toList()));
        return String.join(" AND ", conditions);
    }

    private static String any(List<String> alternatives) {
        return alternatives.size() == 1
                ? alternatives.getFirst()
                : alternatives.stream().collect(Collectors.joining(" OR ", "(", ")"));
    }

    private static String subtree(String code) {
        String stem = CpvCode.normalize(code).map(CpvCode::stem).orElse(code.replace("*", ""));
        return stem.length() == 8 ? stem : stem + "*";
    }

    private static String day(LocalDate date) {
        return date.format(DateTimeFormatter.BASIC_ISO_DATE);
    }

    private static Query query(URI url, String expression) {
        ObjectNode body = JSON.createObjectNode();
        body.put("query", expression);
        ArrayNode fields = body.putArray("fields");
        FIELDS.forEach(fields::add);
        body.put("limit", PAGE);
        body.put("scope", "ALL");
        body.put("paginationMode", "ITERATION");
        body.put("onlyLatestVersions", true);
        return posted(url, body);
    }

    private static Query posted(URI url, ObjectNode body) {
        return new Query(url, new Query.Post("application/json", body.toString()));
    }

    /** The question for the page after; empty if it is the one that was asked already. */
    static Optional<Query> next(Query asked, String token) {
        return body(asked)
                .filter(body -> !body.path("iterationNextToken").asText("").equals(token))
                .map(body -> posted(asked.uri(), body.put("iterationNextToken", token)));
    }

    /** The first question of the list to which this one belongs. */
    static Optional<Query> fromTheStart(Query asked) {
        return body(asked).filter(body -> body.has("iterationNextToken")).map(body -> {
            body.remove("iterationNextToken");
            return posted(asked.uri(), body);
        });
    }

    /** The same without one field; empty if it does not ask for that field. */
    static Optional<Query> without(Query asked, String field) {
        return body(asked).flatMap(body -> {
            ArrayNode kept = JSON.createArrayNode();
            body.path("fields").forEach(each -> {
                if (!each.asText().equals(field)) {
                    kept.add(each);
                }
            });
            boolean less = kept.size() < body.path("fields").size() && !kept.isEmpty();
            body.set("fields", kept);
            return less ? Optional.of(posted(asked.uri(), body)) : Optional.empty();
        });
    }

    private static Optional<ObjectNode> body(Query asked) {
        Query.Post post = asked.post();
        if (post == null) {
            return Optional.empty();
        }
        try {
            JsonNode body = JSON.readTree(post.body());
            return body instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JsonProcessingException notOurs) {
            return Optional.empty();
        }
    }
}
