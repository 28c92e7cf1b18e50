package coop.vigie.pipeline;

import coop.vigie.deliver.Outbox.Outgoing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Frozen messages on their way from the thread that freezes them to the one that hands them over. They wait in the outbox;
 * here stand their names alone.
 */
final class Frozen {

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

    /** False once nobody takes any more. */
    synchronized boolean isWanted() {
        return wanted;
    }

    synchronized void stop() {
        wanted = false;
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
        return ready;
    }

    /**
     * Waits until there are more. An interruption does not end it: freezing comes to an end of its own.
     *
     * @return false if no more will come
     * @throws RuntimeException what ended the freezing too early, once all that was frozen has been given
     */
    synchronized boolean isAwaited() {
        boolean interrupted = false;
        while (there.isEmpty() && !ended) {
            try {
                wait();
            } catch (InterruptedException stopped) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
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
