package coop.vigie.inbox;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What was done on account of a mail.
 *
 * @param address whom it concerned; null if nobody
 * @param detail a reason, a count or an address of the web; "" if there is nothing to add
 */
public record Deed(Act act, @Nullable String address, String detail) {

    public enum Act {
        /** The address gets no more mails. */
        SUPPRESSED,
        /** One soft bounce more. */
        COUNTED,
        /** Members asked to leave, and have left. */
        UNSUBSCRIBED,
        /** A pending member has confirmed. */
        CONFIRMED,
        /** A reader has answered about calls in a digest. */
        MARKED,
        /** A call was signalled and waits for a decision. */
        SUGGESTED,
        /** There is nothing to do. */
        NOTHING,
        /** A report on a mail that we know nothing of: it may be forged. */
        NOT_OURS,
        /** About somebody who is in no group. */
        NO_MEMBER,
        /** For a person to read. */
        LEFT;

        /** The name in JSON and of its words. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    static Deed of(Act act) {
        return new Deed(act, null, "");
    }
}
