package coop.vigie.group;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.Locale;

/** How often a digest goes out. The time is local, in the zone of the reader. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Cadence.Daily.class, name = "day"),
    @JsonSubTypes.Type(value = Cadence.Weekly.class, name = "week"),
    @JsonSubTypes.Type(value = Cadence.Monthly.class, name = "month")
})
public sealed interface Cadence {

    /** What a group gets that says nothing. */
    Cadence DEFAULT = new Weekly(DayOfWeek.MONDAY, LocalTime.of(7, 30));

    LocalTime at();

    /** Short and stable, such as {@code week monday 07:30}: what tells one rhythm from another. */
    String code();

    record Daily(LocalTime at) implements Cadence {
        @Override
        public String code() {
            return "day " + at;
        }
    }

    record Weekly(DayOfWeek on, LocalTime at) implements Cadence {
        @Override
        public String code() {
            return "week " + on.name().toLowerCase(Locale.ROOT) + " " + at;
        }
    }

    /** @param on day of the month, 1 to 28, which every month has */
    record Monthly(int on, LocalTime at) implements Cadence {

        /** The last day that every month has. */
        public static final int LATEST_DAY = 28;

        public Monthly {
            if (on < 1 || on > LATEST_DAY) {
                throw new IllegalArgumentException("not a day that every month has: " + on);
            }
        }

        @Override
        public String code() {
            return "month " + on + " " + at;
        }
    }
}
