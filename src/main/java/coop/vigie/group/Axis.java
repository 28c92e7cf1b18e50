package coop.vigie.group;

import java.util.Locale;

/** What brings a group together. */
public enum Axis {
    SECTOR,
    THEME,
    LOCALITY,
    CALL_TYPE,
    LANGUAGE_PAIR;

    /** The name in files, such as {@code call-type}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
