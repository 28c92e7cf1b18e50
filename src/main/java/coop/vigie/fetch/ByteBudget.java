package coop.vigie.fetch;

import java.io.IOException;
import java.io.InputStream;

/** A number of bytes that may still flow, through however many streams; counted as they flow, so that no bomb goes off. */
final class ByteBudget {

    private final long limit;
    private long used;
    private long fence = Long.MAX_VALUE;

    ByteBudget(long limit) {
        this.limit = limit;
    }

    /** Until {@link #unfence()}, at most this many more bytes: a header is never large. */
    void fence(long bytes) {
        fence = used + bytes;
    }

    void unfence() {
        fence = Long.MAX_VALUE;
    }

    private void take(long bytes) throws TooLargeException {
        used += bytes;
        if (used > Math.min(limit, fence)) {
            throw new TooLargeException(limit);
        }
    }

    long limit() {
        return limit;
    }

    boolean isSpent() {
        return used > limit;
    }

    InputStream on(InputStream in) {
        return new InputStream() { // its own skip() reads, so that skipped bytes count as well
            @Override
            public int read() throws IOException {
                int value = in.read();
                if (value >= 0) {
                    take(1);
                }
                return value;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int read = in.read(buffer, offset, length);
                if (read > 0) {
                    take(read);
                }
                return read;
            }

            @Override
            public void close() throws IOException {
                in.close();
            }
        };
    }

    /** All bytes of a stream in memory, or {@link TooLargeException}; never more than the limit (and one buffer) is held. */
    static byte[] readAll(InputStream in, long limit) throws IOException {
        byte[] bytes = in.readNBytes((int) Math.min(limit + 1, Integer.MAX_VALUE - 8));
        if (bytes.length > limit) {
            throw new TooLargeException(limit);
        }
        return bytes;
    }
}
