/**
 * What persons make of calls: what a group's coordinator picks, notes or hides, what a member means to do with a call, and what
 * members signal.
 *
 * <p>Everything hangs on a person or a group, and stands in {@code members.db}. A call is named by every id it ever had (those of
 * its notices): what was said of a call that another swallowed holds for that one.
 *
 * <pre>{@code
 * curations.change(handle, group, call.notices(), Choice::picking, new CurationStore.By("anne@example.org", now, null));
 * marks.set(handle, mail, call.notices(), new Mark(Interest.LOOKING, false, now));
 * }</pre>
 */
@NullMarked
package coop.vigie.curate;

import org.jspecify.annotations.NullMarked;
