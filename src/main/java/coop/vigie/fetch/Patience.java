package coop.vigie.fetch;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long servers may take over all answers of one visit together, redirects and robots.txt included; the pauses that we make
 * between requests do not count. When it is over, the next request is {@link FetchOutcome.Failed.Reason#VISIT_TOO_LONG}. Thread-safe.
 */
public final class Patience {

    private final Duration most;
    private final AtomicLong nanos = new AtomicLong();

    public Patience(Duration most) {
        this.most = most;
    }

    /** Who waits as long as it takes. */
    static Patience endless() {
        return new Patience(Duration.ofNanos(Long.MAX_VALUE));
    }

    Duration most() {
        return most;
    }

    void spend(Duration taken) {
        nanos.addAndGet(taken.toNanos());
    }

    public boolean isOver() {
        return nanos.get() >= most.toNanos();
    }
}
