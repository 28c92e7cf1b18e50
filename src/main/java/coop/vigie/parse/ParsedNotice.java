package coop.vigie.parse;

import coop.vigie.notice.Notice;

/**
 * A notice with the bytes it was read from.
 *
 * @param raw the notice's own part of the document (one feed entry, one XML file), for reading it again later
 * @param rawType media type of {@code raw}
 * @param ownPage false if its address is known to be that of its list, and not of a page of its own
 */
@SuppressWarnings("ArrayRecordComponent") // large; compared by nobody
public record ParsedNotice(Notice notice, byte[] raw, String rawType, boolean ownPage) {

    public ParsedNotice(Notice notice, byte[] raw, String rawType) {
        this(notice, raw, rawType, true);
    }
}
