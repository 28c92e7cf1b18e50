package coop.vigie.digest;

import coop.vigie.codes.CpvCode;
import coop.vigie.match.Reason;
import java.util.List;
import java.util.stream.Collectors;

/** Why an item is there, in one short line. */
final class ReasonWords {

    private static final int REASONS_AT_MOST = 3;
    private static final int CONDITION_AT_MOST = 60;

    private final Messages messages;
    private final Labels labels;

    ReasonWords(Messages messages, Labels labels) {
        this.messages = messages;
        this.labels = labels;
    }

    /** "parce que : « spectacle vivant » dans le titre ; CPV 92310000"; empty without reasons. */
    String of(List<Reason> why) {
        if (why.isEmpty()) {
            return "";
        }
        // The place stands in the item's own line; it is a reason only where there is no other.
        boolean placeAlone = why.stream().allMatch(reason -> reason.type() == Reason.Type.PLACE);
        List<String> reasons = why.stream()
                .filter(reason -> placeAlone || reason.type() != Reason.Type.PLACE)
                .map(this::one)
                .distinct()
                .toList();
        String shown =
                reasons.stream().limit(REASONS_AT_MOST).collect(Collectors.joining(messages.text("why.separator")));
        int more = reasons.size() - REASONS_AT_MOST;
        return messages.text("why", more > 0 ? shown + " (+" + more + ")" : shown);
    }

    /** One reason, without "because". */
    String one(Reason reason) {
        String condition = Foreign.line(reason.condition(), CONDITION_AT_MOST);
        return switch (reason.type()) {
            case WORDS -> words(via(messages.text("quote", unquoted(condition)), reason), reason);
            case CPV -> "CPV " + condition;
            case PLACE -> {
                String label = labels.place(condition, messages.language());
                yield messages.text("why.place", label == null ? condition : label);
            }
            case NO_PLACE -> messages.text("why.no-place");
            case QUERY -> via(messages.text("why.query", messages.text("quote", condition)), reason);
        };
    }

    /** What the reader's words found by other words, or by a code, says which. */
    private String via(String said, Reason reason) {
        return reason.instead().isEmpty()
                ? said
                : messages.text(
                        "why.via",
                        said,
                        reason.instead().stream().map(this::instead).collect(Collectors.joining(", ")));
    }

    private String instead(String query) {
        String value = query.substring(query.indexOf(':') + 1);
        if (!query.startsWith("cpv:")) {
            return messages.text("quote", value);
        }
        String code = CpvCode.padded(value.replace("*", ""));
        String label = labels.cpv(code, messages.language());
        return label == null ? "CPV " + code : "CPV " + code + " " + Foreign.line(label, CONDITION_AT_MOST);
    }

    private String words(String quoted, Reason reason) {
        String field = reason.field();
        return switch (field == null ? "" : field) {
            case "title" -> messages.text("why.title", quoted);
            case "text" -> messages.text("why.text", quoted);
            case "buyer" -> messages.text("why.buyer", quoted);
            default -> quoted;
        };
    }

    /** A group writes a phrase in quotes; ours go around it already. */
    private static String unquoted(String condition) {
        boolean phrase = condition.length() > 2
                && condition.startsWith("\"")
                && condition.indexOf('"', 1) == condition.length() - 1;
        return phrase ? condition.substring(1, condition.length() - 1) : condition;
    }
}
