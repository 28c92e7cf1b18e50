package coop.vigie.parse;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads xs:date and xs:time: a local value, then perhaps an offset, which here belongs to each of them apart. */
final class EformsDates {

    private static final String OFFSET = "(Z|[+-]\\d{2}:\\d{2})?";
    private static final Pattern DATE = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})" + OFFSET);
    private static final Pattern TIME = Pattern.compile("(\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?)" + OFFSET);

    /** Years outside stand for a slip of the pen (0024) or for "never" (9999); neither is a date to act on. */
    private static final int FIRST_YEAR = 1990;

    private static final int LAST_YEAR = 2199;

    record OffsetDate(LocalDate date, @Nullable ZoneOffset offset) {}

    record OffsetTime(LocalTime time, @Nullable ZoneOffset offset) {}

    private EformsDates() {}

    /** Empty if it is no possible date. */
    static Optional<OffsetDate> date(String written) {
        Matcher matcher = DATE.matcher(written);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            LocalDate date = LocalDate.parse(matcher.group(1));
            return date.getYear() < FIRST_YEAR || date.getYear() > LAST_YEAR
                    ? Optional.empty()
                    : Optional.of(new OffsetDate(date, offset(matcher.group(2))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Empty if it is no possible time. */
    static Optional<OffsetTime> time(String written) {
        Matcher matcher = TIME.matcher(written);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new OffsetTime(LocalTime.parse(matcher.group(1)), offset(matcher.group(2))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** An impossible offset such as +99:00 costs the date nothing, as no offset is ever computed with. */
    private static @Nullable ZoneOffset offset(@Nullable String written) {
        try {
            return written == null ? null : ZoneOffset.of(written);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
