package coop.vigie.deliver;

import coop.vigie.config.Settings.Mail;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Hands messages to a mail server (RFC 5321), one after the other over one connection. The connection is opened with the
 * first message and renewed before a server tires of it.
 */
public final class SmtpTransport implements Transport {

    /** Some servers take no more than 100 messages over one connection, and answer 452 from then on. */
    private static final int MESSAGES_PER_CONNECTION = 90;

    // RFC 5321, 4.5.3.1.1.
    private static final int LONGEST_LOCAL_PART = 64;

    private final Mail mail;
    private final String sender;
    private final SSLContext trust;
    private final Timeouts timeouts;
    private @Nullable SmtpConnection connection;

    /**
     * @param mail the server; certificates are checked against the system's trust store and the server's name
     * @param sender address on the envelope, where bounces go
     */
    public SmtpTransport(Mail mail, String sender) {
        this(mail, sender, systemTrust(), Timeouts.USUAL);
    }

    SmtpTransport(Mail mail, String sender, SSLContext trust, Timeouts timeouts) {
        this.mail = mail;
        this.sender = sender;
        this.trust = trust;
        this.timeouts = timeouts;
    }

    static SSLContext systemTrust() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>4xx, a broken connection and an answer that is none are {@link Receipt.TryLater}; 5xx to the recipient or the
     * message is {@link Receipt.Refused}. Where the connection ends between the message and its answer, the server may have
     * the message: it counts as not taken, since a double is better than a loss (promise P4).
     *
     * @throws MailServerDown if there is no connection, no trust, no login, or if the server refuses the sender
     */
    @Override
    public Receipt send(String recipient, String messageId, byte[] message) {
        SmtpConnection present = connection();
        boolean used = present.messages() > 0;
        SmtpConnection.Attempt attempt = attempt(present, recipient, message);
        if (used && !attempt.handedOver() && isTired(attempt)) {
            // A server that has had enough of a connection, or let it lie for too long, may well take another.
            close();
            attempt = attempt(connection(), recipient, message);
        }
        return attempt.receipt();
    }

    /** True for what may be the connection's fault: its end, 421, and 452 "too many messages". */
    private static boolean isTired(SmtpConnection.Attempt attempt) {
        return !attempt.usable()
                || (attempt.receipt() instanceof Receipt.TryLater later && later.code() != null && later.code() == 452);
    }

    private SmtpConnection.Attempt attempt(SmtpConnection present, String recipient, byte[] message) {
        boolean usable = false;
        try {
            SmtpConnection.Attempt attempt = present.send(envelopeSender(recipient), recipient, message);
            usable = attempt.usable();
            return attempt;
        } finally {
            if (!usable) {
                close();
            }
        }
    }

    /**
     * With {@code verp}, {@code bounces+LOCAL=DOMAIN@host}: a bounce then names its recipient even where its text does not.
     * An address that does not fit in there keeps the plain sender.
     */
    private String envelopeSender(String recipient) {
        int at = sender.lastIndexOf('@');
        String local = sender.substring(0, at) + "+" + recipient.replaceFirst("@(?=[^@]*$)", "=");
        boolean fits = local.length() <= LONGEST_LOCAL_PART && !recipient.contains("\"");
        return mail.verp() && fits ? local + sender.substring(at) : sender;
    }

    private SmtpConnection connection() {
        if (connection != null && connection.messages() >= MESSAGES_PER_CONNECTION) {
            close();
        }
        if (connection == null) {
            connection = new SmtpConnection(mail, trust, timeouts);
        }
        return connection;
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
