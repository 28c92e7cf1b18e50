/**
 * The vocabulary: what a notice, a call and a deadline are. This package knows nobody.
 *
 * <p>A {@link coop.vigie.notice.Notice} is one publication of one source, as a parser read it. A
 * {@link coop.vigie.notice.Call} is what the reader cares about: one or more notices of one procedure or page. A
 * {@link coop.vigie.notice.Deadline} says honestly what is known about the last moment to react: a date (with the words
 * it was read from, and a doubt mark), rolling, forecast, or unknown. All types are immutable values; a value that
 * exists is valid.
 *
 * <p>Languages are ISO 639-1 codes in lower case ({@code fr}, {@code nl}), {@code und} when nobody said; countries are
 * ISO 3166-1 alpha-2; money is a decimal amount with an ISO 4217 code; instants are UTC.
 */
@NullMarked
package coop.vigie.notice;

import org.jspecify.annotations.NullMarked;
