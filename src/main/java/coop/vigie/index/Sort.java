package coop.vigie.index;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The order of hits. */
public enum Sort {
    /** First deadline first; then forecasts, rolling ones, unknown ones; then by id. */
    DEADLINE,
    /** Best first; equals by deadline. */
    SCORE,
    /** Newest first, those without a date last; equals by deadline. */
    PUBLISHED;

    /** The name on the command line. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Sort> ofCode(String code) {
        return Arrays.stream(values())
                .filter(value -> value.name().equalsIgnoreCase(code))
                .findFirst();
    }
}
