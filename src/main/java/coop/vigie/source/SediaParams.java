package coop.vigie.source;

import coop.vigie.parse.SediaParser;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** What {@code params} of a source of type {@code sedia} may say. */
final class SediaParams {

    private SediaParams() {}

    static List<String> problems(Map<String, List<String>> params) {
        return Params.problems(params, SediaParams::problem);
    }

    private static String problem(String name, String value) {
        return switch (name) {
            case "programme" -> named(name, value, SediaParser.PROGRAMMES);
            case "status" -> named(name, value, SediaParser.STATUS);
            case "types" ->
                value.matches("\\d") ? "" : "'params.types': '%s' is not a type from 0 to 9".formatted(value);
            default -> Params.unknown(name, "programme, status, types");
        };
    }

    private static String named(String name, String value, Map<String, String> names) {
        return value.matches("\\d{8}") || names.containsKey(value.toLowerCase(Locale.ROOT))
                ? ""
                : "'params.%s': '%s' is neither a code of eight digits nor one of %s"
                        .formatted(name, value, String.join(", ", new TreeSet<>(names.keySet())));
    }
}
