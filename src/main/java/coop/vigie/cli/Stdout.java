package coop.vigie.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The process's own output. Like every print stream it goes on when it cannot be written; but data that a full disk has swallowed
 * is lost, and must not pass for all there is. That a reader has gone, as {@code head} does, loses nothing.
 */
final class Stdout extends PrintStream {

    private final Watched watched;

    Stdout() {
        this(new FileOutputStream(FileDescriptor.out));
    }

    Stdout(OutputStream file) {
        this(new Watched(file));
    }

    private Stdout(Watched watched) {
        super(watched, false, StandardCharsets.UTF_8);
        this.watched = watched;
    }

    /**
     * Why some of what was printed, up to the last flush, is lost; null if all of it was written or nobody reads it. Every command
     * ends here, and most with null: no optional of lambdas, which cost a cold process a while.
     */
    @Nullable
    String loss() {
        IOException failure = watched.failure;
        if (failure == null) {
            return null;
        }
        String message = String.valueOf(failure.getMessage());
        return message.toLowerCase(Locale.ROOT).contains("pipe") ? null : message;
    }

    private static final class Watched extends FilterOutputStream {

        private @Nullable IOException failure;

        Watched(OutputStream file) {
            super(file);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                out.write(bytes, from, length);
            } catch (IOException failed) {
                failure = failed;
                throw failed;
            }
        }
    }
}
