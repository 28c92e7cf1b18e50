package coop.vigie.curate;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a member means to do with a call. */
public enum Interest {
    LOOKING,
    /** Looks for a partner. */
    SEEKING,
    APPLYING,
    SUBMITTED,
    WON;

    /** The name in the database and in JSON. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Interest> ofCode(String code) {
        return Arrays.stream(values())
                .filter(interest -> interest.code().equals(code))
                .findFirst();
    }

    /** True as long as the deadline still matters to them. */
    public boolean awaitsDeadline() {
        return this == LOOKING || this == SEEKING || this == APPLYING;
    }
}
