/**
 * When the work of the daemon is done, and nothing about what it is.
 *
 * <p>{@link coop.vigie.schedule.Daemon} calls one piece of work every minute, never two at once, until it is told to stop; then
 * it waits a few seconds for the piece under way. What is due within a minute decides the work itself, from the store: so a
 * machine that was off for a week catches up with one round and one digest, not with as many as it missed.
 */
@NullMarked
package coop.vigie.schedule;

import org.jspecify.annotations.NullMarked;
