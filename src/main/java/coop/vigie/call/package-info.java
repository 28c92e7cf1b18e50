/**
 * Makes calls out of notices: one thing for the reader, however many publications it had.
 *
 * <p>In come parsed notices; out go {@link coop.vigie.notice.Call}s, their revisions, and one entry in the change log for
 * every call that looks different now.
 *
 * <pre>{@code
 * database.write(handle -> calls.ingest(handle, parsed.notices(), now));
 * Call call = calls.find(new NoticeId(source, "598420-2026")).orElseThrow();
 * call.origin("deadline"); // the notice that states it
 * }</pre>
 *
 * <p><b>One call</b> are notices, of whatever source, that name the same procedure, that have a name in common (a number of the Official
 * Journal, an eForms notice id) or refer to one and the same, or that are the page of one item in two sources ({@code Names},
 * {@code JoinStore}). It does not matter which comes first. Two different procedures are never joined. A call keeps the id of its first
 * notice for ever. The newest notice that says what is asked speaks for the call, of copies the richest; its gaps are filled from the
 * others ({@code Composition}, {@code Filling}), and each value keeps its origin. Where copies of one page disagree on the date, the
 * last one written counts and is doubtful ({@code Dates}).
 *
 * <p><b>Revisions</b> grow only when what a reader plans by changes: the deadline, a cancellation, a reopening. Nothing grows because
 * time passes.
 *
 * <p><b>Look-alikes</b> of other sources, which close on the same day and say nearly the same, are noted on both sides and never joined
 * ({@code Likeness}): a wrong guess costs a reader one line, a wrong join would cost them a call.
 *
 * <p><b>Limits</b>: a call is never split again. A notice without a procedure that fits two stays with the one that came first.
 */
@NullMarked
package coop.vigie.call;

import org.jspecify.annotations.NullMarked;
