package coop.vigie.notice;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One structured deadline, exactly as the publisher wrote it.
 *
 * @param role what has to arrive: a tender (BT-131), a request to participate (BT-1311), an expression of interest
 *     (BT-630), or something else
 * @param lot the lot as written, such as {@code LOT-0001}; null when it holds for the whole
 * @param date local date
 * @param time local time; null when none was given
 * @param offset as written; kept, but never used to compute an instant, since publishers get it wrong
 */
public record LotDeadline(
        Role role,
        @Nullable String lot,
        LocalDate date,
        @Nullable LocalTime time,
        @Nullable ZoneOffset offset) {

    /** What has to arrive by then. */
    public enum Role {
        TENDER,
        REQUEST,
        INTEREST,
        OTHER;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Role> ofCode(String code) {
            return Arrays.stream(values())
                    .filter(role -> role.name().equalsIgnoreCase(code))
                    .findFirst();
        }
    }

    /** When it passes, read as local time in that zone; without a time, the end of the day. */
    public Instant instant(ZoneId zone) {
        return LocalDateTime.of(date, time == null ? Deadline.END_OF_DAY : time)
                .atZone(zone)
                .toInstant();
    }
}
