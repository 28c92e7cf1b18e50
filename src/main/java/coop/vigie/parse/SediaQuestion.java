package coop.vigie.parse;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import coop.vigie.fetch.Query;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is asked of the search behind the EU Funding &amp; Tenders portal. Page and words stand in the address; conditions,
 * languages and order are parts of a form, each with a type of its own: a part without one is refused, and a body of any
 * other kind is silently ignored, so that millions of unasked hits come.
 */
final class SediaQuestion {

    /** As many as the interface gives at once. */
    static final int PAGE = 100;

    private static final String BOUNDARY = "----vigie-part-7d1f3a52c9";
    private static final Pattern PAGE_NUMBER = Pattern.compile("(?<=[?&]pageNumber=)\\d{1,9}");

    private SediaQuestion() {}

    static Query first(URI url, ParseContext context) {
        String words = context.options().query().strip();
        String address = url.toString().replaceFirst("#.*$", "");
        String parameters =
                "text=%s&pageSize=%d&pageNumber=1".formatted(encoded(words.isEmpty() ? "***" : words), PAGE);
        URI first = URI.create(address + (address.contains("?") ? "&" : "?") + parameters);
        return new Query(first, new Query.Post("multipart/form-data; boundary=" + BOUNDARY, form(context)));
    }

    /** The question for another page of the same list; empty for what is no question of this kind. */
    static Optional<Query> page(Query asked, long number) {
        Matcher matcher = PAGE_NUMBER.matcher(asked.uri().toString());
        return asked.post() != null && matcher.find()
                ? Optional.of(new Query(URI.create(matcher.replaceFirst(String.valueOf(number))), asked.post()))
                : Optional.empty();
    }

    /** From 1; 0 if this asks for no page. */
    static long number(Query asked) {
        Matcher matcher = PAGE_NUMBER.matcher(asked.uri().toString());
        return asked.post() != null && matcher.find() ? Long.parseLong(matcher.group()) : 0;
    }

    private static String form(ParseContext context) {
        Map<String, List<String>> params = context.options().params();
        ObjectNode query = Json.MAPPER.createObjectNode();
        ArrayNode must = query.putObject("bool").putArray("must");
        condition(must, "type", params.getOrDefault("types", List.of("1", "2", "8")));
        condition(
                must,
                "status",
                codes(params.getOrDefault("status", List.of("forthcoming", "open")), SediaParser.STATUS));
        if (params.containsKey("programme")) {
            condition(
                    must,
                    "frameworkProgramme",
                    codes(params.getOrDefault("programme", List.of()), SediaParser.PROGRAMMES));
        }
        ObjectNode sort = Json.MAPPER.createObjectNode().put("order", "DESC").put("field", "startDate");
        return part("query", query.toString())
                + part(
                        "languages",
                        Json.MAPPER.createArrayNode().add(language(context)).toString())
                + part("sort", sort.toString())
                + "--" + BOUNDARY + "--\r\n";
    }

    /** One only: each language is a hit of its own, all but English are translated by machine, and pages cut between them. */
    private static String language(ParseContext context) {
        List<String> languages = context.languages();
        return languages.isEmpty() || languages.contains("en") ? "en" : languages.getFirst();
    }

    private static void condition(ArrayNode must, String field, List<String> values) {
        ArrayNode terms = must.addObject().putObject("terms").putArray(field);
        values.forEach(terms::add);
    }

    private static List<String> codes(List<String> written, Map<String, String> names) {
        return written.stream()
                .map(each -> names.getOrDefault(each.toLowerCase(Locale.ROOT), each))
                .toList();
    }

    private static String part(String name, String json) {
        return "--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"blob\"\r\nContent-Type: application/json\r\n\r\n%s\r\n"
                .formatted(BOUNDARY, name, json);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
