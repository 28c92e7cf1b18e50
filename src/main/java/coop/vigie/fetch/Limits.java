package coop.vigie.fetch;

import java.time.Duration;

/**
 * How long and how much one fetch may take. All byte counts are of decompressed bytes.
 *
 * @param timeout for the whole exchange: name look-up, connection, all redirects, the last byte. Waiting for the host's
 *     turn does not count
 * @param maxBytes of one answer that is no archive; the compressed bytes on the wire may not be more either
 * @param maxArchiveBytes of an archive as it is downloaded or lies on disk
 * @param maxEntryBytes of one entry of an archive or one file of a folder; a larger one is skipped, the others count
 * @param maxUnpackedBytes of everything that one archive or folder unpacks to; reading stops there. An
 *     archive that unpacks to more than a hundred times its own size stops there, or at 50 MB if that is more
 */
public record Limits(Duration timeout, long maxBytes, long maxArchiveBytes, long maxEntryBytes, long maxUnpackedBytes) {

    private static final long MB = 1_000_000;

    /** Notices in XML pack to a tenth or a twentieth; what unpacks to a hundred times its size is no document. */
    private static final int MOST_TIMES_ITS_SIZE = 100;

    /** So much is not worth a thought, whatever it came from. */
    private static final long FREE_OF_RATIO = 50 * MB;

    /** A month of TED has at most 23 issues, which unpack to some 250 MB each. */
    private static final int ARCHIVES_INSIDE = 4;

    /** 30 s, 15 MB an answer, 200 MB an archive, 15 MB an entry, 2 GB unpacked. */
    public static final Limits DEFAULT = new Limits(Duration.ofSeconds(30), 15 * MB, 200 * MB, 15 * MB, 2_000 * MB);

    public Limits {
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("timeout must be positive: " + timeout);
        }
        requireArraySize("maxBytes", maxBytes);
        requireArraySize("maxEntryBytes", maxEntryBytes);
        if (maxArchiveBytes < 1 || maxUnpackedBytes < 1) {
            throw new IllegalArgumentException("sizes must be positive");
        }
    }

    public Limits withTimeout(Duration other) {
        return new Limits(other, maxBytes, maxArchiveBytes, maxEntryBytes, maxUnpackedBytes);
    }

    /** An answer of that size may be an archive, too: a month of TED needs more than the default for those. */
    public Limits withMaxBytes(long other) {
        return new Limits(timeout, other, Math.max(maxArchiveBytes, other), maxEntryBytes, maxUnpackedBytes);
    }

    /** What an archive of that size may unpack to: a bomb is small, and stopped long before {@link #maxUnpackedBytes}. */
    long maxUnpackedOf(long archiveBytes) {
        return Math.min(maxUnpackedBytes, Math.max(FREE_OF_RATIO, MOST_TIMES_ITS_SIZE * archiveBytes));
    }

    /** Of everything that the archives inside one archive unpack to, on top of what that one itself does. */
    static long maxUnpackedInside(ByteBudget outside) {
        return ARCHIVES_INSIDE * outside.limit();
    }

    /** These are held in memory as one array. */
    private static void requireArraySize(String name, long value) {
        if (value < 1 || value > 1_000 * MB) {
            throw new IllegalArgumentException(name + " must be between 1 byte and 1 GB: " + value);
        }
    }
}
