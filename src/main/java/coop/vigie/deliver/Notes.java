package coop.vigie.deliver;

import java.util.Optional;

/** What a way out remembers from one attempt or edition to the next. On the disk when a method returns. */
interface Notes {

    /** What was noted of a message that has not gone out in full yet. */
    Optional<String> noted(String messageId);

    void note(String messageId, String text);

    /** What the receiver answered to the last edition that went out in full. */
    Optional<String> lastReceipt(String recipient);
}
