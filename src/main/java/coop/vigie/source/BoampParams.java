package coop.vigie.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What {@code params} of a source of type {@code boamp} may say. */
final class BoampParams {

    private BoampParams() {}

    static List<String> problems(Map<String, List<String>> params) {
        var problems = new ArrayList<String>();
        params.forEach((name, values) -> {
            if (values.isEmpty()) {
                problems.add("'params.%s' must not be empty".formatted(name));
            }
            for (String value : values) {
                switch (name) {
                    case "departments" -> {
                        if (!value.matches("\\d{2,3}|2[ABab]")) {
                            problems.add(
                                    "'params.departments': '%s' is not a French department such as \"59\" or \"02\""
                                            .formatted(value));
                        }
                    }
                    case "days" -> {
                        if (!value.matches("[1-9]\\d{0,2}")) {
                            problems.add("'params.days': '%s' is not a number of days from 1 to 999".formatted(value));
                        }
                    }
                    default ->
                        problems.add("'params.%s' is not known here; there are departments, days".formatted(name));
                }
            }
        });
        return problems;
    }
}
