package coop.vigie.spine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import coop.vigie.Upkeep;
import coop.vigie.Vigie;
import coop.vigie.cli.HomeInTest;
import coop.vigie.cli.HomeInTest.Ran;
import coop.vigie.curate.MarkStore;
import coop.vigie.curate.SuggestionStore;
import coop.vigie.curate.SuggestionStore.Suggestion;
import coop.vigie.deliver.Outbox;
import coop.vigie.group.GroupStore;
import coop.vigie.group.MemberStore;
import coop.vigie.notice.EmailAddress;
import coop.vigie.store.Database;
import coop.vigie.store.Schema;
import coop.vigie.token.Purpose;
import coop.vigie.token.TokenStore;
import jakarta.mail.Flags;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes back after a digest, and what members ask for by mail. */
@Timeout(60)
class InboxTest {

    private static final String NOW = "2026-11-24T08:00:00Z";
    /** Two readers who have their digest; every test works on a copy. */
    @TempDir
    static Path template;

    @TempDir
    Path folder;

    private HomeInTest home;
    private int mails;

    @BeforeAll
    static void twoReadersHaveTheirDigest() {
        HomeInTest home = new Story(template, NOW)
                .publish(Eforms.competition("00000001-2026", "p1", "2026-12-15"))
                .home();
        home.groups(
                Entries.group(
                        "arts",
                        "query: \"*\"",
                        Entries.member("anne@example.com", "fr"),
                        Entries.member("bert@example.com", "nl")),
                Entries.group(
                        "dance",
                        "query: \"*\"",
                        Entries.member("anne@example.com", "fr"),
                        "- { mail: zoe@example.com, status: pending }\n"));
        assertEquals(0, home.fetch().code());
        assertEquals(2, home.send().json().at("/sent").asInt());
    }

    @BeforeEach
    void aCopy() throws IOException {
        try (Stream<Path> files = Files.walk(template)) {
            for (Path each : files.skip(1).toList()) {
                Files.copy(each, folder.resolve(template.relativize(each).toString()));
            }
        }
        home = new HomeInTest(folder, NOW);
    }

    @Test
    void aHardBounceEndsEveryMembershipOfTheAddress_andIsHandledOnce() {
        bounce(messageId("anne@example.com"), "anne@example.com", "5.1.1", "User unknown");

        Ran first = inbox();
        assertEquals(List.of("hard suppressed anne@example.com hard bounce 5.1.1"), deeds(first));
        assertEquals(Map.of("arts", "suppressed", "dance", "suppressed"), statuses("anne@example.com"));
        assertEquals(Map.of("arts", "active"), statuses("bert@example.com"));

        Ran second = inbox();
        assertEquals(List.of(), deeds(second));
        assertTrue(second.err().contains("0 mails handled, 1 known before"), second::toString);
        assertEquals(
                List.of("hard bounce 5.1.1", "hard bounce 5.1.1"),
                members(database -> new MemberStore(database).history(new EmailAddress("anne@example.com"))).stream()
                        .map(MemberStore.Act::detail)
                        .toList());
    }

    @Test
    void aBounceAboutAMailThatWeNeverSentChangesNothing() {
        bounce("<e9-00000000.0123456789ab@example.org>", "anne@example.com", "5.1.1", "User unknown");
        complaint("<e9-00000000.0123456789ab@example.org>", "bert@example.com");

        Ran ran = inbox();

        assertEquals(List.of("hard not-ours", "complaint not-ours"), deeds(ran));
        assertTrue(ran.out().contains("may be forged"), ran::toString);
        assertEquals(Map.of("arts", "active", "dance", "active"), statuses("anne@example.com"));
    }

    @Test
    void aComplaintEndsEveryMembership() {
        complaint(messageId("bert@example.com"), "redacted@example.net");

        assertEquals(List.of("complaint suppressed bert@example.com complaint"), deeds(inbox()));
        assertEquals(Map.of("arts", "suppressed"), statuses("bert@example.com"));
    }

    @Test
    void theEnvelopeSenderNamesWhomTheReportDoesNot_whereWeSendSo() {
        home.write("vigie.yaml", "mail: { host: 127.0.0.1, port: 2525, tls: none, verp: true }");
        mail("""
                Delivered-To: vigie+bert=example.com@example.org
                From: postmaster@example.net
                Subject: Undeliverable

                Your message could not be delivered: unknown user.
                """);

        assertEquals(List.of("hard suppressed bert@example.com hard bounce"), deeds(inbox()));
    }

