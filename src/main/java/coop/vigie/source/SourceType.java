package coop.vigie.source;

import java.util.Locale;

/** How a source publishes. */
public enum SourceType {
    RSS,
    HTML_LIST,
    SITEMAP,
    JSON,
    ICS,
    MAILBOX,
    TED_SEARCH,
    EFORMS,
    OCDS,
    SEDIA,
    BDA,
    BOAMP,
    TENDERNED;

    /** The name in files, such as {@code html-list}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** True for what a crawler reads; documented interfaces have terms of their own instead of a robots.txt. */
    public boolean obeysRobots() {
        return this == RSS || this == HTML_LIST || this == SITEMAP;
    }
}
