package coop.vigie.deliver;

import coop.vigie.config.Settings.Mail;
import coop.vigie.config.Settings.Tls;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/** One connection to the mail server, open and logged in, or an exception. */
final class SmtpConnection implements AutoCloseable {

    private final Mail mail;
    private final Timeouts timeouts;
    private final MailSockets sockets;
    private final Session session;
    private final Protocol protocol;
    private int messages;

    /** @throws MailServerDown if anything is not as configured */
    SmtpConnection(Mail mail, SSLContext trust, Timeouts timeouts) {
        this.mail = mail;
        this.timeouts = timeouts;
        this.sockets = new MailSockets(trust.getSocketFactory());
        this.session = Session.getInstance(properties());
        this.protocol = new Protocol(session, mail.tls() == Tls.IMPLICIT);
        open();
    }

    private Properties properties() {
        var properties = new Properties();
        String answer = Long.toString(timeouts.answer().toMillis());
        properties.put("mail.smtp.socketFactory", sockets.plain());
        // Otherwise a socket that fails is tried again without the factory.
        properties.put("mail.smtp.socketFactory.fallback", "false");
        properties.put(
                "mail.smtp.connectiontimeout", Long.toString(timeouts.connect().toMillis()));
        properties.put("mail.smtp.timeout", answer);
        properties.put("mail.smtp.writetimeout", answer);
        // The answer to QUIT changes nothing any more.
        properties.put("mail.smtp.quitwait", "false");
        if (mail.tls() != Tls.NONE) {
            properties.put("mail.smtp.ssl.socketFactory", sockets);
            properties.put("mail.smtp.ssl.checkserveridentity", "true");
        }
        if (mail.tls() == Tls.STARTTLS) {
            properties.put("mail.smtp.starttls.enable", "true");
            properties.put("mail.smtp.starttls.required", "true");
        }
        return properties;
    }

    private void open() {
        try {
            String password = mail.password() == null ? null : mail.password().value();
            protocol.connect(mail.host(), mail.port(), mail.user(), password);
            if (mail.user() != null && !protocol.supportsExtension("AUTH")) {
                // The library would go on without; the relay would then refuse one recipient after the other.
                close();
                throw down("it offers no login, but 'user' is set", null);
            }
        } catch (AuthenticationFailedException refused) {
            // Without its cause and the server's words: both may repeat what was sent.
            int code = protocol.getLastReturnCode();
            throw down(code >= 400 ? "it refuses the login (%d)".formatted(code) : "the login broke off", null);
        } catch (MessagingException broken) {
            throw down(reason(broken), broken);
        }
    }

    private static String reason(MessagingException broken) {
        for (Throwable cause = broken; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return "it cannot be trusted (" + SmtpWords.oneLine(String.valueOf(cause.getMessage())) + ")";
            }
        }
        Throwable cause = broken.getCause() == null ? broken : broken.getCause();
        String words = SmtpWords.oneLine(String.valueOf(cause.getMessage()));
        return words.isEmpty() ? "it breaks off" : words;
    }

    private MailServerDown down(String reason, @Nullable Throwable cause) {
        return new MailServerDown(mail.host() + ":" + mail.port(), reason, cause);
    }

    /** How many messages were offered before. */
    int messages() {
        return messages;
    }

    /**
     * What came of one message.
     *
     * @param usable true if the connection may carry another
     * @param handedOver true if the server may have the message, whatever it said or did not say
     */
    record Attempt(Receipt receipt, boolean usable, boolean handedOver) {}

    /** @throws MailServerDown if the server takes nothing from this sender */
    Attempt send(String sender, String recipient, byte[] bytes) {
        messages++;
        protocol.handedOver = false;
        try {
            var message = new Frozen(session, bytes);
            message.setEnvelopeFrom(sender);
            protocol.sendMessage(message, new InternetAddress[] {new InternetAddress(recipient)});
            return new Attempt(new Receipt.Accepted(SmtpWords.of(protocol, recipient), null), true, true);
        } catch (SMTPSendFailedException answered) {
            return judge(answered.getCommand(), answered.getReturnCode(), recipient);
        } catch (SendFailedException refused) {
            return judge("RCPT", code(refused), recipient);
        } catch (MessagingException broken) {
            return brokenOff(reason(broken));
        } catch (IllegalStateException closed) {
            return brokenOff("it had closed the connection");
        }
    }

    private static int code(SendFailedException refused) {
        for (Exception each = refused; each instanceof MessagingException link; each = link.getNextException()) {
            if (link instanceof SMTPAddressFailedException address) {
                return address.getReturnCode();
            }
        }
        return -1;
    }

    private Attempt judge(String command, int code, String recipient) {
        String answer = SmtpWords.of(protocol, recipient);
        String step = command.equals(".") ? "the message" : command.replaceAll(" .*|:.*", "");
        if (command.equals(".") && code / 100 == 2) {
            // RFC 5321, section 4.3.2: the first digit decides; the library insists on 250.
            return new Attempt(new Receipt.Accepted(answer, null), true, true);
        }
        if (code / 100 == 4) {
            boolean goesOn = code != 421;
            return new Attempt(new Receipt.TryLater(step + " was put off: " + answer, code), goesOn, false);
        }
        if (code / 100 != 5) {
            return brokenOff(answer.isEmpty() ? "it breaks off" : "it answers " + step + " with '" + answer + "'");
        }
        if (command.startsWith("MAIL") || code == 530 || code == 535 || code == 538) {
            // Not about the recipient: every other message would fare the same (RFC 4954, section 6).
            throw down("it takes nothing from this sender (" + answer + ")", null);
        }
        return new Attempt(new Receipt.Refused(step + " was refused: " + answer, code), true, false);
    }

    private Attempt brokenOff(String reason) {
        String why = protocol.handedOver
                ? "the server did not say whether it took the message: " + reason
                : "the connection to the server broke: " + reason;
        return new Attempt(new Receipt.TryLater(why, null), false, protocol.handedOver);
    }

    /** Says goodbye and does not wait for an answer. */
    @Override
    public void close() {
        try {
            protocol.close();
        } catch (MessagingException gone) {
            // It was to end anyway.
        }
    }

    /** Goes out as it is: the library would take it apart, and put it together again. */
    private static final class Frozen extends SMTPMessage {

        private final byte[] bytes;

        Frozen(Session session, byte[] bytes) {
            super(session);
            this.bytes = bytes;
        }

        @Override
        public void writeTo(OutputStream out, String[] without) throws IOException {
            out.write(bytes);
        }
    }

    /** Knows from where on the server may have the message, and waits longer from there. */
    private final class Protocol extends SMTPTransport {

        private boolean handedOver;

        Protocol(Session session, boolean tls) {
            super(session, new URLName("smtp", null, -1, null, null, null), "smtp", tls);
        }

        @Override
        protected void finishData() throws IOException, MessagingException {
            handedOver = true;
            sockets.patience(timeouts.afterMessage());
            super.finishData();
            sockets.patience(timeouts.answer());
        }
    }
}
