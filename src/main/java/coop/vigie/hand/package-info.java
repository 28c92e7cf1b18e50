/**
 * Calls that no source brings: what a person enters at the command line or in a CSV file.
 *
 * <p>In: fields by name, as somebody typed them. Out: {@link coop.vigie.hand.Entry} values, or {@link
 * coop.vigie.hand.Fault}s that say which field is wrong and what would be right:
 *
 * <pre>{@code
 * EntryFields.Read read = EntryFields.read(Map.of("title", "Bourse de création", "deadline", "2026-12-15 12:00"), now);
 * Notice notice = read.entry().notice(id, now);   // of the reserved source "hand", its deadline of origin HAND
 * }</pre>
 *
 * <p>{@link coop.vigie.hand.CallsFile} reads many of them; one bad line never costs the others. {@link
 * coop.vigie.hand.HandStore} keeps who entered what, in {@code members.db}, since names of persons are nobody else's; the
 * notices themselves take the way of all notices ({@code pipeline.ByHand}).
 *
 * <p>A call that recurs every year is the same notice from round to round. Between the rounds it is a forecast with the last
 * date in its text, and no date of its own: the next one is entered by a person, never computed.
 *
 * <p>Limits: dates are written in one way only (ISO 8601, local time in Brussels), since a wrong one is worse than a question.
 */
@NullMarked
package coop.vigie.hand;

import org.jspecify.annotations.NullMarked;
