package coop.vigie.deliver;

import coop.vigie.digest.Rendered;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.UnsupportedEncodingException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/**
 * The same messages as {@link MessageBuilder} makes, all of each by Jakarta Mail: what ours are held against, byte by byte and in time.
 */
public final class LibraryBuilder {

    /** RFC 5322, 3.3; Jakarta Mail's own would write it in the machine's time zone. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, d MMM uuuu HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Session session = Session.getInstance(new Properties());

    /** See {@link MessageBuilder#build(Rendered, Envelope, Optional)}. */
    public byte[] build(Rendered rendered, Envelope envelope, Optional<String> calendar) {
        try {
            var message = new StableMessage(session, envelope.messageId());
            message.setFrom(named("From", envelope.from()));
            message.setRecipient(Message.RecipientType.TO, named("To", envelope.to()));
            String replyTo = envelope.replyTo();
            if (replyTo != null) {
                message.setReplyTo(new InternetAddress[] {named("Reply-To", replyTo)});
            }
            message.setSubject(rendered.subject(), "UTF-8");
            message.setHeader("Date", DATE.format(envelope.date()));
            if (envelope.list() != null) {
                message.setHeader("List-Id", "<" + envelope.list() + ">");
                // RFC 3834: out-of-office programs do not answer. Mailing lists refuse such a mail (Sympa, by default).
                message.setHeader("Auto-Submitted", "auto-generated");
            }
            if (envelope.unsubscribe() != null) {
                message.setHeader("List-Unsubscribe", "<" + envelope.unsubscribe() + ">");
            }
            var alternatives = new Multipart(
                    "alternative",
                    boundary(envelope, "a"),
                    part(rendered.text(), "plain"),
                    part(rendered.html(), "html"));
            message.setContent(
                    calendar.isEmpty()
                            ? alternatives
                            : new Multipart(
                                    "mixed", boundary(envelope, "m"), whole(alternatives), attached(calendar.get())));
            message.saveChanges();
            var bytes = new ByteArrayOutputStream(
                    rendered.html().length() + rendered.text().length() + 4096);
            message.writeTo(bytes);
            return bytes.toByteArray();
        } catch (MessagingException e) {
            throw new IllegalStateException("a checked envelope gave no message: " + envelope.messageId(), e);
        } catch (IOException e) {
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

    private static MimeBodyPart whole(MimeMultipart parts) throws MessagingException {
        var part = new MimeBodyPart();
        part.setContent(parts);
        return part;
    }

    private static MimeBodyPart attached(String calendar) throws MessagingException {
        MimeBodyPart part = part(calendar, "calendar");
        part.setDisposition(Part.ATTACHMENT);
        part.setFileName("calls.ics");
        return part;
    }

    private static MimeBodyPart part(String text, String subtype) throws MessagingException {
        var part = new MimeBodyPart();
        part.setText(text, "UTF-8", subtype);
        part.setHeader("Content-Transfer-Encoding", "quoted-printable");
        return part;
    }

    /** Keeps its Message-ID, where the library would make a new one at each saving. */
    private static final class StableMessage extends MimeMessage {
        private final String id;

        StableMessage(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }

    /** Keeps its boundary, where the library would draw a new one each time. */
    private static final class Multipart extends MimeMultipart {

        Multipart(String subtype, String boundary, MimeBodyPart... parts) throws MessagingException {
            super(subtype, parts);
            var type = new ContentType("multipart", subtype, null);
            type.setParameter("boundary", boundary);
            contentType = type.toString();
        }
    }
}
