package coop.vigie.fetch;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The files in an archive, one after the other. Their names are only names: nothing is ever written by them. Archives
 * inside the archive, links, hidden files and empty ones are left out; what could have held a notice is reported.
 */
final class Archive implements PayloadSource {

    /** More entries than any publisher packs; keeps the list of skipped ones small, too. */
    static final int MAX_ENTRIES = 200_000;

    /** One file of an archive, on the way past. Its content must be read before the next one is asked for. */
    interface Entry {
        String name();

        boolean isFile();

        /** Why its content cannot be read although it is a file; null if it can. */
        @Nullable
        String obstacle();

        InputStream open() throws IOException;
    }

    /** An archive format. */
    interface Entries extends AutoCloseable {
        @Nullable
        Entry next() throws IOException;

        /** Whether a broken entry leaves the ones after it readable. */
        boolean canGoOnAfterBrokenEntry();

        @Override
        void close() throws IOException;
    }

    private final URI uri;
    private final String position;
    private final Limits limits;
    private final ByteBudget budget;
    private final Entries entries;
    private int count;
    private String last = "";

    private Archive(URI uri, String position, Limits limits, ByteBudget budget, Entries entries) {
        this.uri = uri;
        this.position = position;
        this.limits = limits;
        this.budget = budget;
        this.entries = entries;
    }

    /**
     * The payloads in a file that begins like a container.
     *
     * @param uri of the payloads
     * @param position of the archive itself; its entries are {@code position!/name}
     * @throws TooLargeException if the file is a single compressed document that is too large
     * @throws IOException if nothing at all can be read
     */
    static PayloadSource open(
            Path file, Container container, URI uri, String position, Limits limits, ByteBudget budget)
            throws IOException {
        return switch (container) {
            case ZIP -> new Archive(uri, position, limits, budget, ZipEntries.open(file, budget));
            case TAR -> new Archive(uri, position, limits, budget, new TarEntries(input(file), budget));
            case GZIP -> gunzipped(file, uri, position, limits, budget);
            case NONE -> throw new IllegalArgumentException("not an archive: " + position);
        };
    }

    private static PayloadSource gunzipped(Path file, URI uri, String position, Limits limits, ByteBudget budget)
            throws IOException {
        InputStream compressed = input(file);
        try {
            InputStream in = new BufferedInputStream(new GZIPInputStream(compressed, 1 << 16), 1 << 16);
            in.mark(Container.HEAD);
            byte[] head = in.readNBytes(Container.HEAD);
            in.reset();
            if (Container.of(head) == Container.TAR) {
                return new Archive(uri, position, limits, budget, new TarEntries(in, budget));
            }
            byte[] bytes = ByteBudget.readAll(budget.on(in), limits.maxBytes());
            in.close();
            return new OnePayload(new Payload(uri, position, bytes, null));
        } catch (IOException e) {
            compressed.close();
            throw e;
        }
    }

    @Override
    public @Nullable Payload next(List<Skipped> skipped) throws IOException {
        try {
            for (Entry entry = entries.next(); entry != null; entry = entries.next()) {
                last = Words.name(entry.name());
                if (++count > MAX_ENTRIES) {
                    throw new BrokenArchiveException("%s holds more than %d files; reading stopped at %s."
                            .formatted(position, MAX_ENTRIES, last));
                }
                Payload payload = read(entry, skipped);
                if (payload != null) {
                    return payload;
                }
            }
            return null;
        } catch (BrokenArchiveException e) {
            throw e;
        } catch (IOException | RuntimeException e) { // commons-compress lets some of the latter through on broken input
            throw broken(e);
        }
    }

    private @Nullable Payload read(Entry entry, List<Skipped> skipped) throws IOException {
        if (!entry.isFile() || isHidden(entry.name())) {
            return null;
        }
        String where = position + "!/" + last;
        String reason = entry.obstacle();
        if (reason == null) {
            try (InputStream in = entry.open()) {
                byte[] bytes = ByteBudget.readAll(in, limits.maxEntryBytes());
                reason = reasonToSkip(bytes);
                if (reason == null) {
                    return new Payload(uri, where, bytes, null);
                }
            } catch (IOException | RuntimeException e) {
                boolean fatal =
                        budget.isSpent() || !(e instanceof TooLargeException || entries.canGoOnAfterBrokenEntry());
                if (fatal) {
                    throw e;
                }
                reason = e instanceof IOException problem ? Words.problem(problem) : "broken";
            }
        }
        skipped.add(new Skipped(where, reason));
        return null;
    }

    /** Why content, though readable, is not handed out; null if it is. */
    static @Nullable String reasonToSkip(byte[] bytes) {
        if (bytes.length == 0) {
            return "empty";
        }
        return Container.of(bytes) == Container.NONE ? null : "an archive inside an archive";
    }

    static boolean isHidden(String name) {
        String file = name.substring(name.lastIndexOf('/') + 1);
        return file.startsWith(".") || name.startsWith("__MACOSX/");
    }

    private BrokenArchiveException broken(Exception e) {
        String where = last.isEmpty() ? "at its beginning" : "at or after " + last;
        String why;
        if (budget.isSpent()) {
            why = "it unpacks to more than " + Words.size(limits.maxUnpackedBytes());
        } else {
            why = e instanceof IOException problem ? Words.problem(problem) : "its structure is damaged";
        }
        return new BrokenArchiveException("%s broke off %s: %s.".formatted(position, where, why));
    }

    @Override
    public void close() throws IOException {
        entries.close();
    }

    static InputStream input(Path file) throws IOException {
        return new BufferedInputStream(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS), 1 << 16);
    }
}
