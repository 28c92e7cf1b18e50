package coop.vigie.fetch;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/** A tar, read as a stream. Every byte that flows counts against the budget, headers and skipped entries included. */
final class TarEntries implements Archive.Entries {

    /** A long name or a PAX header is held in memory by the reader; a megabyte is generous. */
    private static final int MAX_HEADER = 1_000_000;

    private final EndMark source;
    private final ByteBudget budget;
    private final TarArchiveInputStream tar;

    TarEntries(InputStream in, ByteBudget budget) {
        this.source = new EndMark(in);
        this.budget = budget;
        this.tar = new TarArchiveInputStream(budget.on(source), "UTF-8");
    }

    @Override
    public Archive.@Nullable Entry next() throws IOException {
        if (tar.getCurrentEntry() != null) {
            tar.transferTo(OutputStream.nullOutputStream());
        }
        budget.fence(MAX_HEADER);
        TarArchiveEntry entry = tar.getNextEntry();
        budget.unfence();
        if (entry == null && !source.seen()) {
            throw new EOFException("cut short between two files");
        }
        return entry == null ? null : new TarEntry(entry, tar);
    }

    @Override
    public boolean canGoOnAfterBrokenEntry() {
        return false;
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }

    private record TarEntry(TarArchiveEntry entry, TarArchiveInputStream tar) implements Archive.Entry {

        @Override
        public String name() {
            return entry.getName();
        }

        @Override
        public boolean isFile() {
            return entry.isFile() && !entry.isSymbolicLink() && !entry.isLink();
        }

        @Override
        public @Nullable String obstacle() {
            // A sparse file is mostly holes: a few bytes that unpack to any size.
            return entry.isSparse() ? "a sparse file" : null;
        }

        @Override
        public InputStream open() {
            return new FilterInputStream(tar) {
                @Override
                public void close() {
                    // the next entries are still to come
                }
            };
        }
    }

    /** Tells a tar that ends from one that was cut between two files: the former ends in a block of zeros. */
    private static final class EndMark extends InputStream {

        private static final int BLOCK = 512;

        private final InputStream in;
        private long zeros;

        EndMark(InputStream in) {
            this.in = in;
        }

        boolean seen() {
            return zeros >= BLOCK;
        }

        @Override
        public int read() throws IOException {
            int value = in.read();
            if (value >= 0) {
                zeros = value == 0 ? zeros + 1 : 0;
            }
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, length);
            int trailing = 0;
            while (trailing < read && buffer[offset + read - 1 - trailing] == 0) {
                trailing++;
            }
            if (read > 0) {
                zeros = trailing == read ? zeros + trailing : trailing;
            }
            return read;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
