package coop.vigie.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What {@code params} of a source of type {@code mailbox} may say. */
final class MailParams {

    private MailParams() {}

    static List<String> problems(Map<String, List<String>> params) {
        var problems = new ArrayList<String>();
        params.forEach((name, values) -> {
            if (values.isEmpty()) {
                problems.add("'params.%s' must not be empty".formatted(name));
            }
            values.stream()
                    .map(value -> problem(name, value))
                    .filter(problem -> !problem.isEmpty())
                    .forEach(problems::add);
        });
        return problems;
    }

    /** "" if nothing is wrong. */
    private static String problem(String name, String value) {
        return switch (name) {
            case "from" ->
                value.matches("(?:[^\\s@]+)?@?[\\w.-]+\\.\\w{2,}")
                        ? ""
                        : "'params.from': '%s' is neither a mail address nor a domain".formatted(value);
            case "hosts" ->
                value.matches("[\\w.-]+\\.\\w{2,}")
                        ? ""
                        : "'params.hosts': '%s' is not a host such as example.org".formatted(value);
            case "days" ->
                DaysParam.isDays(value)
                        ? ""
                        : "'params.days': '%s' is not a number of days from 1 to 999".formatted(value);
            case "mark-read" ->
                value.matches("true|false")
                        ? ""
                        : "'params.mark-read': '%s' is neither true nor false".formatted(value);
            case "tls" ->
                value.matches("starttls|none")
                        ? ""
                        : "'params.tls': '%s' is neither starttls nor none".formatted(value);
            default -> "'params.%s' is not known here; there are from, hosts, days, mark-read, tls".formatted(name);
        };
    }
}
