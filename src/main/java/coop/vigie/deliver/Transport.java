package coop.vigie.deliver;

/** A way by which messages leave. Used by one thread at a time. */
public interface Transport extends AutoCloseable {

    /**
     * Hands one message over. The same message handed over again after a crash is recognisable as the same: by its
     * Message-ID, by its file, or by a key that goes along.
     *
     * @param recipient the one address on the envelope, or the address of a group's channel
     * @param message the bytes as they were frozen
     * @throws TransportDown if no mail at all can leave at present; this one has not left either
     */
    Receipt send(String recipient, String messageId, byte[] message);

    /** Ends a connection, if there is one. Never fails. */
    @Override
    void close();
}
