package coop.vigie.source;

import coop.vigie.codes.Countries;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What {@code params} of a source of type {@code ted-search} may say. */
final class TedParams {

    private static final List<String> CONDITIONS = List.of("countries", "cpv", "forms");
    private static final Set<String> FORMS = Set.of(
            "planning", "competition", "change", "result", "dir-awa-pre", "cont-modif", "completion", "consultation");

    private TedParams() {}

    static List<String> problems(Map<String, List<String>> params, String query) {
        Stream<String> both = params.keySet().stream()
                .filter(name -> CONDITIONS.contains(name) && !query.isEmpty())
                .map("'params.%s' and 'query' exclude each other; say it in the query"::formatted);
        return Stream.concat(both, Params.problems(params, TedParams::problem).stream())
                .toList();
    }

    /** "" if nothing is wrong. */
    private static String problem(String name, String value) {
        return switch (name) {
            case "countries" ->
                Countries.iso3(value).isPresent()
                        ? ""
                        : "'params.countries': '%s' is not a country such as BEL or BE".formatted(value);
            case "cpv" ->
                value.matches("\\d{8}(-\\d)?|\\d{2,7}\\*")
                        ? ""
                        : "'params.cpv': '%s' is not a CPV code such as 79950000 or 7995*".formatted(value);
            case "forms" ->
                FORMS.contains(value) ? "" : "'params.forms': '%s' is not a form type of eForms".formatted(value);
            case "days" -> Params.days(value);
            default -> Params.unknown(name, "countries, cpv, forms, days");
        };
    }
}
