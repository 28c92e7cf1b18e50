package coop.vigie;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Lets a mail server that is down be, for a minute at first and for half an hour at most: one that is asked every minute with
 * a wrong password locks the account, and a log that says the same every minute is not read. By the real clock, for one
 * daemon; by hand nothing waits.
 */
public final class MailPause {

    private static final Duration AT_LEAST = Duration.ofMinutes(1);
    private static final Duration AT_MOST = Duration.ofMinutes(30);

    private final InstantSource clock;
    private Duration pause = Duration.ZERO;
    private Instant until = Instant.EPOCH;

    public MailPause(InstantSource clock) {
        this.clock = clock;
    }

    boolean isOver() {
        return !clock.instant().isBefore(until);
    }

    /** What came of a run of sending: the pause doubles while the server is down. */
    void note(boolean down) {
        Duration longer = pause.multipliedBy(2);
        Duration next = longer.compareTo(AT_LEAST) < 0 ? AT_LEAST : longer;
        pause = down ? (next.compareTo(AT_MOST) > 0 ? AT_MOST : next) : Duration.ZERO;
        until = clock.instant().plus(pause);
    }
}
