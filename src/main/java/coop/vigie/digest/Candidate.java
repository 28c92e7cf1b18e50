package coop.vigie.digest;

import coop.vigie.match.Reason;
import coop.vigie.notice.Call;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call that may go to one recipient.
 *
 * @param why the conditions it meets, over all profiles of the recipient; may be empty if none matches any more
 * @param told null if this recipient was never told
 * @param likeTold true if the recipient was told of a call that looks like this one
 * @param backlog true if it came in a flood: more from one source at once than anybody reads
 * @param regard what persons make of it
 * @param hidden true if the recipient, or whichever of their groups it matches, wants to see no more of it: then only a change is told
 */
public record Candidate(
        Call call,
        List<Reason> why,
        @Nullable Told told,
        boolean likeTold,
        boolean backlog,
        Item.Regard regard,
        boolean hidden) {

    public Candidate {
        why = List.copyOf(why);
    }

    /** A call that looks like none that the recipient was told of. */
    public Candidate(Call call, List<Reason> why, @Nullable Told told) {
        this(call, why, told, false, false, Item.Regard.NONE, false);
    }

    /** A call of which nobody has said anything. */
    Candidate(Call call, List<Reason> why, @Nullable Told told, boolean likeTold, boolean backlog) {
        this(call, why, told, likeTold, backlog, Item.Regard.NONE, false);
    }
}
