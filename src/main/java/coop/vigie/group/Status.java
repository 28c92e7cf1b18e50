package coop.vigie.group;

import java.util.Locale;

/** Whether a member gets mails. */
public enum Status {
    /** Yes. */
    ACTIVE,
    /** Not before they have answered the opt-in mail. */
    PENDING,
    /** No: they left. */
    UNSUBSCRIBED,
    /** No: the address does not work, or a complaint came. */
    SUPPRESSED;

    /** The name in files. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
