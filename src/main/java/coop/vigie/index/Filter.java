package coop.vigie.index;

import java.time.Instant;

/**
 * Which documents count at all, whatever the query.
 *
 * @param now the moment that "open" is about
 * @param includeClosed also what has closed, was awarded or was cancelled: everything
 */
public record Filter(Instant now, boolean includeClosed) {

    /** What somebody could still react to: neither awarded nor cancelled, and its last date, if it has one, not past. */
    public static Filter open(Instant now) {
        return new Filter(now, false);
    }

    public static Filter everything() {
        return new Filter(Instant.EPOCH, true);
    }
}