    @Test
    void softBouncesCountByDay_andTheFifthIsTheLast() {
        for (int day = 1; day <= 5; day++) {
            String date = "Date: %d Nov 2026 09:00:00 +0000\n".formatted(18 + day);
            for (int twice = 0; twice < 2; twice++) {
                mail(date + report(messageId("bert@example.com"), "bert@example.com", "4.2.2", "Mailbox full"));
            }
        }

        List<String> deeds = deeds(inbox());

        assertEquals("soft counted bert@example.com 1", deeds.get(1));
        assertEquals("soft counted bert@example.com 4", deeds.get(7));
        assertEquals("soft suppressed bert@example.com 5 soft bounces", deeds.get(8));
        assertEquals(Map.of("arts", "suppressed"), statuses("bert@example.com"));
    }

    @ParameterizedTest
    @CsvSource({"Unsubscribe, Hello", "Re: appels, Je veux me désinscrire", "UITSCHRIJVEN, Dag"})
    void whoAsksToLeaveLeavesAllGroups(String subject, String body) {
        mail("From: Anne <Anne@example.com>\nSubject: %s\n\n%s\n".formatted(subject, body));

        assertEquals(List.of("unsubscribe unsubscribed anne@example.com"), deeds(inbox()));
        assertEquals(Map.of("arts", "unsubscribed", "dance", "unsubscribed"), statuses("anne@example.com"));
    }

    @Test
    void anAbsenceThatQuotesTheWordDoesNothing() {
        mail("From: anne@example.com\nAuto-Submitted: auto-replied\nSubject: Absence\n\nunsubscribe\n");
        mail("From: anne@example.com\nSubject: Re: appels\n\nMerci !\n\n> unsubscribe here\n");
        mail("From: nobody@example.net\nSubject: unsubscribe\n\n\n");

        assertEquals(
                List.of("auto-reply nothing", "other left", "unsubscribe no-member nobody@example.net"),
                deeds(inbox()));
        assertEquals(Map.of("arts", "active", "dance", "active"), statuses("anne@example.com"));
    }

    @Test
    void aMemberSignalsACall_andNobodyElseCan() {
        mail("From: anne@example.com\nSubject: Suggestion : Résidence\n\nVoyez https://example.net/appel.\n");
        mail("From: nobody@example.net\nSubject: Suggestion\n\nhttps://example.net/spam\n");
        mail("From: zoe@example.com\nSubject: tip\n\nhttps://example.net/pending\n");

        assertEquals(
                List.of("other suggested anne@example.com https://example.net/appel", "other left", "other left"),
                deeds(inbox()));
        List<Suggestion> pending = members(database -> new SuggestionStore(database).all());
        assertEquals(
                List.of("https://example.net/appel"),
                pending.stream().map(Suggestion::url).toList());
        assertEquals("Résidence", pending.getFirst().title());
    }

    @Test
    void aTrialRunChangesNothing() {
        mail("From: anne@example.com\nSubject: unsubscribe\n\n\n");

        Ran trial = home.run("inbox", folder.resolve("mails").toString(), "--dry-run");

        assertTrue(trial.out().contains("anne@example.com has left"), trial::toString);
        assertTrue(trial.err().contains("Nothing was changed"), trial::toString);
        assertEquals(Map.of("arts", "active", "dance", "active"), statuses("anne@example.com"));
    }

    @Test
    void aTokenSpeaksForItsBearer_whoeverSendsIt() {
        String reader = token(Purpose.READER, "anne@example.com", "e1");
        mail("From: alias@example.net\nTo: vigie+" + reader + "@example.org\nSubject: unsubscribe\n\n\n");

        assertEquals(List.of("unsubscribe unsubscribed anne@example.com"), deeds(inbox()));
        assertEquals(Map.of("arts", "unsubscribed", "dance", "unsubscribed"), statuses("anne@example.com"));
    }

    @ParameterizedTest
    @CsvSource({
        "Re: TOKEN, Oui, confirmed",
        "confirm TOKEN, '', confirmed",
        "Re: tu confirmes ?, '', confirmed",
        "Re: tu confirmes ?, Oui merci !, confirmed",
        "Re: tu confirmes ?, Non merci, left",
        "Re: tu confirmes ?, 'Oui non merci, je ne veux pas de ces mails', left",
        "Re: tu confirmes ?, 'Ok, we have received your request #4711', left",
        "Re: tu confirmes ?, C'est quoi ?, left"
    })
    void whoAnswersTheOptInMailWithYesOrNothingAgrees(String subject, String words, String deed) {
        String token = token(Purpose.CONFIRM, "zoe@example.com", "dance");
        mail("From: zoe@example.com\nSubject: %s\n\n%s\n\nLe 24 nov. 2026, Vigie a écrit :\n> On nous a donné\n> [%s]\n"
                .formatted(subject.replace("TOKEN", token), words, token));

        String done = deeds(inbox()).getFirst();

        assertTrue(done.startsWith("other " + deed), done);
        assertEquals(Map.of("dance", deed.equals("confirmed") ? "active" : "pending"), statuses("zoe@example.com"));
    }

