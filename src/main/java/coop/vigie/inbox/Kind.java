package coop.vigie.inbox;

import java.util.Locale;

/** What a mail is to us, the worst first. */
public enum Kind {
    /** A mail to an address that can never work came back. */
    HARD,
    /** A reader has called our mail spam. */
    COMPLAINT,
    /** A mail came back, or is late, for a reason that may pass. */
    SOFT,
    /** Somebody wants no more mails. */
    UNSUBSCRIBE,
    /** A program answered for somebody. */
    AUTO_REPLY,
    OTHER;

    /** The name in answers of the command line. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
