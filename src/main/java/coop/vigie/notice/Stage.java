package coop.vigie.notice;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a procedure stands. A change notice belongs to a call that already ran. */
public enum Stage {
    FORECAST,
    COMPETITION,
    CHANGE,
    AWARD,
    CANCELLED;

    /** The name in files, queries and JSON: lower case. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The value with that {@link #code()}, whatever its case. */
    public static Optional<Stage> ofCode(String code) {
        return Arrays.stream(values())
                .filter(value -> value.name().equalsIgnoreCase(code))
                .findFirst();
    }
}
