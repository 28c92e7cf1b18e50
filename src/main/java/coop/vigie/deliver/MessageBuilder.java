package coop.vigie.deliver;

import coop.vigie.digest.Known;
import coop.vigie.digest.Rendered;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.io.UnsupportedEncodingException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/** Builds the messages that go out: Jakarta Mail writes the headers, {@link MimeBody} the rest. Thread-safe. */
public final class MessageBuilder {

    /** RFC 5322, 3.3; Jakarta Mail's own would write it in the machine's time zone. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, d MMM uuuu HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private static final int SUBJECTS_KNOWN_AT_MOST = 500;

    private final Session session = Session.getInstance(new Properties());
    /** Many mails of a run have the same: so many calls, the first of which closes that day. */
    private final Known<String, String> subjects = new Known<>(SUBJECTS_KNOWN_AT_MOST);

    /**
     * A multipart/alternative message, text first, with CRLF line ends and only ASCII on the wire. The same input gives
     * the same bytes.
     *
     * @throws HeaderRefused if the subject would split its header
     */
    public byte[] build(Rendered rendered, Envelope envelope) {
        return build(rendered, envelope, Optional.empty());
    }

    /**
     * As {@link #build(Rendered, Envelope)}; with a calendar (RFC 5545), which comes as the file {@code calls.ics} beside the
     * alternatives in a multipart/mixed.
     */
    public byte[] build(Rendered rendered, Envelope envelope, Optional<String> calendar) {
        if (rendered.subject().chars().anyMatch(Character::isISOControl)) {
            throw new HeaderRefused("Subject", "holds a line break or another control character");
        }
        try {
            var message = new MimeMessage(session);
            message.setFrom(named("From", envelope.from()));
            message.setRecipient(Message.RecipientType.TO, named("To", envelope.to()));
            String replyTo = envelope.replyTo();
            if (replyTo != null) {
                message.setReplyTo(new InternetAddress[] {named("Reply-To", replyTo)});
            }
            message.setHeader("Subject", subjects.of(rendered.subject(), () -> encoded(rendered.subject())));
            message.setHeader("Date", DATE.format(envelope.date()));
            message.setHeader("Message-ID", envelope.messageId());
            message.setHeader("MIME-Version", "1.0");
            if (envelope.list() != null) {
                message.setHeader("List-Id", "<" + envelope.list() + ">");
                // RFC 3834: out-of-office programs do not answer. Mailing lists refuse such a mail (Sympa, by default).
                message.setHeader("Auto-Submitted", "auto-generated");
            }
            if (envelope.unsubscribe() != null) {
                message.setHeader("List-Unsubscribe", "<" + envelope.unsubscribe() + ">");
            }
            MimeBody alternatives = MimeBody.parts(
                    "alternative",
                    boundary(envelope, "a"),
                    MimeBody.text(rendered.text(), "plain"),
                    MimeBody.text(rendered.html(), "html"));
            MimeBody body = calendar.isEmpty()
                    ? alternatives
                    : MimeBody.parts(
                            "mixed",
                            boundary(envelope, "m"),
                            alternatives,
                            MimeBody.attached(calendar.get(), "calendar", "calls.ics"));
            message.setHeader("Content-Type", body.type());
            var bytes = new ByteArrayOutputStream(body.size() + 4096);
            for (String line : Collections.list(message.getAllHeaderLines())) {
                bytes.writeBytes(MimeBody.ascii(line + "\r\n"));
            }
            body.writeTo(bytes);
            return bytes.toByteArray();
        } catch (MessagingException e) {
            throw new IllegalStateException("a checked envelope gave no message: " + envelope.messageId(), e);
        }
    }

    private static String encoded(String subject) {
        try {
            return MimeUtility.fold("Subject: ".length(), MimeUtility.encodeText(subject, "UTF-8", null));
        } catch (UnsupportedEncodingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InternetAddress named(String header, String written) {
        InternetAddress address = Envelope.address(header, written);
        try {
            address.setPersonal(address.getPersonal(), "UTF-8");
        } catch (UnsupportedEncodingException e) {
            throw new UncheckedIOException(e);
        }
        return address;
    }

    /** Quoted-printable writes every "=" as "=3D", so that this can never stand in a part. */
    private static String boundary(Envelope envelope, String kind) {
        return "=_" + kind + Envelope.hash(envelope.messageId(), 31);
    }
}
