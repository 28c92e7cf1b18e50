package coop.vigie.parse;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Dates of the EU Funding &amp; Tenders portal, which mean days in Brussels: written as midnight in any zone
 * ({@code 2027-09-21T00:00:00.000+0000}), as midnight in Brussels seen from elsewhere ({@code 2026-09-20T22:00:00.000+0000} is the
 * 21st), bare, or in English words.
 *
 * @param time null for such a midnight, which stands for no time. Any other is taken as local time whatever its offset says,
 *     which in Brussels is never later than what was meant
 * @param offset as written with the time
 */
record SediaDate(
        LocalDate date, @Nullable LocalTime time, @Nullable ZoneOffset offset) {

    static final ZoneId BRUSSELS = ZoneId.of("Europe/Brussels");

    static final Comparator<SediaDate> ORDER = Comparator.comparing(SediaDate::date)
            .thenComparing(SediaDate::time, Comparator.nullsLast(Comparator.naturalOrder()));

    private static final Pattern ISO = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2})(?:[T ](\\d{2}:\\d{2}(?::\\d{2})?)(?:\\.\\d{1,9})?\\s?(Z|[+-]\\d{2}:?\\d{2})?)?");
    private static final DateTimeFormatter WORDS = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

    /** Null if it is no possible date. */
    static @Nullable SediaDate read(String written) {
        Matcher iso = ISO.matcher(written);
        try {
            if (!iso.matches()) {
                return plausible(LocalDate.parse(written, WORDS), null, null);
            }
            LocalDate date = LocalDate.parse(iso.group(1));
            LocalTime time = iso.group(2) == null ? LocalTime.MIDNIGHT : LocalTime.parse(iso.group(2));
            if (time.equals(LocalTime.MIDNIGHT)) {
                return plausible(date, null, null);
            }
            ZoneOffset offset = iso.group(3) == null ? null : ZoneOffset.of(iso.group(3));
            if (offset != null) {
                ZonedDateTime there = date.atTime(time).atOffset(offset).atZoneSameInstant(BRUSSELS);
                if (there.toLocalTime().equals(LocalTime.MIDNIGHT)) {
                    return plausible(there.toLocalDate(), null, null);
                }
            }
            return plausible(date, time, offset);
        } catch (DateTimeException impossible) {
            return null;
        }
    }

    /** Milliseconds since 1970, as the portal's inner links write their end; null if it is no number. */
    static @Nullable SediaDate ofMillis(String written) {
        if (!written.matches("\\d{10,14}")) {
            return null;
        }
        ZonedDateTime there = Instant.ofEpochMilli(Long.parseLong(written)).atZone(BRUSSELS);
        LocalTime time = there.toLocalTime();
        return plausible(there.toLocalDate(), time.equals(LocalTime.MIDNIGHT) ? null : time, null);
    }

    private static @Nullable SediaDate plausible(
            LocalDate date, @Nullable LocalTime time, @Nullable ZoneOffset offset) {
        return date.getYear() < 1990 || date.getYear() > 2199 ? null : new SediaDate(date, time, offset);
    }
}
