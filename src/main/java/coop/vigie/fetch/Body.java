package coop.vigie.fetch;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** The decompressed body of an answer: a document in memory, or an archive in a temporary file. */
sealed interface Body {

    int BUFFER = 1 << 13;

    record Document(Room.Taken taken) implements Body {

        byte[] bytes() {
            return taken.document();
        }
    }

    record ArchiveFile(Path file, Container container) implements Body {}

    /** The body is not compressed in the way its header says. */
    final class BadEncodingException extends IOException {
        private static final long serialVersionUID = 1L;

        BadEncodingException(String message) {
            super(message);
        }
    }

    /**
     * Reads to the end, or to the first byte above a limit. Leaves {@code wire} open: closing it would read it to its
     * end, which may never come.
     *
     * @param encoding the Content-Encoding header; null if none
     * @param room for a document
     * @param watch does not run while there is no room
     */
    static Body read(
            InputStream wire,
            URI uri,
            @Nullable String contentType,
            @Nullable String encoding,
            Limits limits,
            Room room,
            Stopwatch watch)
            throws IOException {
        InputStream counted = new ByteBudget(wireLimit(uri, contentType, limits)).on(wire);
        try (InputStream in = new BufferedInputStream(decoded(counted, encoding), BUFFER)) {
            in.mark(Container.HEAD);
            byte[] head = in.readNBytes(Container.HEAD);
            in.reset();
            Container container = Container.isAnnounced(uri, contentType) ? Container.of(head) : Container.NONE;
            if (container == Container.NONE) {
                return new Document(room.read(in, limits.maxBytes(), watch));
            }
            return new ArchiveFile(save(new ByteBudget(limits.maxArchiveBytes()).on(in)), container);
        }
    }

    /** How many bytes may come over the network, as they come. */
    static long wireLimit(URI uri, @Nullable String contentType, Limits limits) {
        return Container.isAnnounced(uri, contentType)
                ? Math.max(limits.maxArchiveBytes(), limits.maxBytes())
                : limits.maxBytes();
    }

    private static Path save(InputStream in) throws IOException {
        // With the number of the process: whoever finds one left over can tell whether somebody still writes it.
        Path file = Files.createTempFile("vigie-" + ProcessHandle.current().pid() + "-", ".download");
        try {
            try (var out = Files.newOutputStream(file)) {
                in.transferTo(out);
            }
            return file;
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    static InputStream decoded(InputStream wire, @Nullable String encoding) throws IOException {
        String name = encoding == null ? "" : encoding.strip().toLowerCase(Locale.ROOT);
        InputStream in = new BufferedInputStream(unclosed(wire), BUFFER);
        in.mark(2);
        byte[] head = in.readNBytes(2);
        in.reset();
        if (head.length == 0) {
            return in; // an empty body is empty, whatever its header says
        }
        return switch (name) {
            case "", "identity" -> in;
            case "gzip", "x-gzip" -> new GZIPInputStream(in, BUFFER);
            case "deflate" -> isZlib(head) ? new InflaterInputStream(in) : inflatedBare(in);
            default -> throw new BadEncodingException("the answer comes in an encoding that was not asked for");
        };
    }

    private static InputStream inflatedBare(InputStream in) {
        Inflater inflater = new Inflater(true);
        return new InflaterInputStream(in, inflater, BUFFER) {
            @Override
            public void close() throws IOException {
                super.close();
                inflater.end();
            }
        };
    }

    private static InputStream unclosed(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public void close() {
                // see read
            }
        };
    }

    /** RFC 9110 means zlib by "deflate"; some servers send the bare stream. The check is the one of RFC 1950, 2.2. */
    private static boolean isZlib(byte[] head) {
        return head.length == 2 && (head[0] & 0x0f) == 8 && (((head[0] & 0xff) << 8) | (head[1] & 0xff)) % 31 == 0;
    }

    /** Frees what an abandoned body holds. */
    default void discard() throws IOException {
        switch (this) {
            case Document document -> document.taken().close();
            case ArchiveFile archive -> Files.deleteIfExists(archive.file());
        }
    }

    default boolean isEmpty() {
        return this instanceof Document document && document.bytes().length == 0;
    }

    /**
     * As payloads; closing them deletes the temporary file, and frees the room of a document.
     *
     * @throws IOException if it is an archive of which nothing can be read; the file is deleted then
     */
    default PayloadSource payloads(URI uri, @Nullable String contentType, Limits limits) throws IOException {
        String position = Words.address(uri);
        return switch (this) {
            case Document document ->
                new InMemory(new Payload(uri, position, document.bytes(), contentType), document.taken());
            case ArchiveFile archive -> {
                try {
                    ByteBudget budget = new ByteBudget(limits.maxUnpackedOf(Files.size(archive.file())));
                    PayloadSource source =
                            Archive.open(archive.file(), archive.container(), uri, position, limits, budget);
                    yield new Downloaded(source, archive.file());
                } catch (IOException e) {
                    discard();
                    throw e;
                }
            }
        };
    }

    /** A document whose room is free again when it is closed. */
    record InMemory(OnePayload source, Room.Taken taken) implements PayloadSource {

        InMemory(Payload payload, Room.Taken taken) {
            this(new OnePayload(payload), taken);
        }

        @Override
        public @Nullable Payload next(List<Skipped> skipped) {
            return source.next(skipped);
        }

        @Override
        public void close() {
            taken.close();
        }
    }

    /** An archive whose file goes when it is closed. */
    record Downloaded(PayloadSource source, Path file) implements PayloadSource {

        @Override
        public @Nullable Payload next(List<Skipped> skipped) throws IOException {
            return source.next(skipped);
        }

        @Override
        public void close() throws IOException {
            try {
                source.close();
            } finally {
                Files.deleteIfExists(file);
            }
        }
    }
}
