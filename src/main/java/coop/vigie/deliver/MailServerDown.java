package coop.vigie.deliver;

import org.jspecify.annotations.Nullable;

/** The mail server cannot be reached, is not who it should be, or takes nothing from us. */
public final class MailServerDown extends TransportDown {

    private final String server;
    private final String reason;

    MailServerDown(String server, String reason, @Nullable Throwable cause) {
        super(
                "no mail could be handed to the server %s: %s; check 'mail' in vigie.yaml, everything stays in the outbox"
                        .formatted(server, reason),
                cause);
        this.server = server;
        this.reason = reason;
    }

    /** Host and port. */
    public String server() {
        return server;
    }

    /** What went wrong, as half a sentence in English. */
    public String reason() {
        return reason;
    }
}
