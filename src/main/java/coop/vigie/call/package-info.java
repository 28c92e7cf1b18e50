/**
 * Makes calls out of notices: one thing for the reader, however many publications it had.
 *
 * <p>In come parsed notices; out go {@link coop.vigie.notice.Call}s, their revisions, and one entry in the change log for
 * every call that looks different now. Notices of one procedure id or one publication number are one call, whatever the source, and
 * of two that carry the same publication the richer one speaks; a call keeps the
 * id of its first notice for ever. A call's revision grows only when what a reader plans by changes: its deadline, a
 * cancellation, a reopening. Nothing grows because time passes.
 */
@NullMarked
package coop.vigie.call;

import org.jspecify.annotations.NullMarked;
