package coop.vigie.publish;

import java.util.regex.Pattern;

/**
 * A published file of calls: one JSON object a line, packed with gzip. It never changes: its name is its content.
 *
 * @param sha256 of the unpacked content, in hexadecimal: a server may pack anew on the way
 * @param bytes of the unpacked content
 * @param packed bytes as the file was written
 * @param lines how many
 */
public record Shard(String sha256, long bytes, long packed, int lines) {

    static final String FOLDER = "calls";

    /** One file more than a screenful of calls; a cut connection costs no more than that. */
    static final int FULL_LINES = 1_000;

    static final int FULL_BYTES = 4_000_000;

    /** No version ever wrote a larger one: a line more than {@link #FULL_BYTES}. */
    static final int LARGEST = 16_000_000;

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    static final Pattern NAME = Pattern.compile("[0-9a-f]{64}\\.jsonl\\.gz");

    /** @throws IllegalArgumentException if this cannot be a file of calls; so no name of one leads out of a folder */
    public Shard {
        if (sha256 == null || !SHA256.matcher(sha256).matches()) {
            throw new IllegalArgumentException("not a SHA-256: " + sha256);
        }
        if (bytes < 1 || bytes > LARGEST || packed < 1 || packed > LARGEST || lines < 1 || lines > bytes) {
            throw new IllegalArgumentException("a file of calls has no such size: " + bytes);
        }
    }

    /** Its path in the folder, with slashes. */
    String path() {
        return FOLDER + "/" + name();
    }

    String name() {
        return sha256 + ".jsonl.gz";
    }
}
