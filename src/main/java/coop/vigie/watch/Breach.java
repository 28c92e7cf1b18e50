package coop.vigie.watch;

import coop.vigie.notice.SourceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A finding that lasts.
 *
 * @param raised when it was found
 * @param acknowledged when a person took note of it; null if nobody has
 * @param by who did: a mail address or a user of the system; null if nobody has, or before that was kept
 * @param note what they had to say; "" if nothing
 */
public record Breach(
        long id,
        SourceId source,
        Finding finding,
        Instant raised,
        @Nullable Instant acknowledged,
        @Nullable String by,
        String note) {

    public boolean isAcknowledged() {
        return acknowledged != null;
    }
}
