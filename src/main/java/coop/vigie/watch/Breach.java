package coop.vigie.watch;

import coop.vigie.notice.SourceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A finding that lasts.
 *
 * @param raised when it was found
 * @param acknowledged when a person took note of it; null if nobody has
 * @param note what they had to say; "" if nothing
 */
public record Breach(
        long id,
        SourceId source,
        Finding finding,
        Instant raised,
        @Nullable Instant acknowledged,
        String note) {

    public boolean isAcknowledged() {
        return acknowledged != null;
    }
}
