package coop.vigie.deliver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.digest.Rendered;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.TimeZone;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageBuilderTest {

    private static final Instant DATE = Instant.parse("2026-09-01T06:30:00Z");
    private static final Rendered RENDERED = new Rendered(
            "7 nouveaux appels, le plus proche ferme jeu. 3 déc.",
            "Théâtre à la cité\n--=_boundary\n.\nFrom here\n" + "x".repeat(1200) + "\n",
            "<!DOCTYPE html>\n<html lang=\"fr\"><p>Théâtre €</p></html>\n");

    private final MessageBuilder builder = new MessageBuilder();

    @Test
    void readsBack_withBothParts_textFirst() throws MessagingException, IOException {
        MimeMessage message = read(builder.build(RENDERED, envelope()));

        var parts = (MimeMultipart) message.getContent();
        assertTrue(message.isMimeType("multipart/alternative"));
        assertEquals(2, parts.getCount());
        assertTrue(parts.getBodyPart(0).isMimeType("text/plain"));
        assertTrue(parts.getBodyPart(1).isMimeType("text/html"));
        assertEquals(RENDERED.text(), content(parts, 0));
        assertEquals(RENDERED.html(), content(parts, 1));
    }

    @Test
    void carriesACalendarBesideTheAlternatives_andStaysTheSame() throws MessagingException, IOException {
        Optional<String> calendar = Optional.of("BEGIN:VCALENDAR\r\nSUMMARY:Théâtre\r\nEND:VCALENDAR\r\n");
        byte[] bytes = builder.build(RENDERED, envelope(), calendar);

        MimeMessage message = read(bytes);
        var parts = (MimeMultipart) message.getContent();
        assertTrue(message.isMimeType("multipart/mixed"));
        assertEquals(2, parts.getCount());
        assertTrue(parts.getBodyPart(0).isMimeType("multipart/alternative"));
        assertEquals(
                RENDERED.text(), content((MimeMultipart) parts.getBodyPart(0).getContent(), 0));
        assertTrue(parts.getBodyPart(1).isMimeType("text/calendar"));
        assertEquals("calls.ics", parts.getBodyPart(1).getFileName());
        assertArrayEquals(bytes, builder.build(RENDERED, envelope(), calendar));
    }

    @Property(seed = "20261129", tries = 500)
    void writesTextsAsTheLibraryDoes(
            @ForAll("lines") String text, @ForAll("lines") String html, @ForAll boolean withCalendar)
            throws MessagingException, IOException {
        var rendered = new Rendered(RENDERED.subject(), text, html);
        Optional<String> calendar = withCalendar ? Optional.of(text) : Optional.empty();

        String built = new String(builder.build(rendered, envelope(), calendar), StandardCharsets.US_ASCII);

        int plain = built.indexOf("\r\n" + ofText(text, "plain") + "\r\n--");
        assertTrue(plain > 0, built);
        assertTrue(built.indexOf("\r\n" + ofText(html, "html") + "\r\n--", plain) > plain, built);
    }

    /** A part as Jakarta Mail makes it of a text. */
    private static String ofText(String text, String subtype) throws MessagingException, IOException {
        var part = new MimeBodyPart();
        part.setText(text, "UTF-8", subtype);
        part.setHeader("Content-Transfer-Encoding", "quoted-printable");
        // As when the whole message is saved.
        var message = new MimeMessage(Session.getInstance(new Properties()));
        message.setContent(new MimeMultipart(part));
        message.saveChanges();
        var bytes = new ByteArrayOutputStream();
        part.writeTo(bytes);
        return bytes.toString(StandardCharsets.US_ASCII);
    }

    @Provide
    Arbitrary<String> lines() {
        return Arbitraries.strings().withChars("abcd. =\t\r\né€").ofMaxLength(400);
    }

    @Test
    void carriesTheHeadersOfAList() throws MessagingException {
        MimeMessage message = read(builder.build(RENDERED, envelope()));

        assertEquals(RENDERED.subject(), message.getSubject());
        assertEquals(envelope().messageId(), message.getMessageID());
        assertTrue(message.getMessageID().matches("<e-42\\.[0-9a-f]{12}@example\\.org>"));
        assertEquals(Date.from(DATE), message.getSentDate());
        assertEquals("Tue, 1 Sep 2026 06:30:00 +0000", message.getHeader("Date", null));
        assertEquals(new InternetAddress("vigie@example.org"), message.getFrom()[0]);
        assertEquals("Vigie, la coopérative", ((InternetAddress) message.getFrom()[0]).getPersonal());
        assertEquals(new InternetAddress("a@example.org"), message.getRecipients(RecipientType.TO)[0]);
        assertEquals(new InternetAddress("answers@example.org"), message.getReplyTo()[0]);
        assertEquals("<arts-bxl.vigie.example.org>", message.getHeader("List-Id", null));
        assertEquals("<mailto:stop@example.org?subject=stop>", message.getHeader("List-Unsubscribe", null));
        assertEquals("auto-generated", message.getHeader("Auto-Submitted", null));
        assertEquals("1.0", message.getHeader("MIME-Version", null));
        assertNull(message.getHeader("List-Unsubscribe-Post"));
    }

    @Test
    void isAsciiWithCrlfAndShortLines() {
        String raw = new String(builder.build(RENDERED, envelope()), StandardCharsets.ISO_8859_1);

        assertTrue(raw.chars().allMatch(each -> each < 0x80));
        assertEquals(-1, raw.replace("\r\n", "").indexOf('\n'));
        assertTrue(raw.lines().allMatch(line -> line.length() <= 998));
    }

    @Test
    void givesTheSameBytes_forTheSameInput_whateverTheMachine() {
        byte[] expected = builder.build(RENDERED, envelope());
        TimeZone zone = TimeZone.getDefault();
        Locale locale = Locale.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
            Locale.setDefault(Locale.forLanguageTag("ar-EG"));
            assertArrayEquals(expected, new MessageBuilder().build(RENDERED, envelope()));
        } finally {
            TimeZone.setDefault(zone);
            Locale.setDefault(locale);
        }
    }

    @Test
    void namesEditionAndRecipient_inTheMessageId_whateverTheCaseOfTheAddress() {
        assertEquals(envelope().messageId(), to("A@Example.org").messageId());
        assertNotEquals(envelope().messageId(), to("b@example.org").messageId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nBcc: b@example.org", "a\nb", "a\rb", "a\u0000b"})
    void refusesASubjectThatWouldSplit(String subject) {
        var rendered = new Rendered(subject, "t", "h");

        var refused = assertThrows(HeaderRefused.class, () -> builder.build(rendered, envelope()));

        assertEquals("Subject", refused.header());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Message-ID       | e 1      | v@example.org         | a@example.org                  | x.example.org  | mailto:s@example.org
            Message-ID       | e⏎X: y   | v@example.org         | a@example.org                  | x.example.org  | mailto:s@example.org
            From             | e1       | v@example.org⏎X: y    | a@example.org                  | x.example.org  | mailto:s@example.org
            From             | e1       | nobody                | a@example.org                  | x.example.org  | mailto:s@example.org
            To               | e1       | v@example.org         | a@example.org⏎Bcc: b@example.org | x.example.org | mailto:s@example.org
            To               | e1       | v@example.org         | a@example.org, b@example.org   | x.example.org  | mailto:s@example.org
            To               | e1       | v@example.org         | `"a⏎"@example.org`             | x.example.org  | mailto:s@example.org
            List-Id          | e1       | v@example.org         | a@example.org                  | x>.example.org | mailto:s@example.org
            List-Unsubscribe | e1       | v@example.org         | a@example.org                  | x.example.org  | https://example.org
            List-Unsubscribe | e1       | v@example.org         | a@example.org                  | x.example.org  | mailto:s@example.org>⏎X: y
            """)
    void refusesWhatDoesNotFitItsHeader(
            String header, String edition, String from, String to, String list, String unsubscribe) {
        var refused = assertThrows(
                HeaderRefused.class,
                () -> new Envelope(
                        lines(edition), lines(from), lines(to), null, lines(list), lines(unsubscribe), DATE));

        assertEquals(header, refused.header());
    }

    private static String lines(String written) {
        return written.replace("⏎", "\r\n");
    }

    private static Envelope envelope() {
        return to("a@example.org");
    }

    private static Envelope to(String recipient) {
        return new Envelope(
                "e-42",
                "\"Vigie, la coopérative\" <vigie@example.org>",
                recipient,
                "answers@example.org",
                "arts-bxl.vigie.example.org",
                "mailto:stop@example.org?subject=stop",
                DATE);
    }

    private static MimeMessage read(byte[] message) throws MessagingException {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(message));
    }

    private static String content(MimeMultipart parts, int index) throws MessagingException, IOException {
        return ((String) parts.getBodyPart(index).getContent()).replace("\r\n", "\n");
    }
}
