package coop.vigie.parse;

import coop.vigie.notice.Deadline;
import coop.vigie.notice.LotDeadline;
import coop.vigie.notice.LotDeadline.Role;
import coop.vigie.notice.Warning;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Deadlines that interfaces write by ISO 8601. The local time counts as written, whatever offset stands behind it: publishers
 * write local time as "Z".
 *
 * @param zone of the publisher
 * @param position of the item in its document
 * @param warnings where what is wrong is told
 */
record IsoDeadlines(ZoneId zone, ParseContext context, String position, List<Warning> warnings) {

    private static final Pattern DATE_TIME = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2})(?:[T ](\\d{2}:\\d{2}(?::\\d{2})?)(?:\\.\\d{1,9})?\\s?(Z|[+-]\\d{2}:?\\d{2})?)?");

    /** Empty for no words; also, with a warning, for words that are no possible date. */
    List<LotDeadline> read(Role role, @Nullable String lot, String written) {
        if (written.isEmpty()) {
            return List.of();
        }
        LotDeadline deadline = parse(role, lot, written);
        if (deadline == null) {
            warn(role.code() + " deadline", written, "left out, as it is no possible date");
            return List.of();
        }
        LocalTime time = deadline.time() == null ? Deadline.END_OF_DAY : deadline.time();
        ZoneOffset expected = zone.getRules().getOffset(deadline.date().atTime(time));
        if (deadline.offset() != null && !deadline.offset().equals(expected)) {
            warn(
                    role.code() + " deadline",
                    written,
                    "kept as local time in " + zone + ", which the offset does not fit");
        }
        return List.of(deadline);
    }

    /** The words of a deadline that give no date; they count only where no other deadline does. */
    static Deadline stated(String written) {
        return written.isEmpty() || parse(Role.TENDER, null, written) != null
                ? Deadline.UNKNOWN
                : new Deadline.Unknown(written);
    }

    void warn(String field, String found, String done) {
        String shown = found.length() > 100 ? found.substring(0, 100) + "…" : found;
        warnings.add(new Warning(context.source(), position, field, shown, done));
    }

    private static @Nullable LotDeadline parse(Role role, @Nullable String lot, String written) {
        Matcher matcher = DATE_TIME.matcher(written);
        if (!matcher.matches()) {
            return null;
        }
        try {
            LocalDate date = LocalDate.parse(matcher.group(1));
            if (date.getYear() < 1990 || date.getYear() > 2199) {
                return null;
            }
            LocalTime time = matcher.group(2) == null ? null : LocalTime.parse(matcher.group(2));
            ZoneOffset offset = matcher.group(3) == null ? null : ZoneOffset.of(matcher.group(3));
            return new LotDeadline(role, lot, date, time, offset);
        } catch (DateTimeException impossible) {
            return null;
        }
    }
}
