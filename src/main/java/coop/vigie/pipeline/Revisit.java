package coop.vigie.pipeline;

import coop.vigie.parse.Rhythm;
import coop.vigie.source.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * When a source is visited next: around its own {@code every}, by what its visits brought and what its server says (ADR-0019).
 * What the user set is the base: within 30 minutes and 24 hours it is stretched for a source that is silent, and shortened for one
 * that brings something each time or has a deadline near. {@code cron} and local files are left as they are.
 */
final class Revisit {

    private static final Duration SHORTEST = Duration.ofMinutes(30);
    private static final Duration LONGEST = Duration.ofDays(1);

    private static final int BUSY_AFTER = 3;
    private static final int SILENT_AFTER = 4;
    private static final int MOST_STRETCHED = 8;

    /** Deadlines move late: in these last days no source is visited less often than its user wants … */
    private static final Duration LAST_DAYS = Duration.ofDays(7);
    /** … and in these more often. */
    private static final Duration LAST_HOURS = Duration.ofDays(2);

    private static final int TIMES_AS_OFTEN = 4;

    private static final Duration FIRST_RETRY = Duration.ofMinutes(15);
    private static final int MAX_DOUBLINGS = 10;

    private Revisit() {}

    /**
     * After a visit that went well.
     *
     * @param streak visits in a row that brought something; below zero, that brought nothing
     * @param closing nearest deadline of the source that is still open; null if there is none
     * @param fresh how long the server says that its answer stays as it is; null if it does not say
     */
    static Instant good(
            Source source,
            int streak,
            @Nullable Instant closing,
            @Nullable Duration fresh,
            Rhythm rhythm,
            Instant now) {
        String cron = source.cron();
        if (cron != null) {
            return Calendar.next(cron, source.zone(), now).orElseGet(() -> now.plus(source.every()));
        }
        if (source.isLocal()) {
            return now.plus(source.every());
        }
        Duration toClosing = closing == null ? LONGEST.multipliedBy(365) : Duration.between(now, closing);
        boolean lastHours = toClosing.compareTo(LAST_HOURS) <= 0;
        Duration own = own(source.every(), streak, toClosing.compareTo(LAST_DAYS) <= 0, lastHours);
        // A server that names years has none of our deadlines in mind.
        Duration longest = lastHours ? source.every() : LONGEST;
        Duration asked = shorter(longer(rhythm.least(), fresh == null ? Duration.ZERO : fresh), longest);
        Instant next = now.plus(longer(own, asked));
        return lastHours ? next : rhythm.allowed(next);
    }

    private static Duration own(Duration every, int streak, boolean lastDays, boolean lastHours) {
        if (lastHours) {
            return shorter(every, longer(every.dividedBy(TIMES_AS_OFTEN), SHORTEST));
        }
        if (streak >= BUSY_AFTER) {
            return shorter(every, longer(every.dividedBy(2), SHORTEST));
        }
        Duration own = every;
        for (int i = SILENT_AFTER; !lastDays && i <= Math.min(-streak, SILENT_AFTER + MOST_STRETCHED); i++) {
            own = own.multipliedBy(3).dividedBy(2);
        }
        return shorter(own, longer(every, LONGEST));
    }

    /**
     * After one that failed: soon, then later and later, up to a day and never at the same moment as all others; and never sooner than
     * the server asks.
     *
     * @param failures in a row, this one included
     */
    static Instant failed(Source source, int failures, @Nullable Duration retryAfter, Instant now) {
        Duration wait = FIRST_RETRY.multipliedBy(1L << Math.min(Math.max(failures - 1, 0), MAX_DOUBLINGS));
        wait = shorter(wait, longer(source.every(), LONGEST));
        if (failures > 1) {
            wait = wait.plusMillis(ThreadLocalRandom.current().nextLong(wait.toMillis() / 4));
        }
        return now.plus(longer(wait, retryAfter == null ? Duration.ZERO : retryAfter));
    }

    /** The next streak. */
    static int streak(int before, boolean brought) {
        return brought ? Math.max(before, 0) + 1 : Math.min(before, 0) - 1;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
