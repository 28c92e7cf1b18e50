/**
 * One round of work: the only place that calls the steps in order and saves their results.
 *
 * <p>{@link coop.vigie.pipeline.FetchRound}: sources → fetched → parsed → notices and calls stored, each source's
 * validators in the transaction that stores its last notices; a visit goes on from page to page as answers lead it. {@link coop.vigie.pipeline.IndexView}: the change log →
 * the index. {@link coop.vigie.pipeline.Matching}: the index and the profiles → stored matches.
 * {@link coop.vigie.pipeline.DigestRun}: matches and ledger → editions → messages → told.
 *
 * <p>Every hand-over goes by change number and may be repeated, so a crash between two steps costs nothing: the next run
 * begins where the numbers say. The steps know nothing of each other.
 */
@NullMarked
package coop.vigie.pipeline;

import org.jspecify.annotations.NullMarked;
