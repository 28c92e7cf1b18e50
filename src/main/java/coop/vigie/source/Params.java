package coop.vigie.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** What all checks of a source's {@code params} have in common. */
final class Params {

    private Params() {}

    /**
     * One sentence for each parameter without a value, and for each value that is wrong.
     *
     * @param problem what is wrong with a value of that name; "" if nothing is
     */
    static List<String> problems(Map<String, List<String>> params, BiFunction<String, String, String> problem) {
        var problems = new ArrayList<String>();
        params.forEach((name, values) -> {
            if (values.isEmpty()) {
                problems.add("'params.%s' must not be empty".formatted(name));
            }
            values.stream()
                    .map(value -> problem.apply(name, value))
                    .filter(words -> !words.isEmpty())
                    .forEach(problems::add);
        });
        return problems;
    }

    /** "" for a number of days. */
    static String days(String value) {
        return DaysParam.isDays(value)
                ? ""
                : "'params.days': '%s' is not a number of days from 1 to 999".formatted(value);
    }

    static String unknown(String name, String known) {
        return "'params.%s' is not known here; there are %s".formatted(name, known);
    }
}
