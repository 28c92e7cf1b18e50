package coop.vigie.fetch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The payloads of one answer, one after the other; only the current one is in memory. For one thread.
 *
 * <pre>{@code
 * try (Payloads payloads = fetched.payloads()) {
 *     for (Payload each = payloads.next(); each != null; each = payloads.next()) { … }
 *     // now payloads.skipped() and payloads.failure() say what was lost
 * }
 * }</pre>
 */
public final class Payloads implements AutoCloseable {

    private final PayloadSource source;
    private final List<Skipped> skipped = new ArrayList<>();
    private @Nullable String failure;
    private boolean ended;

    Payloads(PayloadSource source) {
        this.source = source;
    }

    /** Just this one, in memory. */
    public static Payloads of(Payload payload) {
        return new Payloads(new OnePayload(payload));
    }

    /** The next one; null at the end, also when reading broke off: see {@link #failure()}. */
    public @Nullable Payload next() {
        if (ended) {
            return null;
        }
        try {
            Payload next = source.next(skipped);
            ended = next == null;
            return next;
        } catch (BrokenArchiveException e) {
            failure = e.getMessage();
            ended = true;
            return null;
        } catch (IOException e) {
            failure = "The rest could not be read: " + Words.problem(e) + ".";
            ended = true;
            return null;
        }
    }

    /** What was left out so far, in order; complete once {@link #next()} has returned null. */
    public List<Skipped> skipped() {
        return List.copyOf(skipped);
    }

    /** One sentence on where and why reading broke off; null if it did not. What was read before counts. */
    public @Nullable String failure() {
        return failure;
    }

    /** Deletes the temporary file, if any. */
    @Override
    public void close() {
        ended = true;
        try {
            source.close();
        } catch (IOException e) {
            throw new UncheckedIOException("closing a downloaded archive", e);
        }
    }
}
