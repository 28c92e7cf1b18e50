package coop.vigie.pipeline;

import coop.vigie.deliver.Outbox;
import coop.vigie.group.ChannelAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One message and what became of it.
 *
 * @param file where it was written; empty if it was not, or went over the network
 * @param error why it is not sent; empty if it is, and where {@link Sending#down()} says it for all
 */
public record Sent(
        String recipient, String edition, String messageId, Outbox.State state, Optional<Path> file, String error) {

    /** True for a mail, to a person or a list; false for any other channel of a group. */
    public boolean isMail() {
        return ChannelAddress.isMail(recipient);
    }
}
