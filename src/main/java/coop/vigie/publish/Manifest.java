package coop.vigie.publish;

import coop.vigie.notice.VigieException;
import coop.vigie.store.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a published folder holds: the one small file that is asked for again and again.
 *
 * @param format of the folder and of its lines; another number cannot be read
 * @param made when, by the clock of the command
 * @param calls how many were open then
 * @param sources what may be shown of the texts of each source: {@code full}, {@code excerpt} or {@code link}
 * @param files the oldest first: of two lines about one call, the later counts
 */
public record Manifest(int format, Instant made, int calls, Map<String, String> sources, List<Shard> files) {

    public static final String NAME = "vigie-index.json";

    /** Grows when an older version could misread what is published. */
    public static final int FORMAT = 1;

    private static final Instant EARLIEST = Instant.EPOCH; // of a folder in which nothing was published yet
    private static final Instant LATEST = Instant.parse("2300-01-01T00:00:00Z");

    static final int LARGEST = 8_000_000;
    private static final int MOST_FILES = 20_000;
    /** Of all files together, unpacked: a hundred times what 100,000 calls need would still be a mistake. */
    private static final long MOST_BYTES = 4_000_000_000L;

    public Manifest {
        Objects.requireNonNull(made, "made"); // JSON may say null
        if (made.isBefore(EARLIEST) || made.isAfter(LATEST)) {
            throw new IllegalArgumentException("made in no time of ours: " + made);
        }
        sources = Collections.unmodifiableMap(new TreeMap<>(sources));
        files = List.copyOf(files);
        long bytes = files.stream().mapToLong(Shard::bytes).sum();
        if (calls < 0 || files.size() > MOST_FILES || bytes > MOST_BYTES) {
            throw new IllegalArgumentException("too much: %d files, %d bytes".formatted(files.size(), bytes));
        }
        if (files.stream().map(Shard::sha256).distinct().count() < files.size()) {
            throw new IllegalArgumentException("a file is named twice");
        }
    }

    /** Before anything else is believed. */
    private record Head(@Nullable Integer format) {}

    /** @throws PullException if it is no manifest, or one of a newer format */
    static Manifest read(byte[] bytes, String where) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        try {
            Head head = Json.read(text, Head.class); // null if the text says so
            Integer format = head == null ? null : head.format();
            if (format != null && format > FORMAT) {
                throw new PullException(PullException.Reason.NEWER_FORMAT, where, String.valueOf(format));
            }
            if (format != null && format == FORMAT) {
                return Json.read(text, Manifest.class);
            }
        } catch (PullException newer) {
            throw newer;
        } catch (VigieException broken) {
            throw new PullException(PullException.Reason.NO_EXPORT, where, "", broken);
        }
        throw new PullException(PullException.Reason.NO_EXPORT, where, "");
    }

    byte[] write() {
        return (Json.write(this) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
