package coop.vigie.pipeline;

import coop.vigie.deliver.Outbox.Outgoing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Frozen messages on their way from the thread that freezes them to the one that hands them over. They wait in the outbox;
 * here stand their names alone.
 */
final class Frozen {

    /**
     * When so many wait to be taken, freezing waits for its turn: otherwise all would be frozen first, and only then leave, each with one
     * processor at rest.
     */
    private static final int ROOM = 64;

    private final List<Outgoing> there = new ArrayList<>();
    private boolean ended;
    private boolean wanted = true;
    private @Nullable Throwable failure;

    /** These, and no more. */
    static Frozen these(Collection<Outgoing> messages) {
        var frozen = new Frozen();
        frozen.add(messages);
        frozen.end(null);
        return frozen;
    }

    /** Runs what adds them, and ends with it, however it ends. */
    void from(Runnable freezing) {
        @Nullable Throwable why = null;
        try {
            freezing.run();
        } catch (RuntimeException | Error failed) {
            why = failed;
        } finally {
            end(why);
        }
    }

    /** Waits until few enough wait to be taken. False once nobody takes any more. */
    synchronized boolean isWanted() {
        waitWhile(() -> wanted && there.size() >= ROOM);
        return wanted;
    }

    synchronized void stop() {
        wanted = false;
        notifyAll();
    }

    /** An interruption does not end it: the other side comes to an end of its own. */
    private synchronized void waitWhile(BooleanSupplier condition) {
        boolean interrupted = false;
        while (condition.getAsBoolean()) {
            try {
                wait();
            } catch (InterruptedException stopped) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized void add(Collection<Outgoing> messages) {
        there.addAll(messages);
        notifyAll();
    }

    /** @param why what ended it too early; null if it is complete */
    private synchronized void end(@Nullable Throwable why) {
        ended = true;
        failure = why;
        notifyAll();
    }

    /** Those that are there by now, each given once. */
    synchronized List<Outgoing> ready() {
        List<Outgoing> ready = List.copyOf(there);
        there.clear();
        notifyAll();
        return ready;
    }

    /**
     * Waits until there are more.
     *
     * @return false if no more will come
     * @throws RuntimeException what ended the freezing too early, once all that was frozen has been given
     */
    synchronized boolean isAwaited() {
        waitWhile(() -> there.isEmpty() && !ended);
        if (!there.isEmpty()) {
            return true;
        }
        switch (failure) {
            case null -> {}
            case RuntimeException told -> throw told;
            case Error broken -> throw broken;
            case Throwable other -> throw new IllegalStateException(other);
        }
        return false;
    }
}
