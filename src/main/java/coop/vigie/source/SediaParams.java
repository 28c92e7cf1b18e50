package coop.vigie.source;

import coop.vigie.parse.SediaParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** What {@code params} of a source of type {@code sedia} may say. */
final class SediaParams {

    private SediaParams() {}

    static List<String> problems(Map<String, List<String>> params) {
        var problems = new ArrayList<String>();
        params.forEach((name, values) -> {
            if (values.isEmpty()) {
                problems.add("'params.%s' must not be empty".formatted(name));
            }
            for (String value : values) {
                switch (name) {
                    case "programme" -> named(problems, name, value, SediaParser.PROGRAMMES);
                    case "status" -> named(problems, name, value, SediaParser.STATUS);
                    case "types" -> {
                        if (!value.matches("\\d")) {
                            problems.add("'params.types': '%s' is not a type from 0 to 9".formatted(value));
                        }
                    }
                    default ->
                        problems.add(
                                "'params.%s' is not known here; there are programme, status, types".formatted(name));
                }
            }
        });
        return problems;
    }

    private static void named(List<String> problems, String name, String value, Map<String, String> names) {
        if (!value.matches("\\d{8}") && !names.containsKey(value.toLowerCase(Locale.ROOT))) {
            problems.add("'params.%s': '%s' is neither a code of eight digits nor one of %s"
                    .formatted(name, value, String.join(", ", new TreeSet<>(names.keySet()))));
        }
    }
}
