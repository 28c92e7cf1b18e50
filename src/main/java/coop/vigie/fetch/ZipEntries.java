package coop.vigie.fetch;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipMethod;
import org.jspecify.annotations.Nullable;

/**
 * A zip. Read by its table of contents where there is one, so that a broken entry costs none of the others; else, as a
 * cut-short zip has lost its table, from the front until it breaks off.
 */
final class ZipEntries {

    /** A table that is held in memory. 200,000 entries with names of 80 characters fit. */
    private static final long MAX_TABLE = 32_000_000;

    private static final int END_RECORD = 22;
    private static final int MAX_COMMENT = 65_535;

    private ZipEntries() {}

    static Archive.Entries open(Path file, ByteBudget budget) throws IOException {
        if (tableSize(file) <= MAX_TABLE) {
            try {
                return new ByTable(
                        ZipFile.builder()
                                .setPath(file)
                                .setIgnoreLocalFileHeader(true)
                                .get(),
                        budget);
            } catch (IOException | RuntimeException e) {
                // the table is broken: what stands before it may still be whole
            }
        }
        return new FromFront(new ZipArchiveInputStream(Archive.input(file), "UTF-8", true, true), budget);
    }

    /** Bytes of the table of contents as the end record states them (APPNOTE.TXT, 4.3.16); huge if there is no such record. */
    private static long tableSize(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            int length = (int) Math.min(bytes.length(), END_RECORD + MAX_COMMENT);
            byte[] tail = new byte[length];
            bytes.seek(bytes.length() - length);
            bytes.readFully(tail);
            for (int i = length - END_RECORD; i >= 0; i--) {
                if (tail[i] == 'P' && tail[i + 1] == 'K' && tail[i + 2] == 5 && tail[i + 3] == 6) {
                    return littleEndian(tail, i + 12);
                }
            }
            return Long.MAX_VALUE;
        }
    }

    private static long littleEndian(byte[] bytes, int at) {
        return (bytes[at] & 0xffL)
                | (bytes[at + 1] & 0xffL) << 8
                | (bytes[at + 2] & 0xffL) << 16
                | (bytes[at + 3] & 0xffL) << 24;
    }

    private static @Nullable String obstacle(ZipArchiveEntry entry, boolean readable) {
        if (entry.getGeneralPurposeBit().usesEncryption()) {
            return "encrypted";
        }
        if (readable) {
            return null;
        }
        ZipMethod method = ZipMethod.getMethodByCode(entry.getMethod());
        return "compressed by an unsupported method (" + (method == null ? entry.getMethod() : method) + ")";
    }

    private static boolean isFile(ZipArchiveEntry entry) {
        return !entry.isDirectory() && !entry.isUnixSymlink();
    }

    private static final class ByTable implements Archive.Entries {

        private final ZipFile zip;
        private final ByteBudget budget;
        private final Enumeration<ZipArchiveEntry> entries;

        ByTable(ZipFile zip, ByteBudget budget) {
            this.zip = zip;
            this.budget = budget;
            this.entries = zip.getEntriesInPhysicalOrder();
        }

        @Override
        public Archive.@Nullable Entry next() {
            return entries.hasMoreElements() ? new TableEntry(entries.nextElement(), zip, budget) : null;
        }

        @Override
        public boolean canGoOnAfterBrokenEntry() {
            return true;
        }

        @Override
        public void close() throws IOException {
            zip.close();
        }
    }

    private record TableEntry(ZipArchiveEntry entry, ZipFile zip, ByteBudget budget) implements Archive.Entry {

        @Override
        public String name() {
            return entry.getName();
        }

        @Override
        public boolean isFile() {
            return ZipEntries.isFile(entry);
        }

        @Override
        public @Nullable String obstacle() {
            return ZipEntries.obstacle(entry, zip.canReadEntryData(entry));
        }

        @Override
        public InputStream open() throws IOException {
            return new CheckedInputStream(budget.on(zip.getInputStream(entry)), new CRC32()) {
                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    int read = super.read(buffer, offset, length);
                    if (read < 0 && getChecksum().getValue() != entry.getCrc()) {
                        throw new IOException("damaged (its checksum does not match)");
                    }
                    return read;
                }
            };
        }
    }

    private static final class FromFront implements Archive.Entries {

        private final ZipArchiveInputStream zip;
        private final ByteBudget budget;

        FromFront(ZipArchiveInputStream zip, ByteBudget budget) {
            this.zip = zip;
            this.budget = budget;
        }

        @Override
        public Archive.Entry next() throws IOException {
            ZipArchiveEntry entry = zip.getNextEntry();
            if (entry == null) {
                throw new EOFException("its table of contents is missing, damaged or too large");
            }
            return new FrontEntry(entry, zip, budget);
        }

        @Override
        public boolean canGoOnAfterBrokenEntry() {
            return false;
        }

        @Override
        public void close() throws IOException {
            zip.close();
        }
    }

    private record FrontEntry(ZipArchiveEntry entry, ZipArchiveInputStream zip, ByteBudget budget)
            implements Archive.Entry {

        @Override
        public String name() {
            return entry.getName();
        }

        @Override
        public boolean isFile() {
            return ZipEntries.isFile(entry);
        }

        @Override
        public @Nullable String obstacle() {
            return ZipEntries.obstacle(entry, zip.canReadEntryData(entry));
        }

        @Override
        public InputStream open() {
            return new FilterInputStream(budget.on(zip)) {
                @Override
                public void close() {
                    // the next entries are still to come
                }
            };
        }
    }
}
