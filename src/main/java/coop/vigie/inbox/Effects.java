package coop.vigie.inbox;

import coop.vigie.notice.EmailAddress;
import coop.vigie.token.Grant;
import java.time.LocalDate;
import java.util.Optional;

/** What a mail may ask about and change, inside the one transaction that handles it. */
public interface Effects {

    /** A mail of ours that went out: to whom, and the id of its edition. */
    record Sent(EmailAddress to, String edition) {}

    /**
     * The mail that a report is about: by a Message-ID that we gave; where we send with VERP, else by whom the envelope sender
     * named, if anything ever went there. Empty if we sent nothing of the kind.
     */
    Optional<Sent> sent(InboundMail mail);

    boolean isMember(EmailAddress address);

    boolean isActive(EmailAddress address);

    /** Never writes to that address again, in no group. */
    void suppress(EmailAddress address, String reason);

    /** Notes beside an edition what became of it. */
    void note(Sent sent, String what);

    /** Counts a bounce that may pass; on how many days there was one within the last 30, without a success in between. */
    int countSoft(EmailAddress address, LocalDate day);

    /** What a token allows; empty if nobody made it. */
    Optional<Grant> grant(String token);

    /** Ends all memberships; how many. */
    int leave(EmailAddress address);

    /** The holder of an opt-in mail agrees; false if the token is too old, or it was so already. */
    boolean confirm(String token);

    /** Does what the reader of a digest answers about its calls; false if nothing of it was understood, or changes anything. */
    boolean mark(String token, String words);

    /** False if that call waits already. */
    boolean suggest(EmailAddress who, String url, String title, String note);
}
