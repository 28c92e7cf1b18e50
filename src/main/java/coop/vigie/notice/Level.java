package coop.vigie.notice;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Who publishes, seen from Belgium: European Union down to a municipality, or a private body. */
public enum Level {
    EUROPEAN,
    FEDERAL,
    REGIONAL,
    COMMUNITY,
    LOCAL,
    PRIVATE;

    /** The name in files, queries and JSON: lower case. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The value with that {@link #code()}, whatever its case. */
    public static Optional<Level> ofCode(String code) {
        return Arrays.stream(values())
                .filter(value -> value.name().equalsIgnoreCase(code))
                .findFirst();
    }
}
