package coop.vigie.deliver;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What became of handing over one message. */
public sealed interface Receipt {

    /**
     * It has arrived where we hand it to.
     *
     * @param answer of the server, or the name of the file
     * @param file where it lies; null if it went over the network
     */
    record Accepted(String answer, @Nullable Path file) implements Receipt {}

    /**
     * Not now, but perhaps later.
     *
     * @param why without the recipient's address
     * @param code of SMTP, 400 to 499; null where there was no such answer
     */
    record TryLater(String why, @Nullable Integer code) implements Receipt {}

    /**
     * Never, for this recipient or this message.
     *
     * @param why without the recipient's address
     * @param code of SMTP, 500 to 599; null where no server was asked
     */
    record Refused(String why, @Nullable Integer code) implements Receipt {}
}
