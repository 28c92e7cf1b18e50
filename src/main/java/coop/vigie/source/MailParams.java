package coop.vigie.source;

import java.util.List;
import java.util.Map;

/** What {@code params} of a source of type {@code mailbox} may say. */
final class MailParams {

    private MailParams() {}

    static List<String> problems(Map<String, List<String>> params) {
        return Params.problems(params, MailParams::problem);
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
            case "days" -> Params.days(value);
            case "mark-read" ->
                value.matches("true|false")
                        ? ""
                        : "'params.mark-read': '%s' is neither true nor false".formatted(value);
            case "tls" ->
                value.matches("starttls|none")
                        ? ""
                        : "'params.tls': '%s' is neither starttls nor none".formatted(value);
            default -> Params.unknown(name, "from, hosts, days, mark-read, tls");
        };
    }
}
