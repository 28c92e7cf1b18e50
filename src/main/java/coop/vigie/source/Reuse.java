package coop.vigie.source;

import java.util.Locale;

/** What may be shown and published of a source's texts. */
public enum Reuse {
    /** The whole text. */
    FULL,
    /** Title and a few lines. */
    EXCERPT,
    /** Title and link. */
    LINK;

    /** The name in files. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
