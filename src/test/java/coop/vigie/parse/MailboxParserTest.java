package coop.vigie.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.Corpus;
import coop.vigie.fetch.Payload;
import coop.vigie.notice.Deadline;
import coop.vigie.notice.Kind;
import coop.vigie.notice.Level;
import coop.vigie.notice.Notice;
import coop.vigie.notice.SourceId;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailboxParserTest {

    static final String LETTER = """
            Message-ID: <letter-1@example.org>
            From: =?UTF-8?Q?Fondation_=C3=A9pique?= <Lettre@Example.org>
            To: member@example.com
            Subject: =?UTF-8?B?TGV0dHJlIGRlIG5vdmVtYnJl?=
            Date: Tue, 10 Nov 2026 09:30:00 +0100
            MIME-Version: 1.0
            Content-Type: multipart/alternative; boundary="b"

            --b
            Content-Type: text/plain; charset=utf-8

            Voir la version HTML.
            --b
            Content-Type: text/html; charset=iso-8859-1
            Content-Transfer-Encoding: quoted-printable

            <html lang=3D"fr"><body><h2><a href=3D"https://www.example.org/appel?mc_eid=3Dabc">R=E9sidence d'=E9criture</a></h2>
            <p>Les candidatures sont ouvertes. Date limite : 15 d=E9cembre =E0 12h00.</p>
            <p><a href=3D"https://www.example.org/unsubscribe">Se d=E9sinscrire</a></p></body></html>
            --b--
            """;

    private final MailboxParser parser = new MailboxParser();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Content-Type: multipart/alternative; boundary=b\\n\\n--b\\nContent-Type: text/plain\\n\\nAppel aux autrices\\nDeadline: 15/12/2026\\nhttps://www.example.org/a\\n--b\\nContent-Type: text/html\\n\\n<p>&nbsp;<img src="x"></p>\\n--b--
            \\n<h2><a href="https://www.example.org/a">Appel aux autrices</a></h2><p>Deadline: 15/12/2026</p>
            Content-Type: message/rfc822\\n\\nSubject: x\\nContent-Type: text/html\\n\\n<h2><a href="https://www.example.org/a">Appel aux autrices</a></h2><p>Deadline: 15/12/2026</p>
            """)
    void findsTheItem_howeverTheMailIsBuilt(String mail) {
        Parsed parsed = parse("From: a@example.org\nSubject: x\n" + mail.replace("\\n", "\n"), Map.of());

        Notice notice = parsed.notices().getFirst().notice();
        assertEquals("Appel aux autrices", notice.title().original(""));
        assertEquals(LocalDate.parse("2026-12-15"), ((Deadline.Dated) notice.stated()).date());
    }

    @Test
    void givesANoticeWithDeadlineSenderAndDate() {
        Parsed parsed = parse(LETTER, Map.of());

        assertNull(parsed.failure());
        assertEquals(List.of(), parsed.warnings());
        Notice notice = parsed.notices().getFirst().notice();
        assertEquals(1, parsed.notices().size());
        assertEquals("Résidence d'écriture", notice.title().in(List.of("fr")));
        assertEquals("https://www.example.org/appel", notice.url());
        assertEquals(Instant.parse("2026-11-10T08:30:00Z"), notice.published());
        Deadline.Dated deadline = (Deadline.Dated) notice.stated();
        assertEquals(LocalDate.of(2026, 12, 15), deadline.date());
        assertEquals(LocalTime.NOON, deadline.time());
        assertTrue(deadline.doubtful(), "the year was not written");
        assertTrue(
                notice.text()
                        .in(List.of("fr"))
                        .endsWith("— Fondation épique <lettre@example.org>, 2026-11-10 : « Lettre de novembre »"),
                notice.text().toString());
    }

    @Test
    void knowsAMailByItsMessageId_andACallByItsLink() {
        Notice first = parse(LETTER, Map.of()).notices().getFirst().notice();
        Notice copy = parse("Received: by mx; Wed, 11 Nov 2026 09:00:00 +0100\n" + LETTER, Map.of())
                .notices()
                .getFirst()
                .notice();
        Notice reminder = parse(LETTER.replace("letter-1", "letter-2"), Map.of())
                .notices()
                .getFirst()
                .notice();

        assertEquals(first.id(), copy.id());
        assertTrue(!first.id().equals(reminder.id()));
        assertEquals(first.procedure(), reminder.procedure());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            lettre@example.org, 1
            LETTRE@EXAMPLE.ORG, 1
            example.org,        1
            @example.org,       1
            org,                1
            ample.org,          0
            other@example.org,  0
            """)
    void readsOnlyMailsOfTheSendersThatAreNamed(String sender, int notices) {
        Parsed parsed = parse(LETTER, Map.of("from", List.of("nobody@example.com", sender)));

        assertEquals(notices, parsed.notices().size());
        assertEquals(List.of(), parsed.warnings());
        assertNull(parsed.failure());
    }

    @Test
    void saysSo_whenAMailHoldsNoItem_orIsNone() {
        Parsed none = parse(LETTER, Map.of("hosts", List.of("example.com")));
        assertEquals("Lettre de novembre", none.warnings().getFirst().found());

        assertEquals(
                "a document that is no mail", parse("<html>x</html>", Map.of()).failure());
    }

    @Test
    void readsAForwardedMail_andOneInBase64ThatIsCut() {
        String html =
                "<p><a href='https://www.example.org/a'>Appel aux artistes belges</a> Date limite : 3/12/2026</p>";
        String encoded = Base64.getMimeEncoder()
                .encodeToString((html + "<p>fin</p>".repeat(9)).getBytes(StandardCharsets.UTF_8));
        String forwarded = """
                From: member@example.com
                Subject: Fwd
                Date: Tue, 10 Nov 2026 09:30:00 +0100
                Content-Type: multipart/mixed; boundary=x

                --x
                Content-Type: message/rfc822

                From: a@example.org
                Subject: Appel
                Content-Type: text/html; charset=x-unknown
                Content-Transfer-Encoding: base64

                %s""".formatted(encoded.substring(0, encoded.length() - 5));

        Notice notice = parse(forwarded, Map.of()).notices().getFirst().notice();

        assertEquals("https://www.example.org/a", notice.url());
        assertEquals(LocalDate.of(2026, 12, 3), ((Deadline.Dated) notice.stated()).date());
    }

    @Property(seed = "20261124", tries = 200)
    void neverThrows_whereverAMailIsCutOrFlipped(@ForAll @IntRange(max = 5_000) int at, @ForAll byte flipped) {
        byte[] bytes = LETTER.getBytes(StandardCharsets.UTF_8);
        bytes[at % bytes.length] = flipped;

        assertNotNull(parser.parse(payload(bytes), context(Map.of())));
        assertNotNull(parser.parse(payload(Arrays.copyOf(bytes, at % bytes.length)), context(Map.of())));
    }

    @Test
    void survivesTheThirdPartySuitesOfBrokenMails() throws IOException {
        int mails = 0;
        for (Path folder : List.of(Corpus.require("mime/mime4j"), Corpus.require("bounces"))) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(each -> each.toString().matches(".*\\.(?:msg|eml)"))
                        .toList()) {
                    byte[] bytes = Files.readAllBytes(file);
                    Parsed parsed = assertTimeoutPreemptively(
                            Duration.ofSeconds(5),
                            () -> parser.parse(payload(bytes), context(Map.of())),
                            file.toString());
                    mails += parsed.failure() == null ? 1 : 0;
                }
            }
        }
        assertTrue(mails > 100, mails + " mails");
    }

    private Parsed parse(String mail, Map<String, List<String>> params) {
        return parser.parse(payload(mail.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8)), context(params));
    }

    private static Payload payload(byte[] bytes) {
        return new Payload(URI.create("imaps://mail.example.org/INBOX"), "INBOX mail 1", bytes, "message/rfc822");
    }

    private static ParseContext context(Map<String, List<String>> params) {
        return new ParseContext(
                new SourceId("letters"),
                Level.COMMUNITY,
                Kind.CALL,
                List.of("fr", "nl"),
                List.of(),
                ZoneId.of("Europe/Brussels"),
                List.of(),
                List.of(),
                new SourceOptions("", params, Map.of(), Map.of()),
                Instant.parse("2026-11-24T08:00:00Z"));
    }
}
