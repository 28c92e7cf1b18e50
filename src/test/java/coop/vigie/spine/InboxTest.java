package coop.vigie.spine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
import coop.vigie.curate.Suggestion;
import coop.vigie.curate.SuggestionStore;
import coop.vigie.deliver.Outbox;
import coop.vigie.group.GroupId;
import coop.vigie.group.GroupStore;
import coop.vigie.group.Member;
import coop.vigie.inbox.Deed;
import coop.vigie.inbox.InboxStore;
import coop.vigie.inbox.Tokens;
import coop.vigie.inbox.Tokens.Meaning;
import coop.vigie.inbox.Tokens.Purpose;
import coop.vigie.notice.EmailAddress;
import coop.vigie.pipeline.InboxRun;
import coop.vigie.store.Database;
import coop.vigie.store.Schema;
import jakarta.mail.Flags;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private static final String TOKEN = "vg-" + "a2".repeat(13);

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
                Optional.of("hard bounce 5.1.1"),
                members(database -> new InboxStore(database).suppression("anne@example.com")));
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
    void theEnvelopeSenderNamesWhomTheReportDoesNot() {
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

        assertEquals(List.of("unsubscribe unsubscribed Anne@example.com"), deeds(inbox()));
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
        List<Suggestion> pending = members(database -> new SuggestionStore(database).pending());
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
    void aTokenSpeaksForItsBearer() {
        Path leaves = mail("From: alias@example.net\nTo: vigie+" + TOKEN + "@example.org\nSubject: x\n\n\n");
        Path confirms = mail("From: zoe@example.com\nSubject: Re: " + TOKEN + "\n\nOui\n");

        members(database -> {
            var arts = new Meaning(
                    Purpose.UNSUBSCRIBE, new EmailAddress("anne@example.com"), Optional.of(new GroupId("arts")));
            assertEquals(
                    Deed.Act.UNSUBSCRIBED,
                    run(database, token(arts))
                            .files(List.of(leaves), false)
                            .handled()
                            .getFirst()
                            .deed()
                            .act());
            var zoe = new Meaning(Purpose.CONFIRM, new EmailAddress("zoe@example.com"), Optional.empty());
            assertEquals(
                    Deed.Act.CONFIRMED,
                    run(database, token(zoe))
                            .files(List.of(confirms), false)
                            .handled()
                            .getFirst()
                            .deed()
                            .act());
            return database;
        });

        assertEquals(Map.of("arts", "unsubscribed", "dance", "active"), statuses("anne@example.com"));
        assertEquals(Map.of("dance", "active"), statuses("zoe@example.com"));
        Member zoe = members(database -> new GroupStore(database)
                .find(new GroupId("dance"))
                .orElseThrow()
                .members()
                .getLast());
        assertEquals(
                "opt-in by mail", zoe.consent() == null ? "" : zoe.consent().how());
        assertEquals(
                LocalDate.of(2026, 11, 24),
                zoe.consent() == null ? null : zoe.consent().date());
    }

    @Test
    void aCrashInTheMiddleOfAMailLeavesItForTheNextTime() {
        bounce(messageId("bert@example.com"), "bert@example.com", "5.1.1", "User unknown");
        mail("From: anne@example.com\nSubject: unsubscribe\n\n\n");
        List<Path> both = List.of(folder.resolve("mails/01.eml"), folder.resolve("mails/02.eml"));
        Tokens crash = text -> {
            throw new IllegalStateException("killed");
        };

        members(database -> assertThrows(
                IllegalStateException.class, () -> run(database, crash).files(both, false)));
        assertEquals(Map.of("arts", "suppressed"), statuses("bert@example.com"));
        assertEquals(Map.of("arts", "active", "dance", "active"), statuses("anne@example.com"));

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

    private static InboxRun run(Database database, Tokens tokens) {
        return new InboxRun(database, new GroupStore(database), new Outbox(database), tokens, Instant.parse(NOW));
    }

    private static Tokens token(Meaning meaning) {
        return text -> text.contains(TOKEN) ? Optional.of(meaning) : Optional.empty();
    }
}
