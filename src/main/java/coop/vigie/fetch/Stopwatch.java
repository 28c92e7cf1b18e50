package coop.vigie.fetch;

import java.time.Duration;

/** How long something has taken; does not run while it is held. Thread-safe. */
final class Stopwatch {

    private final long start = System.nanoTime();
    private long held;
    private long heldSince;
    private boolean isHeld;

    synchronized void hold() {
        isHeld = true;
        heldSince = System.nanoTime();
    }

    synchronized void goOn() {
        held += System.nanoTime() - heldSince;
        isHeld = false;
    }

    synchronized Duration taken() {
        long now = isHeld ? heldSince : System.nanoTime();
        return Duration.ofNanos(now - start - held);
    }
}
