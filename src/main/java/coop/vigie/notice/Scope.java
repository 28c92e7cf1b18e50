package coop.vigie.notice;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How far a query reaches beyond its own words. What a narrower scope finds, a wider one finds too.
 */
public enum Scope {
    /** The words themselves. */
    NARROW,
    /** Also what carries the same meaning by its CPV code, whatever its language. */
    BALANCED,
    /** Also the neighbourhood: parent codes, parts of compounds, places nearby. */
    WIDE;

    /** The name in files and on the command line. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Scope> ofCode(String code) {
        return Arrays.stream(values())
                .filter(value -> value.name().equalsIgnoreCase(code))
                .findFirst();
    }
}
