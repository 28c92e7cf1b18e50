/**
 * Inverse search: which changed calls does each profile want, and why.
 *
 * <p>A profile compiles to the same queries as the command line ({@link coop.vigie.match.CompiledProfile}): <b>(any or cpv)
 * and all and places and levels and kinds and query and not none</b>; an empty list is no condition, but for {@code kinds},
 * whose empty list means calls and tenders. {@link coop.vigie.match.Matcher} runs each profile once over the documents
 * whose change number is new, and once over all open calls when it is new or reworded. A match keeps its reasons: which
 * condition was met, in which field, in which language.
 *
 * <p>Beside that, for people who tune profiles (ADR-0017), on one view of the index and without storing anything:
 * {@link coop.vigie.match.Previewer} counts what a profile would have brought, {@link coop.vigie.match.Hints} suggests steps to
 * another, {@link coop.vigie.match.Effect} tells what a change does to the open calls, and
 * {@link coop.vigie.match.Explanation} why one call comes or not. All of them run the same compiled profile.
 *
 * <p>One profile that cannot be compiled is reported beside the matches of the others (ADR-0002).
 */
@NullMarked
package coop.vigie.match;

import org.jspecify.annotations.NullMarked;
