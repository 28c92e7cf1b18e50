package coop.vigie.deliver;

/** A way by which messages leave. Used by one thread at a time. */
public interface MailTransport extends AutoCloseable {

    /**
     * Hands one message over. The same message handed over again after a crash is recognisable as the same: by its
     * Message-ID, or by its file.
     *
     * @param recipient the one address on the envelope
     * @param message the bytes of {@link MessageBuilder}
     * @throws TransportDown if no message at all can leave at present; this one has not left either
     */
    Receipt send(String recipient, String messageId, byte[] message);

    /** Ends a connection, if there is one. Never fails. */
    @Override
    void close();
}
