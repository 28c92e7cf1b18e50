package coop.vigie.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What {@code params} may say of types that are only told how far back to look. */
final class DaysParam {

    private DaysParam() {}

    static List<String> problems(Map<String, List<String>> params) {
        var problems = new ArrayList<String>();
        params.forEach((name, values) -> {
            if (!name.equals("days")) {
                problems.add("'params.%s' is not known here; there is days".formatted(name));
            } else if (values.size() != 1 || !isDays(values.getFirst())) {
                problems.add("'params.days': '%s' is not a number of days from 1 to 999"
                        .formatted(String.join(", ", values)));
            }
        });
        return problems;
    }

    static boolean isDays(String value) {
        return value.matches("[1-9]\\d{0,2}");
    }
}
