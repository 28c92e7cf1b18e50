package coop.vigie.fetch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.SequenceInputStream;
import java.util.concurrent.Semaphore;

/**
 * The memory that downloaded documents may take, all that are being read or parsed together. A small one never waits; a larger one
 * stops on its way until it is its turn and there is room for as much as it may come to, and gives back what it did not need. Each asks once and for
 * everything, so that no two can wait for each other.
 */
final class Room {

    /** Four documents of the usual limit. A document in memory becomes a tree, which is several times as large. */
    static final int BYTES = 60_000_000;

    /** Most feeds and pages are smaller. */
    static final int SMALL = 256 * 1024;

    private final int bytes;
    private final Semaphore free;

    Room(int bytes) {
        this.bytes = bytes;
        this.free = new Semaphore(bytes, true);
    }

    /** A document that takes room until it is closed. */
    final class Taken implements AutoCloseable {

        private final byte[] document;
        private int taken;

        private Taken(byte[] document, int taken) {
            this.document = document;
            this.taken = taken;
        }

        byte[] document() {
            return document;
        }

        /** May be called again. */
        @Override
        public synchronized void close() {
            free.release(taken);
            taken = 0;
        }
    }

    /**
     * Reads to the end, or to the first byte above the limit.
     *
     * @param watch does not run while this waits for room
     * @throws TooLargeException if it is larger than the limit; one larger than all room waits until it is alone
     */
    Taken read(InputStream in, long limit, Stopwatch watch) throws IOException {
        byte[] start = in.readNBytes((int) Math.min(SMALL, limit + 1));
        if (start.length < SMALL) {
            return new Taken(ByteBudget.readAll(new ByteArrayInputStream(start), limit), 0);
        }
        int most = (int) Math.min(limit, bytes);
        take(most, watch);
        int needed = 0;
        try {
            byte[] whole = ByteBudget.readAll(new SequenceInputStream(new ByteArrayInputStream(start), in), limit);
            needed = Math.min(whole.length, most);
            return new Taken(whole, needed);
        } finally {
            free.release(most - needed);
        }
    }

    private void take(int most, Stopwatch watch) throws InterruptedIOException {
        watch.hold();
        try {
            free.acquire(most);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for memory");
        } finally {
            watch.goOn();
        }
    }
}
