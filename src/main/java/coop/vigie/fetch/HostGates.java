package coop.vigie.fetch;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One request per host at a time, and a pause between two of them: the larger of the delays that the one before and the
 * one after ask for. First come, first served. Measured on the real clock, whatever {@code --now} says.
 */
final class HostGates {

    private static final class Gate {
        private final ReentrantLock turn = new ReentrantLock(true);
        private @Nullable Duration lastDelay;
        private long lastEnd;
    }

    /** Grows by one small object per host ever asked; hosts are few. */
    private final ConcurrentMap<String, Gate> gates = new ConcurrentHashMap<>();

    /** Waits for the host's turn, which lasts until the result is closed. */
    Turn enter(String host, Duration delay) throws InterruptedException {
        Gate gate = gates.computeIfAbsent(host, name -> new Gate());
        gate.turn.lockInterruptibly();
        try {
            pause(gate, delay);
        } catch (InterruptedException e) {
            gate.turn.unlock();
            throw e;
        }
        return () -> {
            gate.lastDelay = delay;
            gate.lastEnd = System.nanoTime();
            gate.turn.unlock();
        };
    }

    /** To be closed by the thread that got it. */
    @FunctionalInterface
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    private static void pause(Gate gate, Duration delay) throws InterruptedException {
        if (gate.lastDelay == null) {
            return;
        }
        long pause = Math.max(gate.lastDelay.toNanos(), delay.toNanos());
        long wait = gate.lastEnd + pause - System.nanoTime();
        while (wait > 0) {
            TimeUnit.NANOSECONDS.sleep(wait);
            wait = gate.lastEnd + pause - System.nanoTime();
        }
    }
}
