package coop.vigie.fetch;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The files in an archive, one after the other. Their names are only names: nothing is ever written by them. Links, hidden
 * files and empty ones are left out; what could have held a notice is reported.
 *
 * <p>An archive inside the archive (TED's months hold its days) is read as a stream where its format allows, with a budget of its
 * own for all that such ones unpack to; what lies still deeper is left out. One that breaks off costs only its own rest.
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
    /** For all archives inside this one; null if this is inside another itself, and none is opened. */
    private final @Nullable ByteBudget insideBudget;

    private @Nullable PayloadSource inside;
    private @Nullable BrokenArchiveException brokenInside;
    private boolean gaveSomething;
    private @Nullable Skipped firstSkipped;
    private int count;
    private String last = "";

    private Archive(
            URI uri,
            String position,
            Limits limits,
            ByteBudget budget,
            Entries entries,
            @Nullable ByteBudget insideBudget) {
        this.uri = uri;
        this.position = position;
        this.limits = limits;
        this.budget = budget;
        this.entries = entries;
        this.insideBudget = insideBudget;
    }

    private static Archive outermost(URI uri, String position, Limits limits, ByteBudget budget, Entries entries) {
        return new Archive(uri, position, limits, budget, entries, new ByteBudget(Limits.maxUnpackedInside(budget)));
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
            case ZIP -> outermost(uri, position, limits, budget, ZipEntries.open(file, budget));
            case TAR -> outermost(uri, position, limits, budget, new TarEntries(input(file), budget));
            case GZIP -> gunzipped(file, uri, position, limits, budget);
            case NONE -> throw new IllegalArgumentException("not an archive: " + position);
        };
    }

    private static PayloadSource gunzipped(Path file, URI uri, String position, Limits limits, ByteBudget budget)
            throws IOException {
        InputStream compressed = input(file);
        try {
            InputStream in = new BufferedInputStream(new GZIPInputStream(compressed, 1 << 16), 1 << 16);
            if (container(in) == Container.TAR) {
                return outermost(uri, position, limits, budget, new TarEntries(in, budget));
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
            Payload fromInside = nextInside(skipped);
            if (fromInside != null) {
                return given(fromInside);
            }
            for (Entry entry = entries.next(); entry != null; entry = entries.next()) {
                last = Words.name(entry.name());
                if (++count > MAX_ENTRIES) {
                    throw new BrokenArchiveException("%s holds more than %d files; reading stopped at %s."
                            .formatted(position, MAX_ENTRIES, last));
                }
                Payload payload = read(entry, skipped);
                if (payload != null) {
                    return given(payload);
                }
                firstSkipped = firstSkipped == null && !skipped.isEmpty() ? skipped.getFirst() : firstSkipped;
            }
            if (brokenInside != null) {
                throw brokenInside;
            }
            Skipped first = firstSkipped;
            if (!gaveSomething && first != null && insideBudget != null) {
                throw new BrokenArchiveException(
                        "Nothing in %s can be read: %s: %s.".formatted(position, first.position(), first.reason()));
            }
            return null;
        } catch (BrokenArchiveException e) {
            throw e;
        } catch (IOException | RuntimeException e) { // commons-compress lets some of the latter through on broken input
            throw broken(e);
        }
    }

    private Payload given(Payload payload) {
        gaveSomething = true;
        return payload;
    }

    private @Nullable Payload read(Entry entry, List<Skipped> skipped) throws IOException {
        if (!entry.isFile() || isHidden(entry.name())) {
            return null;
        }
        String where = position + "!/" + last;
        String reason = entry.obstacle();
        if (reason == null) {
            try {
                reason = open(entry, where);
            } catch (IOException | RuntimeException e) {
                boolean fatal =
                        budget.isSpent() || !(e instanceof TooLargeException || entries.canGoOnAfterBrokenEntry());
                if (fatal) {
                    throw e;
                }
                reason = e instanceof IOException problem ? Words.problem(problem) : "broken";
            }
        }
        if (reason != null) {
            skipped.add(new Skipped(where, reason));
        }
        return nextInside(skipped);
    }

    /** Makes {@link #inside} what the entry holds: itself, or the files of the archive that it is. Returns why not, else null. */
    private @Nullable String open(Entry entry, String where) throws IOException {
        InputStream in = new BufferedInputStream(entry.open(), Body.BUFFER);
        try {
            Container container = container(in);
            ByteBudget forInside = insideBudget;
            return forInside != null && (container == Container.TAR || container == Container.GZIP)
                    ? openInside(in, container, where, forInside)
                    : take(ByteBudget.readAll(in, limits.maxEntryBytes()), where);
        } finally {
            if (!(inside instanceof Archive)) {
                in.close();
            }
        }
    }

    private @Nullable String openInside(InputStream in, Container container, String where, ByteBudget forInside)
            throws IOException {
        try {
            InputStream plain = container == Container.TAR
                    ? in
                    : new BufferedInputStream(new GZIPInputStream(in, 1 << 16), 1 << 16);
            if (container(plain) == Container.TAR) {
                inside = new Archive(uri, where, limits, forInside, new TarEntries(plain, forInside), null);
                return null;
            }
            return take(ByteBudget.readAll(forInside.on(plain), limits.maxEntryBytes()), where);
        } catch (ZipException | EOFException e) {
            // Its own defect, most likely; if it is ours, the next entry will show.
            return Words.problem(e);
        }
    }

    private @Nullable String take(byte[] bytes, String where) {
        String reason = reasonToSkip(bytes);
        inside = reason == null ? new OnePayload(new Payload(uri, where, bytes, null)) : null;
        return reason;
    }

    private @Nullable Payload nextInside(List<Skipped> skipped) throws IOException {
        PayloadSource source = inside;
        if (source == null) {
            return null;
        }
        try {
            Payload payload = source.next(skipped);
            if (payload == null) {
                closeInside();
            }
            return payload;
        } catch (BrokenArchiveException e) {
            closeInside();
            if (budget.isSpent() || (insideBudget != null && insideBudget.isSpent())) {
                throw e;
            }
            if (brokenInside == null) {
                brokenInside = e;
            } else {
                skipped.add(new Skipped(position + "!/" + last, String.valueOf(e.getMessage())));
            }
            return null;
        }
    }

    private void closeInside() throws IOException {
        PayloadSource source = inside;
        inside = null;
        if (source != null) {
            source.close();
        }
    }

    private static Container container(InputStream in) throws IOException {
        in.mark(Container.HEAD);
        byte[] head = in.readNBytes(Container.HEAD);
        in.reset();
        return Container.of(head);
    }

    /** Why content, though readable, is not handed out; null if it is. */
    private static @Nullable String reasonToSkip(byte[] bytes) {
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
            why = "it unpacks to more than " + Words.size(budget.limit());
        } else {
            why = e instanceof IOException problem ? Words.problem(problem) : "its structure is damaged";
        }
        return new BrokenArchiveException("%s broke off %s: %s.".formatted(position, where, why));
    }

    @Override
    public void close() throws IOException {
        try {
            closeInside();
        } finally {
            entries.close();
        }
    }

    static InputStream input(Path file) throws IOException {
        return new BufferedInputStream(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS), 1 << 16);
    }
}
