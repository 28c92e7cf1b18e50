package coop.vigie.parse;

import coop.vigie.notice.Notice;

/**
 * A notice with the bytes it was read from.
 *
 * @param raw the notice's own part of the document (one feed entry, one XML file), for reading it again later
 * @param rawType media type of {@code raw}
 */
@SuppressWarnings("ArrayRecordComponent") // large; compared by nobody
public record ParsedNotice(Notice notice, byte[] raw, String rawType) {}
