package coop.vigie.deliver;

import coop.vigie.digest.Known;
import coop.vigie.digest.Rendered;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/** Builds the messages that go out. Thread-safe. */
public final class MessageBuilder {

    /** RFC 5322, 3.3; Jakarta Mail's own would write it in the machine's time zone. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, d MMM uuuu HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private static final int SUBJECTS_KNOWN_AT_MOST = 500;

    static {
        // Jakarta Mail would look for it in every jar, for each part of each mail.
        System.setProperty("jakarta.mail.util.StreamProvider", "org.eclipse.angus.mail.util.MailStreamProvider");
    }

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
            var message = new StableMessage(session, envelope.messageId());
            message.setFrom(named("From", envelope.from()));
            message.setRecipient(Message.RecipientType.TO, named("To", envelope.to()));
            String replyTo = envelope.replyTo();
            if (replyTo != null) {
                message.setReplyTo(new InternetAddress[] {named("Reply-To", replyTo)});
            }
            message.setHeader("Subject", subjects.of(rendered.subject(), () -> encoded(rendered.subject())));
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

    private static MimeBodyPart whole(MimeMultipart parts) throws MessagingException {
        var part = new MimeBodyPart();
        part.setContent(parts);
        return part;
    }

    private static MimeBodyPart attached(String calendar) throws MessagingException, IOException {
        MimeBodyPart part = part(calendar, "calendar");
        part.setDisposition(Part.ATTACHMENT);
        part.setFileName("calls.ics");
        return part;
    }

    /** Given as the bytes that go out: of a text, the library would look for a codec on the class path, part by part. */
    private static MimeBodyPart part(String text, String subtype) throws MessagingException, IOException {
        var headers = new InternetHeaders();
        headers.setHeader("Content-Type", "text/" + subtype + "; charset=UTF-8");
        headers.setHeader("Content-Transfer-Encoding", "quoted-printable");
        var bytes = new ByteArrayOutputStream(text.length() + text.length() / 8 + 64);
        try (OutputStream encoding = MimeUtility.encode(bytes, "quoted-printable")) {
            encoding.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return new MimeBodyPart(headers, bytes.toByteArray());
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
