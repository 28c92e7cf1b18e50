package coop.vigie.deliver;

import java.nio.file.Path;
import java.time.Duration;
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
     * @param code of SMTP or HTTP, 400 to 599; null where there was no such answer
     * @param pause at least; null if the server did not say
     */
    record TryLater(
            String why, @Nullable Integer code, @Nullable Duration pause) implements Receipt {

        TryLater(String why, @Nullable Integer code) {
            this(why, code, null);
        }
    }

    /**
     * Never, for this recipient or this message.
     *
     * @param why without the recipient's address
     * @param code of SMTP or HTTP; null where no server was asked
     */
    record Refused(String why, @Nullable Integer code) implements Receipt {}
}