    @Test
    void anAnswerToADigestWithAQuestionEndsNothing() {
        String reader = token(Purpose.READER, "anne@example.com", "e1");
        mail(
                "From: anne@example.com\nSubject: Re: 7 nouveaux appels\n\nUne question\n\n> Ne plus recevoir\n> unsubscribe%20"
                        + reader + "\n");

        assertEquals(List.of("other left"), deeds(inbox()));
        assertEquals(Map.of("arts", "active", "dance", "active"), statuses("anne@example.com"));
    }

    @ParameterizedTest
    @CsvSource({"not 1 TOKEN, ''", "Re: 1 nouvel appel, pas 1", "Re: 1 nouvel appel, Pas 1."})
    void whoAnswersThatACallIsNotForThemSeesItNoMore(String subject, String words) {
        String edition = members(database -> new Outbox(database)
                .list().stream()
                        .filter(entry -> entry.edition().recipient().equals("anne@example.com"))
                        .map(entry -> entry.edition().id())
                        .findFirst()
                        .orElseThrow());
        String reader = token(Purpose.READER, "anne@example.com", edition);
        mail("From: anne@example.com\nSubject: %s\n\n%s\n\nVigie wrote:\n> [%s]\n"
                .formatted(subject.replace("TOKEN", reader), words, reader));

        assertEquals(List.of("other marked anne@example.com"), deeds(inbox()));
        assertEquals(
                List.of("anne@example.com one:1-2026 true"),
                members(database -> database.read(handle -> new MarkStore(database).all(handle))).stream()
                        .map(each -> each.mail().value() + " " + each.call() + " "
                                + each.mark().hidden())
                        .toList());
    }

    @Test
    void aStrangerWithAForwardedMailEndsNothing() {
        String reader = token(Purpose.READER, "anne@example.com", "e1");
        mail("From: stranger@example.net\nSubject: Fwd: 7 appels\n\nPlease unsubscribe me\n\n> [" + reader + "]\n");

        assertEquals(List.of("unsubscribe no-member stranger@example.net"), deeds(inbox()));
        assertEquals(Map.of("arts", "active", "dance", "active"), statuses("anne@example.com"));
    }

    @Test
    void aForgedBounceThatOnlyNamesAMemberChangesNothing_whereWeSendWithoutVerp() {
        mail(report("<none@example.net>", "anne@example.com", "5.1.1", "User unknown")
                .replace("To: vigie@example.org", "To: vigie+anne=example.com@example.org"));

        assertTrue(deeds(inbox()).getFirst().startsWith("hard not-ours"));
        assertEquals(Map.of("arts", "active", "dance", "active"), statuses("anne@example.com"));
    }

    private String token(Purpose purpose, String mail, String about) {
        return members(database ->
                database.write(handle -> new TokenStore().issue(handle, purpose, new EmailAddress(mail), about, null)));
    }

    @Test
    void aCrashInTheMiddleOfAMailLeavesItForTheNextTime() {
        bounce(messageId("bert@example.com"), "bert@example.com", "5.1.1", "User unknown");
        mail("From: anne@example.com\nSubject: unsubscribe\n\n\n");
        members(database -> database.write(handle -> handle.execute("""
                CREATE TRIGGER crash BEFORE INSERT ON member_log WHEN NEW.event = 'left'
                BEGIN SELECT RAISE(ABORT, 'killed'); END""")));

        assertEquals(3, home.run("inbox", folder.resolve("mails").toString()).code());
        assertEquals(Map.of("arts", "suppressed"), statuses("bert@example.com"));
        assertEquals(Map.of("arts", "active", "dance", "active"), statuses("anne@example.com"));

        members(database -> database.write(handle -> handle.execute("DROP TRIGGER crash")));
        assertEquals(List.of("unsubscribe unsubscribed anne@example.com"), deeds(inbox()));
    }

