package coop.vigie.index;

import coop.vigie.codes.MissingCodeTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Lines of a resource, each a key or a key, a tab and more, ascending by key, searched as they lie: a program that runs for a third
 * of a second has no time to make a map of them.
 */
final class SortedTable {

    private final byte[] lines;

    private SortedTable(byte[] lines) {
        this.lines = lines;
    }

    /** @throws MissingCodeTable if the build left it out */
    static SortedTable load(String resource) {
        try (InputStream in = SortedTable.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new MissingCodeTable(resource, null);
            }
            return new SortedTable(in.readAllBytes());
        } catch (IOException e) {
            throw new MissingCodeTable(resource, e);
        }
    }

    /** What stands behind the key; "" if it stands alone. */
    Optional<String> find(String wanted) {
        byte[] key = wanted.getBytes(StandardCharsets.UTF_8);
        int low = 0;
        int high = lines.length;
        while (low < high) {
            int start = lineStart((low + high) >>> 1, low);
            int keyEnd = end(start, '\t');
            int end = end(keyEnd, '\n');
            int order = Arrays.compareUnsigned(lines, start, keyEnd, key, 0, key.length);
            if (order == 0) {
                int value = Math.min(keyEnd + 1, end);
                return Optional.of(new String(lines, value, end - value, StandardCharsets.UTF_8));
            }
            if (order < 0) {
                low = end + 1;
            } else {
                high = start;
            }
        }
        return Optional.empty();
    }

    private int lineStart(int at, int low) {
        int start = at;
        while (start > low && lines[start - 1] != '\n') {
            start--;
        }
        return start;
    }

    /** The place of that character or of the line's end, whichever comes first. */
    private int end(int at, char stop) {
        int end = at;
        while (end < lines.length && lines[end] != stop && lines[end] != '\n') {
            end++;
        }
        return end;
    }
}
