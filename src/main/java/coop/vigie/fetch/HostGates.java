package coop.vigie.fetch;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One request per host at a time, and a pause between two of them: the larger of the delays that the one before and the
 * one after ask for. First come, first served; across processes by the memory of hosts. Measured on the real clock,
 * whatever {@code --now} says.
 */
final class HostGates {

    /** Who would have to wait longer comes back another time rather than hold a round up. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    /** Beyond the time that a request may take. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    /** The host's next turn is too far away. */
    static final class TooLongException extends Exception {
        private static final long serialVersionUID = 1L;

        private final Duration wait;

        TooLongException(Duration wait) {
            super("the host's next turn comes in " + wait);
            this.wait = wait;
        }

        Duration waitingTime() {
            return wait;
        }
    }

    private static final class Gate {
        private final ReentrantLock turn = new ReentrantLock(true);
        private @Nullable Duration lastDelay;
        private long lastEnd;
    }

    /** Grows by one small object per host ever asked; hosts are few. */
    private final ConcurrentMap<String, Gate> gates = new ConcurrentHashMap<>();

    private final HostMemory memory;

    HostGates(HostMemory memory) {
        this.memory = memory;
    }

    /**
     * Waits for the host's turn, which lasts until the result is closed.
     *
     * @param atMost how long the request may take
     */
    Turn enter(String host, Duration delay, Duration atMost) throws InterruptedException, TooLongException {
        Gate gate = gates.computeIfAbsent(host, name -> new Gate());
        gate.turn.lockInterruptibly();
        boolean entered = false;
        try {
            pause(gate, delay);
            Duration wait = memory.take(host, delay, atMost.plus(MARGIN));
            while (wait.isPositive()) {
                sleep(wait);
                wait = memory.take(host, delay, atMost.plus(MARGIN));
            }
            entered = true;
        } finally {
            if (!entered) {
                gate.turn.unlock();
            }
        }
        return () -> {
            try {
                gate.lastDelay = delay;
                gate.lastEnd = System.nanoTime();
                memory.give(host, delay);
            } finally {
                gate.turn.unlock();
            }
        };
    }

    /** To be closed by the thread that got it. */
    @FunctionalInterface
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    private static void pause(Gate gate, Duration delay) throws InterruptedException, TooLongException {
        if (gate.lastDelay == null) {
            return;
        }
        long pause = Math.max(gate.lastDelay.toNanos(), delay.toNanos());
        long wait = gate.lastEnd + pause - System.nanoTime();
        while (wait > 0) {
            sleep(Duration.ofNanos(wait));
            wait = gate.lastEnd + pause - System.nanoTime();
        }
    }

    private static void sleep(Duration wait) throws InterruptedException, TooLongException {
        if (wait.compareTo(LONGEST_WAIT) > 0) {
            throw new TooLongException(wait);
        }
        TimeUnit.NANOSECONDS.sleep(wait.toNanos());
    }
}