    @Test
    void aMailboxIsReadOverImap_eachMailOnce_andNothingIsDeleted() throws Exception {
        var server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP).dynamicPort());
        server.start();
        try {
            GreenMailUser user = server.setUser("vigie@example.org", "vigie", "sesame");
            home.write("vigie.yaml", """
                    inbox: { host: 127.0.0.1, port: %d, tls: none, user: vigie, password: "${ENV:PASSWORD}", every: 15m }
                    """.formatted(server.getImap().getPort()));
            // The server stamps mails by the real clock.
            Instant now = Instant.now();
            deliver(user, "From: anne@example.com\nSubject: unsubscribe\nMessage-ID: <a@example.com>\n\n\n");

            assertEquals(List.of("anne@example.com"), upkeep(now));
            deliver(user, "From: bert@example.com\nSubject: afmelden\nMessage-ID: <b@example.com>\n\n\n");
            assertEquals(List.of(), upkeep(now.plusSeconds(60)));
            assertEquals(List.of("bert@example.com"), upkeep(now.plusSeconds(960)));
            assertEquals(List.of(), upkeep(now.plusSeconds(1920)));

            List<MimeMessage> left = List.of(server.getReceivedMessages());
            assertEquals(2, left.size());
            for (MimeMessage each : left) {
                assertTrue(each.isSet(Flags.Flag.SEEN));
            }
        } finally {
            server.stop();
        }
        assertEquals(Map.of("arts", "unsubscribed"), statuses("bert@example.com"));
    }

    @Test
    void withoutAMailboxOrAFolderThereIsNothingToRead() {
        Ran ran = home.run("inbox");

        assertEquals(2, ran.code());
        assertTrue(ran.err().contains("names no inbox"), ran::toString);
    }

    // --- mails

    private Path mail(String text) {
        mails++;
        String id = "Message-ID: <%d@example.net>\n".formatted(mails);
        return home.write("mails/%02d.eml".formatted(mails), id + text);
    }

    private void bounce(String original, String recipient, String status, String words) {
        mail(report(original, recipient, status, words));
    }

    private static String report(String original, String recipient, String status, String words) {
        return """
                Return-Path: <>
                From: MAILER-DAEMON@example.net
                To: vigie@example.org
                Subject: Undelivered Mail
                Content-Type: multipart/report; report-type=delivery-status; boundary=b

                --b

                Your message could not be delivered.
                --b
                Content-Type: message/delivery-status

                Reporting-MTA: dns; example.net

                Final-Recipient: rfc822; %s
                Action: failed
                Status: %s
                Diagnostic-Code: smtp; %s

                --b
                Content-Type: text/rfc822-headers

                Message-ID: %s
                --b--
                """.formatted(recipient, status, words, original);
    }

    private void complaint(String original, String recipient) {
        mail("""
                From: feedback@provider.example
                Subject: complaint
                Content-Type: multipart/report; report-type=feedback-report; boundary=b

                --b
                Content-Type: message/feedback-report

                Feedback-Type: abuse
                Original-Rcpt-To: %s

                --b
                Content-Type: text/rfc822-headers

                Message-ID: %s
                --b--
                """.formatted(recipient, original));
    }

    private static void deliver(GreenMailUser user, String mail) throws Exception {
        user.deliver(new MimeMessage(
                GreenMailUtil.getSession(new ServerSetup(25, "127.0.0.1", "smtp")),
                new ByteArrayInputStream(mail.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII))));
    }

    // --- looks

    private Ran inbox() {
        Ran ran = home.run("inbox", folder.resolve("mails").toString(), "--format", "json");
        assertEquals(0, ran.code(), ran::toString);
        return ran;
    }

    /** Class, deed, address and detail of each mail. */
    private static List<String> deeds(Ran ran) {
        return StreamSupport.stream(ran.json().spliterator(), false)
                .map(each -> List.of("class", "deed", "address", "detail").stream()
                        .map(each::path)
                        .filter(value -> !value.isNull())
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(" "))
                        .strip())
                .toList();
    }

    private List<String> upkeep(Instant now) {
        try (var vigie = new Vigie(folder, now, Map.of("PASSWORD", "sesame"))) {
            Upkeep.Done done = new Upkeep(vigie).now();
            assertEquals(List.of(), done.remarks());
            return done.inbox().stream()
                    .map(each -> String.valueOf(each.deed().address()))
                    .toList();
        }
    }

    private String messageId(String recipient) {
        return members(database -> new Outbox(database)
                .list().stream()
                        .filter(entry -> entry.edition().recipient().equals(recipient))
                        .map(Outbox.Entry::messageId)
                        .findFirst()
                        .orElseThrow());
    }

    /** By group. */
    private Map<String, String> statuses(String mail) {
        return members(database -> new GroupStore(database)
                .all().stream()
                        .flatMap(group -> group.members().stream()
                                .filter(member -> member.mail().value().equals(mail))
                                .map(member -> Map.entry(
                                        group.id().value(), member.status().code())))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private <T> T members(Function<Database, T> work) {
        try (Database database = Database.open(folder.resolve("data"), Schema.MEMBERS)) {
            return work.apply(database);
        }
    }
}
