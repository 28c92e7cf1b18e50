package coop.vigie.notice;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a notice offers: a call for projects, a public tender, a permanent subsidy scheme, or a training. */
public enum Kind {
    CALL,
    TENDER,
    SCHEME,
    TRAINING;

    /** The name in files, queries and JSON: lower case. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The value with that {@link #code()}, whatever its case. */
    public static Optional<Kind> ofCode(String code) {
        return Arrays.stream(values())
                .filter(value -> value.name().equalsIgnoreCase(code))
                .findFirst();
    }
}
