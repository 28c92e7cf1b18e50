package coop.vigie.text;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A calendar date in running text.
 *
 * @param start offset of its first character, in UTF-16 units
 * @param end offset after its last one
 * @param quote the characters between them, as written
 * @param value the date, of a range the first day; null for one that does not exist ("31 février")
 * @param time local time beside it, of a range on its last day; null if none
 * @param zone the zone written beside the time; null if none
 * @param kind what was written
 * @param until last day of a range, else null
 * @param doubtful true when the year was added, the order of the digits is not clear, the weekday does not agree, the day was counted
 *     from another or from that of the text, a feast is not kept everywhere on that day, or the day does not exist
 */
public record FoundDate(
        int start,
        int end,
        String quote,
        @Nullable LocalDate value,
        @Nullable LocalTime time,
        @Nullable ZoneId zone,
        Kind kind,
        @Nullable LocalDate until,
        boolean doubtful) {

    /** A day, a day with a time, or two days that belong together. */
    public enum Kind {
        DATE,
        DATETIME,
        RANGE;

        /** The name in JSON. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The last day that it names: what counts for a deadline. */
    @Nullable
    LocalDate last() {
        return until == null ? value : until;
    }
}
