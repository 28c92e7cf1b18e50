package coop.vigie.store;

import coop.vigie.notice.Notice;
import java.time.Instant;

/**
 * A notice in one version.
 *
 * @param version 1 at first; grows with any change of content
 * @param stored when this version was stored
 */
public record StoredNotice(Notice notice, int version, Instant stored) {}
