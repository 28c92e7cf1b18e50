package coop.vigie.source;

import java.util.Locale;

/** How a source publishes. */
public enum SourceType {
    RSS(true),
    HTML_LIST(true),
    SITEMAP(false),
    JSON(true),
    ICS(true),
    MAILBOX(false),
    TED_SEARCH(true),
    EFORMS(true),
    OCDS(true),
    SEDIA(false),
    BDA(true),
    BOAMP(false),
    TENDERNED(true);

    private final boolean readByThisVersion;

    SourceType(boolean readByThisVersion) {
        this.readByThisVersion = readByThisVersion;
    }

    /** The name in files, such as {@code html-list}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** False for types that may stand in a catalogue already, but only with {@code enabled: false}. */
    public boolean readByThisVersion() {
        return readByThisVersion;
    }

    /** True for what a crawler reads; documented interfaces have terms of their own instead of a robots.txt. */
    public boolean obeysRobots() {
        return this == RSS || this == HTML_LIST || this == SITEMAP;
    }
}
