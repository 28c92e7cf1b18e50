package coop.vigie.parse;

import coop.vigie.fetch.Query;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is asked of the Explore interface, version 2.1, that DILA publishes BOAMP with (help.opendatasoft.com, ODSQL): records that
 * appeared lately, with a deadline or without, and those that can still be answered, however long ago they appeared.
 *
 * @param address without parameters
 * @param parameters decoded, in their order
 */
record BoampQuestion(String address, Map<String, String> parameters) {

    /** As many as the interface gives at once. */
    static final int PAGE = 100;

    /** Offset and limit together may not reach further. */
    static final int WINDOW = 10_000;

    /** Longer than any outage should be. What has a deadline is found by its deadline even after a longer one. */
    private static final int DAYS = 10;

    /** Purchasing systems that anybody may join stay open for years. */
    private static final int YEARS = 5;

    private static final Pattern APPEARED = Pattern.compile(
            "dateparution>=date'(\\d{4}-\\d{2}-\\d{2})' AND dateparution<=date'(\\d{4}-\\d{2}-\\d{2})'");

    static Query first(URI url, ParseContext context) {
        Map<String, List<String>> params = context.options().params();
        LocalDate today = LocalDate.ofInstant(context.now(), context.zone());
        long days = params.getOrDefault("days", List.of()).stream()
                .findFirst()
                .filter(number -> number.matches("[1-9]\\d{0,2}"))
                .map(Long::parseLong)
                .orElse((long) DAYS);
        var conditions = new ArrayList<String>();
        // A day ahead and a day back, as "today" begins and ends at different moments in different zones.
        conditions.add(appeared(today.minusYears(YEARS), today.plusDays(1)));
        conditions.add("(dateparution>=date'%s' OR datelimitereponse>=date'%s')"
                .formatted(today.minusDays(days), today.minusDays(1)));
        List<String> departments = params.getOrDefault("departments", List.of());
        if (!departments.isEmpty()) {
            conditions.add(departments.stream()
                    .map(code -> "code_departement=\"" + code.replace("\"", "") + "\"")
                    .collect(Collectors.joining(" OR ", "(", ")")));
        }
        String own = context.options().query().strip();
        if (!own.isEmpty()) {
            conditions.add("(" + own + ")");
        }
        BoampQuestion given = of(url);
        var parameters = new LinkedHashMap<>(given.parameters());
        parameters.put("where", String.join(" AND ", conditions));
        parameters.put("order_by", "dateparution desc,idweb desc");
        parameters.put("limit", String.valueOf(PAGE));
        parameters.put("offset", "0");
        return new BoampQuestion(given.address(), parameters).query();
    }

    static BoampQuestion of(URI url) {
        String whole = url.toString().replaceFirst("#.*$", "");
        int question = whole.indexOf('?');
        var parameters = new LinkedHashMap<String, String>();
        if (question >= 0) {
            for (String parameter : whole.substring(question + 1).split("&")) {
                String[] parts = parameter.split("=", 2);
                parameters.put(parts[0], parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        return new BoampQuestion(question < 0 ? whole : whole.substring(0, question), parameters);
    }

    /** -1 if it is no question of ours but a file. */
    int offset() {
        String offset = parameters.getOrDefault("offset", "");
        return offset.matches("\\d{1,6}") && parameters.containsKey("where") ? Integer.parseInt(offset) : -1;
    }

    Query after() {
        return with("offset", String.valueOf(offset() + PAGE)).query();
    }

    /** Two questions for the two halves of the time of appearance; none if that is a single day. */
    List<Query> halves() {
        String where = parameters.getOrDefault("where", "");
        Matcher span = APPEARED.matcher(where);
        if (!span.find()) {
            return List.of();
        }
        LocalDate from = LocalDate.parse(span.group(1));
        LocalDate to = LocalDate.parse(span.group(2));
        if (!from.isBefore(to)) {
            return List.of();
        }
        LocalDate middle = from.plusDays((to.toEpochDay() - from.toEpochDay()) / 2);
        return List.of(
                with("where", span.replaceFirst(appeared(middle.plusDays(1), to)))
                        .query(),
                with("where", span.replaceFirst(appeared(from, middle))).query());
    }

    private static String appeared(LocalDate from, LocalDate to) {
        return "dateparution>=date'%s' AND dateparution<=date'%s'".formatted(from, to);
    }

    private BoampQuestion with(String name, String value) {
        var others = new LinkedHashMap<>(parameters);
        others.put(name, value);
        return new BoampQuestion(address, others);
    }

    Query query() {
        return Query.get(URI.create(parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&", address + "?", ""))));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
