package coop.vigie.curate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one member said of one call.
 *
 * @param interest null if they did not say
 * @param hidden true if they want to see no more of it
 * @param at when they said so last
 */
public record Mark(@Nullable Interest interest, boolean hidden, Instant at) {

    /** True if their next mails should keep its date before their eyes. */
    public boolean isAwaiting() {
        return interest != null && interest.awaitsDeadline() && !hidden;
    }
}
