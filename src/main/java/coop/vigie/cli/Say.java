package coop.vigie.cli;

import coop.vigie.codes.Cpv;
import coop.vigie.codes.CpvCode;
import coop.vigie.match.Reason;
import coop.vigie.notice.Call;
import coop.vigie.notice.Deadline;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values as words for a person, in the user's language. */
final class Say {

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneId.of("Europe/Brussels"));

    private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T[\\d:.]+Z");

    private Say() {}

    /** Such as {@code "théâtre" in the title (fr)}. */
    static String reason(Words words, Reason reason) {
        return reason(words, reason, List.of());
    }

    /** @param written words of the title that are meant, where it writes them otherwise; such as {@code …, as "théâtrales"} */
    static String reason(Words words, Reason reason, List<String> written) {
        String text = condition(words, reason.type(), days(reason.condition()));
        if (!reason.instead().isEmpty()) {
            text = words.text("reason.via", text, instead(words, reason.instead()));
        }
        String field = reason.field();
        if (field == null) {
            return text;
        }
        String where = words.has("field." + field) ? words.text("field." + field) : field;
        return text + " " + where + (reason.language() == null ? "" : " (" + reason.language() + ")")
                + (written.isEmpty() ? "" : words.text("reason.written", String.join(" ", written)));
    }

    /** A condition as it was written; of a phrase, the quotation marks are those of the reader's language. */
    static String condition(Words words, Reason.Type type, String written) {
        boolean isPhrase = type == Reason.Type.WORDS && written.matches("\"[^\"]*\"");
        return words.text(
                "reason." + type.code(),
                type == Reason.Type.NO_PLACE ? "" : isPhrase ? written.substring(1, written.length() - 1) : written);
    }

    /** Instants of a condition as days: a person has written {@code deadline:<30d}. */
    private static String days(String condition) {
        return condition.indexOf("..") < 0
                ? condition
                : INSTANT.matcher(condition)
                        .replaceAll(instant ->
                                MOMENT.format(Instant.parse(instant.group())).substring(0, 10));
    }

    /** Codes with their labels, and words of other languages; a word that stands in a phrase as well counts there. */
    private static String instead(Words words, List<String> queries) {
        List<String> values = queries.stream()
                .map(query -> query.substring(query.indexOf(':') + 1).replace("\"", ""))
                .toList();
        List<String> said = new ArrayList<>();
        for (int i = 0; i < queries.size(); i++) {
            String value = values.get(i);
            if (queries.get(i).startsWith("cpv:")) {
                String code = CpvCode.padded(value.replace("*", ""));
                said.add(words.text("reason.cpv", code)
                        + Cpv.label(code, words.language())
                                .map(label -> " " + label)
                                .orElse(""));
            } else if (values.stream()
                    .noneMatch(other ->
                            other.length() > value.length() && (" " + other + " ").contains(" " + value + " "))) {
                said.add(words.text("reason.words", value));
            }
        }
        return String.join(", ", said);
    }

    /** The date with its time, or what is known instead. */
    static String deadline(Words words, Deadline deadline, Instant now) {
        return switch (deadline) {
            case Deadline.Dated dated ->
                dated.date()
                        + (dated.time() == null ? "" : " " + Views.time(dated.time()))
                        + (dated.doubtful() ? " ?" : "");
            case Deadline.Forecast forecast -> words.text("deadline.forecast");
            case Deadline.Rolling rolling -> words.text("deadline.rolling");
            case Deadline.Unknown unknown -> words.text("deadline.unknown");
        };
    }

    static String daysLeft(Call call, Instant now) {
        return call.deadline(now) instanceof Deadline.Dated dated ? String.valueOf(dated.daysLeft(now)) : "";
    }

    /** Day and minute as a reader in Belgium sees them. */
    static String moment(Instant instant) {
        return MOMENT.format(instant);
    }

    /** The day of publication, with the minute where one is known: midnight UTC means that only the day is. */
    static @Nullable String published(@Nullable Instant published) {
        if (published == null) {
            return null;
        }
        return published.equals(published.truncatedTo(ChronoUnit.DAYS))
                ? LocalDate.ofInstant(published, ZoneOffset.UTC).toString()
                : moment(published);
    }

    /** As 512 B, 84 kB or 1.2 MB. */
    static String bytes(long bytes) {
        if (bytes < 1_000) {
            return bytes + " B";
        }
        return bytes < 999_500
                ? Math.round(bytes / 1_000.0) + " kB"
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1_000_000.0);
    }

    static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
