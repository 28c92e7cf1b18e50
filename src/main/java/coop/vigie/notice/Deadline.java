package coop.vigie.notice;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is known about the last moment to react. Never invented: where no date could be read, it says so.
 *
 * <p>Order everywhere: dated ones by instant, then forecast, rolling, unknown ({@link #ORDER}).
 */
public sealed interface Deadline {

    /** A date without a time means this time in its zone; the call is open until then. */
    LocalTime END_OF_DAY = LocalTime.of(23, 59, 59);

    Deadline UNKNOWN = new Unknown(null);

    Comparator<Deadline> ORDER = Comparator.comparingLong(Deadline::sortKey);

    /** Where a deadline was read. */
    enum Origin {
        /** A structured field of the source. */
        FIELD,
        /** Running text. */
        TEXT,
        /** Entered or corrected by a person. */
        HAND;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** {@code open}, {@code closed}, {@code rolling}, {@code forecast} or {@code unknown}: the name in JSON. */
    enum State {
        OPEN,
        CLOSED,
        ROLLING,
        FORECAST,
        UNKNOWN;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    State state(Instant now);

    /** Milliseconds for a dated one; the others come after every date. */
    long sortKey();

    /** Where it was read; null where there was nothing to read. */
    @Nullable
    Origin origin();

    /** The words it was read from; null for structured fields and where there were none. */
    @Nullable
    String quote();

    /** True if a person should check the source before trusting it. */
    boolean doubtful();

    /**
     * @param date local date in {@code zone}
     * @param time local time, null when none was given (then {@link #END_OF_DAY})
     */
    record Dated(
            LocalDate date,
            @Nullable LocalTime time,
            ZoneId zone,
            Origin origin,
            @Nullable String quote,
            boolean doubtful)
            implements Deadline {

        public Instant instant() {
            return LocalDateTime.of(date, time == null ? END_OF_DAY : time)
                    .atZone(zone)
                    .toInstant();
        }

        /** Whole calendar days in the deadline's own zone; 0 today, negative once it lies behind. */
        public long daysLeft(Instant now) {
            return ChronoUnit.DAYS.between(LocalDate.ofInstant(now, zone), date);
        }

        @Override
        public State state(Instant now) {
            return now.isAfter(instant()) ? State.CLOSED : State.OPEN;
        }

        @Override
        public long sortKey() {
            return instant().toEpochMilli();
        }
    }

    /** Announced, but not open yet and without a date. */
    record Forecast() implements Deadline {

        @Override
        public State state(Instant now) {
            return State.FORECAST;
        }

        @Override
        public long sortKey() {
            return Long.MAX_VALUE - 3;
        }

        @Override
        public @Nullable Origin origin() {
            return null;
        }

        @Override
        public @Nullable String quote() {
            return null;
        }

        @Override
        public boolean doubtful() {
            return false;
        }
    }

    /** Open all the time ("permanent", "doorlopend", "rolling"). */
    record Rolling(Origin origin, @Nullable String quote) implements Deadline {

        @Override
        public State state(Instant now) {
            return State.ROLLING;
        }

        @Override
        public long sortKey() {
            return Long.MAX_VALUE - 2;
        }

        @Override
        public boolean doubtful() {
            return false;
        }
    }

    /**
     * No date could be read.
     *
     * @param quote words that look like a deadline but give no possible date ("31 février"); null if there were none
     */
    record Unknown(@Nullable String quote) implements Deadline {

        @Override
        public State state(Instant now) {
            return State.UNKNOWN;
        }

        @Override
        public long sortKey() {
            return Long.MAX_VALUE - 1;
        }

        @Override
        public @Nullable Origin origin() {
            return quote == null ? null : Origin.TEXT;
        }

        @Override
        public boolean doubtful() {
            return quote != null;
        }
    }
}
