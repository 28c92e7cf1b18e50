/**
 * The watchdog: has a source fallen silent, or does it deliver less than it should?
 *
 * <p>In goes the {@link coop.vigie.watch.History} of a source: its last visits, and the days on which it brought something
 * new. Out comes a {@link coop.vigie.watch.Finding}, or none. {@link coop.vigie.watch.Watchdog} is a pure function of that
 * history, a moment and two settings; it knows no calendar. That nothing comes at weekends, or all August, it has learned
 * from the source's own past:
 *
 * <pre>{@code
 * Optional<Finding> wrong = new Watchdog(2, Duration.ofDays(3)).look(history, now, zone);
 * }</pre>
 *
 * <p>A finding becomes a {@link coop.vigie.watch.Breach} in the {@link coop.vigie.watch.WatchStore} when there is none yet
 * that is as grave; it lasts until what was wrong is over. So the operator gets one mail for it ({@link
 * coop.vigie.watch.Alarm}), may acknowledge it, and hears of it again only after it was over, or when a source that still
 * delivered in part now delivers nothing.
 *
 * <p>Limits: a rhythm is judged from five days with something new, two weeks after the first of them at the earliest; the
 * first long summer pause of a source raises an alarm, the second one does not. Each source costs at most {@value
 * coop.vigie.watch.WatchStore#VISITS} rows of visits and one row for each day of the last fifteen months.
 */
@NullMarked
package coop.vigie.watch;

import org.jspecify.annotations.NullMarked;
