package coop.vigie.digest;

import coop.vigie.curate.Interest;
import coop.vigie.match.Reason;
import coop.vigie.notice.Call;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.LocalText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of a digest.
 *
 * @param why the conditions it meets, over all profiles of the recipient; may be empty for a change
 * @param change what happened since the recipient was told; {@link Change#NONE} for everything that is new to them
 * @param before the deadline the recipient was told before; null if {@code change} is {@link Change#NONE}
 * @param likeTold true if the recipient was told of a call that looks like this one
 * @param regard what persons make of it
 */
public record Item(
        Call call,
        List<Reason> why,
        Change change,
        @Nullable Deadline before,
        boolean likeTold,
        Regard regard) {

    public Item {
        why = List.copyOf(why);
        // What an earlier version froze.
        regard = regard == null ? Regard.NONE : regard;
    }

    /** A call's whole content is compared, but need not be counted. */
    @Override
    public int hashCode() {
        return 31 * call.id().hashCode() + change.hashCode();
    }

    /**
     * What persons make of a call, as far as its reader may know.
     *
     * @param picked true if the coordinator of one of the reader's groups chose it
     * @param notes the coordinators' words; empty for none
     * @param looking how many other members of the reader's groups look at it
     * @param seeking how many others look for a partner
     * @param mine what the reader means to do with it; null if they did not say
     * @param reminder for which reminder it is time: so many days before the deadline; null for none
     */
    public record Regard(
            boolean picked,
            List<LocalText> notes,
            int looking,
            int seeking,
            @Nullable Interest mine,
            @Nullable Integer reminder) {

        public static final Regard NONE = new Regard(false, List.of(), 0, 0, null, null);

        public Regard {
            notes = List.copyOf(notes);
        }
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
