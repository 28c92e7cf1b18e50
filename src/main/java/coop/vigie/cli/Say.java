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
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values as words for a person, in the user's language. */
final class Say {

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneId.of("Europe/Brussels"));

    private Say() {}

    /** Such as {@code « théâtre » in the title (fr)}. */
    static String reason(Words words, Reason reason) {
        String condition = reason.type() == Reason.Type.NO_PLACE ? "" : reason.condition();
        String text = words.text("reason." + reason.type().code(), condition);
        if (!reason.instead().isEmpty()) {
            String instead =
                    reason.instead().stream().map(each -> instead(words, each)).collect(Collectors.joining(", "));
            text = words.text("reason.via", text, instead);
        }
        String field = reason.field();
        if (field == null) {
            return text;
        }
        String where = words.has("field." + field) ? words.text("field." + field) : field;
        return text + " " + where + (reason.language() == null ? "" : " (" + reason.language() + ")");
    }

    /** A code with its label, or the word of another language. */
    private static String instead(Words words, String query) {
        String value = query.substring(query.indexOf(':') + 1);
        if (!query.startsWith("cpv:")) {
            return words.text("reason.words", value);
        }
        String code = CpvCode.padded(value.replace("*", ""));
        return words.text("reason.cpv", code)
                + Cpv.label(code, words.language()).map(label -> " " + label).orElse("");
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
