package coop.vigie.digest;

import coop.vigie.match.Reason;
import coop.vigie.notice.Call;
import coop.vigie.notice.Deadline;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of a digest.
 *
 * @param why the conditions it meets, over all profiles of the recipient; may be empty for a change
 * @param change what happened since the recipient was told; {@link Change#NONE} for everything that is new to them
 * @param before the deadline the recipient was told before; null if {@code change} is {@link Change#NONE}
 * @param likeTold true if the recipient was told of a call that looks like this one
 */
public record Item(
        Call call,
        List<Reason> why,
        Change change,
        @Nullable Deadline before,
        boolean likeTold) {

    public Item {
        why = List.copyOf(why);
    }

    /** What happened since the recipient was told, in the order in which a digest lists it. */
    public enum Change {
        NONE,
        BROUGHT_FORWARD,
        /** Any other change of the deadline: later, become known, or gone. */
        EXTENDED,
        /** Was told as cancelled, and is open again. */
        REOPENED,
        CANCELLED
    }
}
