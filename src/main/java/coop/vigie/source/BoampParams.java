package coop.vigie.source;

import java.util.List;
import java.util.Map;

/** What {@code params} of a source of type {@code boamp} may say. */
final class BoampParams {

    private BoampParams() {}

    static List<String> problems(Map<String, List<String>> params) {
        return Params.problems(params, BoampParams::problem);
    }

    private static String problem(String name, String value) {
        return switch (name) {
            case "departments" ->
                value.matches("\\d{2,3}|2[ABab]")
                        ? ""
                        : "'params.departments': '%s' is not a French department such as \"59\" or \"02\""
                                .formatted(value);
            case "days" -> Params.days(value);
            default -> Params.unknown(name, "departments, days");
        };
    }
}
