package coop.vigie.deliver;

import coop.vigie.notice.VigieException;
import org.jspecify.annotations.Nullable;

/** No message can leave at present, whoever it is for; everything stays pending. */
public abstract sealed class TransportDown extends VigieException permits OutboxUnwritable, MailServerDown {

    TransportDown(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
