package coop.vigie.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import coop.vigie.notice.EmailAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What mails to us say, and that nothing in them can stop the reader. */
class MailReaderTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            5.1.1   | 550 5.1.1 <anne@example.com>: Recipient address rejected: User unknown in local recipient table | HARD
            5.0.0   | 550 No such user here                                                                        | HARD
            5.1.2   | Host or domain name not found. Name service error for name=nowhere.example                   | HARD
            5.0.0   | 550 Adresse d'un destinataire invalide                                                       | HARD
            5.0.0   | 550 L'utilisateur est inconnu                                                                | HARD
            5.0.0   | 550 Onbekende gebruiker                                                                      | HARD
            5.0.0   | 550 Empfänger unbekannt                                                                      | HARD
            5.7.1   | 550 5.7.1 <anne@example.com>: Recipient address rejected: Access denied                      | HARD
            5.1.1   | 450                                                                                          | HARD
            5.2.2   | 552 5.2.2 Mailbox full                                                                       | SOFT
            5.0.0   | 552 La boîte aux lettres est pleine                                                          | SOFT
            5.0.0   | 552 Postvak is vol                                                                           | SOFT
            5.0.0   | 552 Postfach ist voll                                                                        | SOFT
            5.1.1   | 550 5.7.1 Client host blocked using rbl.example, unknown user or not                         | SOFT
            5.1.8   | 553 5.1.8 Domain of sender address vigie@example.org does not exist                          | SOFT
            5.7.26  | 550 5.7.26 Unauthenticated email is not accepted due to domain's DMARC policy                | SOFT
            5.3.4   | 552 5.3.4 Message too big for system                                                         | SOFT
            4.4.7   | 550 4.4.7 Message expired                                                                    | SOFT
            5.0.0   | 550 User unknown (in reply to end of DATA command)                                           | SOFT
            5.2.1   | 550 5.2.1 The account is inactive                                                            | SOFT
            """)
    void onlyWhatCanNeverWorkIsHard(String status, String diagnosis, Kind kind) {
        InboundMail mail = Mails.read(Mails.report(
                "I'm sorry to have to inform you that your message could not be delivered.",
                "Final-Recipient: rfc822; anne@example.com\nAction: failed\nStatus: %s\nDiagnostic-Code: smtp; %s"
                        .formatted(status, diagnosis)));

        assertEquals(kind, mail.reading().kind());
        assertEquals("anne@example.com", mail.reading().recipients().getFirst().address());
    }

    @Test
    void theWorstRecipientDecides_andTheEditionIsKnown() {
        InboundMail mail = Mails.read(Mails.report("Two failed.", """
                Final-Recipient: rfc822; full@example.com
                Action: failed
                Status: 5.2.2

                Final-Recipient: rfc822; gone@example.com
                Action: failed
                Status: 5.1.1"""));

        assertEquals(
                new Reading.Report(List.of(
                        new FailedRecipient("full@example.com", "5.2.2", "failed", Verdict.SOFT),
                        new FailedRecipient("gone@example.com", "5.1.1", "failed", Verdict.HARD))),
                mail.reading());
        assertEquals(Kind.HARD, mail.reading().kind());
        assertEquals(List.of("d-2026-11-24-7"), mail.editions());
    }

    @ParameterizedTest
    @ValueSource(strings = {"delivered", "relayed", "expanded"})
    void aReportOfSuccessIsNothingToActOn(String action) {
        String fields = "Final-Recipient: rfc822; anne@example.com\nAction: %s\nStatus: 2.0.0".formatted(action);

        assertEquals(
                Kind.OTHER,
                Mails.read(Mails.report("All is well.", fields)).reading().kind());
    }

    @Test
    void aDelayIsSoft_whateverItsWords() {
        String fields =
                "Final-Recipient: rfc822; a@example.com\nAction: delayed\nStatus: 4.4.3\nDiagnostic-Code: smtp; Host not found";

        assertEquals(
                Kind.SOFT,
                Mails.read(Mails.report("Delayed.", fields)).reading().kind());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // qmail
                "Hi. This is the qmail-send program at example.net.\\nI'm afraid I wasn't able to deliver your message to the following addresses.\\n\\n<anne@example.com>:\\nSorry, no mailbox here by that name. (#5.1.1)\\n\\n--- Below this line is a copy of the message.\\n\\nReturn-Path: <vigie@example.org>\\nMessage-ID: <d-1.0123456789ab@example.org>",
                // Exim
                "This message was created automatically by mail delivery software.\\n\\nA message that you sent could not be delivered to one or more of its recipients.\\n\\n  anne@example.com\\n    Unrouteable address\\n\\n------ This is a copy of the message, including all the headers. ------\\n\\nMessage-ID: <d-1.0123456789ab@example.org>",
                // Exchange
                "Your message\\n\\n  To: vigie@example.org\\n  Subject: appels\\n\\ndid not reach the following recipient(s):\\n\\nanne@example.com on Tue, 24 Nov 2026 09:00:00 +0100\\n    The recipient name is not recognized\\n\\nMessage-ID: <d-1.0123456789ab@example.org>",
                // Notes
                "------- Failure Reasons  --------\\n\\nUser not listed in public Name & Address Book\\nanne@example.com\\n\\n------- Returned Message --------\\nMessage-ID: <d-1.0123456789ab@example.org>",
                // sendmail
                "   ----- Transcript of session follows -----\\n... while talking to mx.example.com.:\\n>>> RCPT To:<anne@example.com>\\n<<< 550 5.1.1 no such account\\n550 5.1.1 <anne@example.com>... User unknown\\n\\n   ----- Unsent message follows -----\\nMessage-ID: <d-1.0123456789ab@example.org>",
                "Votre message n'a pas pu être remis au destinataire suivant :\\n\\nanne@example.com\\n    550 utilisateur inconnu\\n\\n----- Message d'origine -----\\nMessage-ID: <d-1.0123456789ab@example.org>",
                "Uw bericht kon niet worden bezorgd aan:\\n\\n<anne@example.com>\\n   550 onbekende gebruiker\\n\\n----- Oorspronkelijk bericht -----\\nMessage-ID: <d-1.0123456789ab@example.org>",
            })
    void readsWhatServersWriteForPeople(String words) {
        InboundMail mail = Mails.read(Mails.from(
                "Mail Delivery <mailer-daemon@mx.example.net>", "Subject: failure notice", words.replace("\\n", "\n")));

        assertEquals(Kind.HARD, mail.reading().kind(), () -> mail.reading().toString());
        assertEquals("anne@example.com", mail.reading().recipients().getFirst().address());
        assertEquals(List.of("d-1"), mail.editions());
    }

    @Test
    void eximNamesItsRecipientsInAHeader() {
        String headers = "Subject: Mail delivery failed\nX-Failed-Recipients: anne@example.com,\n  bert@example.com";

        InboundMail mail = Mails.read(Mails.from(
                "Mail <mailer-daemon@example.net>", headers, "all relevant MX records point to non-existent hosts"));

        assertEquals(
                List.of("anne@example.com", "bert@example.com"),
                mail.reading().recipients().stream()
                        .map(FailedRecipient::address)
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({"abuse, COMPLAINT", "opt-out, COMPLAINT", "auth-failure, OTHER", "dmarc, OTHER", "not-spam, OTHER"})
    void onlyAReaderCanComplain(String type, Kind kind) {
        InboundMail mail = Mails.read("""
                From: feedback@provider.example
                Subject: FW: appels
                Content-Type: multipart/report; report-type=feedback-report; boundary=b

                --b
                Content-Type: message/feedback-report

                Feedback-Type: %s
                User-Agent: Provider/1
                Original-Rcpt-To: anne@example.com

                --b
                Content-Type: message/rfc822

                To: undisclosed
                Message-ID: <d-1.0123456789ab@example.org>

                words
                --b--
                """.formatted(type));

        assertEquals(kind, mail.reading().kind());
        assertEquals(List.of("d-1"), mail.editions());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Auto-Submitted: auto-replied\nSubject: Re: 7 nouveaux appels",
                "X-Autoreply: yes\nSubject: Re: 7 nouveaux appels",
                "Subject: Automatic reply: 7 nouveaux appels",
                "Subject: Réponse automatique : 7 nouveaux appels",
                "Subject: Automatisch antwoord: 7 nieuwe oproepen",
                "Subject: Abwesenheitsnotiz",
                "Subject: =?utf-8?Q?R=C3=A9ponse_automatique?=",
            })
    void aProgramsAnswerIsNobodysWish(String headers) {
        assertEquals(
                Kind.AUTO_REPLY,
                Mails.read(Mails.from("anne@example.com", headers, "Unsubscribe"))
                        .reading()
                        .kind());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            unsubscribe                 | Hello                             | UNSUBSCRIBE
            Re: 7 nouveaux appels       | UNSUBSCRIBE                       | UNSUBSCRIBE
            Désinscription              | Bonjour                           | UNSUBSCRIBE
            Re: 7 nouveaux appels       | Je souhaite me désabonner, merci. | UNSUBSCRIBE
            Re: 7 nieuwe oproepen       | Graag uitschrijven                | UNSUBSCRIBE
            Afmelden                    | Dag                               | UNSUBSCRIBE
            Re: 7 nouveaux appels       | Merci, très utile !               | OTHER
            Re: 7 nouveaux appels       | Oui.\\n\\n> se désinscrire ici    | OTHER
            """)
    void whoWantsToLeaveSaysSoInTheSubjectOrTheFirstLine(String subject, String body, Kind kind) {
        String mail = Mails.from("anne@example.com", "Subject: " + subject, body.replace("\\n", "\n"));

        assertEquals(kind, Mails.read(mail).reading().kind());
    }

    @Test
    void aNewslettersOwnUnsubscribeLineIsNotMeantForUs() {
        String mail = Mails.from("news@example.com", "List-Id: <news.example.com>\nSubject: News", "Unsubscribe here");

        assertEquals(Kind.OTHER, Mails.read(mail).reading().kind());
    }

    @Test
    void theEnvelopeNamesWhomTheReportDoesNot() {
        InboundMail mail = Mails.read("""
                Delivered-To: bounces+anne.b=example.com@example.org
                From: postmaster@example.net
                Subject: failure notice
                Date: Tue, 24 Nov 2026 09:00:00 +0100

                Unable to deliver: user unknown.
                """);

        assertEquals(
                List.of(new EmailAddress("anne.b@example.com")), mail.verp(new EmailAddress("bounces@example.org")));
        assertEquals(Kind.HARD, mail.reading().kind());
        assertEquals(Instant.parse("2026-11-24T08:00:00Z"), mail.date());
    }

    @Test
    void theSameMailHasTheSameKey_withOrWithoutAnId() {
        String mail = Mails.from("a@example.com", "Subject: a", "b");
        assertEquals(
                Mails.read(mail).key(),
                Mails.read("Received: by another way\n" + mail).key());
        assertNotEquals(
                Mails.read(mail).key(),
                Mails.read(Mails.from("a@example.com", "Subject: a", "something else"))
                        .key(),
                "another mail with the same Message-ID is another mail");
        assertEquals(
                Mails.read("Subject: a\n\nb").key(),
                Mails.read("Subject: a\n\nb").key());
        assertEquals(64, Mails.read("Subject: a\n\nb").key().length());
    }

    // --- hostile mails

    @Property(seed = "20261124", tries = 100)
    void anyBytesAreRead(@ForAll byte[] bytes) {
        MailReader.read(bytes).reading().kind();
    }

    @Property(seed = "20261124", tries = 100)
    void aCutReportIsRead(@ForAll int where) {
        byte[] whole = Mails.report("could not be delivered", "Final-Recipient: rfc822; a@example.com\nStatus: 5.1.1")
                .getBytes(StandardCharsets.UTF_8);

        MailReader.read(java.util.Arrays.copyOf(whole, Math.floorMod(where, whole.length)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"body", "line", "headers", "header", "nesting", "addresses", "fields", "html", "colons"})
    void hugeMailsAreReadInBoundedTime(String what) {
        int size = what.equals("body") ? 10_000_000 : 2_500_000;
        String start = "From: MAILER-DAEMON@example.net\nSubject: failure notice\n";
        String mail =
                switch (what) {
                    case "body" -> start + "\n" + "could not be delivered\n".repeat(size / 23);
                    case "line" -> start + "\n" + "a".repeat(size);
                    case "headers" -> start + "X-Failed-Recipients: a@example.com\n".repeat(size / 36) + "\nx";
                    case "header" -> start + "X-Failed-Recipients: " + "a@example.com, ".repeat(size / 15) + "\n\nx";
                    case "nesting" -> nested(10_000);
                    case "addresses" -> start + "\n" + "a.a.a.a.a.a@".repeat(size / 12);
                    case "fields" -> start + "\n" + "Final-Recipient: rfc822; a@example.com\n".repeat(size / 39);
                    case "html" -> start + "Content-Type: text/html\n\n" + "<div>".repeat(size / 5);
                    default -> start + "\n" + "user account mailbox : ".repeat(size / 23);
                };

        assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> MailReader.read(mail.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static String nested(int levels) {
        var mail = new StringBuilder("From: a@example.com\n");
        for (int i = 0; i < levels; i++) {
            mail.append("Content-Type: multipart/mixed; boundary=b")
                    .append(i)
                    .append("\n\n--b")
                    .append(i)
                    .append('\n');
        }
        return mail.append("\nend").toString();
    }
}
