package coop.vigie.digest;

import coop.vigie.notice.Deadline;

/**
 * What one recipient was last told about a call.
 *
 * @param revision of the call at that time
 * @param deadline as it stood in that mail
 * @param cancelled true if that mail said that the call is cancelled
 */
public record Told(int revision, Deadline deadline, boolean cancelled) {}
