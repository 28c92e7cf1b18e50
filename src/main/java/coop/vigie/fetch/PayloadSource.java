package coop.vigie.fetch;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where {@link Payloads} come from: memory, an archive, a folder. */
@FunctionalInterface
interface PayloadSource extends Closeable {

    /**
     * The next payload, or null at the end. Pieces passed over on the way are added to {@code skipped}.
     *
     * @throws IOException if nothing more can be read
     */
    @Nullable
    Payload next(List<Skipped> skipped) throws IOException;

    @Override
    default void close() throws IOException {}
}
