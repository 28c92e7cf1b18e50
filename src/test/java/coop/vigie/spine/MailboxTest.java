package coop.vigie.spine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import coop.vigie.call.CallStore;
import coop.vigie.cli.HomeInTest;
import coop.vigie.fetch.Fetcher;
import coop.vigie.pipeline.FetchRound;
import coop.vigie.pipeline.RoundReport.Outcome;
import coop.vigie.pipeline.RoundReport.SourceReport;
import coop.vigie.source.FeedsFile;
import coop.vigie.source.Source;
import coop.vigie.store.Database;
import coop.vigie.store.LeaseStore;
import coop.vigie.store.NoticeStore;
import coop.vigie.store.Schema;
import coop.vigie.store.SourceStore;
import jakarta.mail.Flags;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Mails that members receive anyway, read from a real IMAP server on loopback, and from a folder of files. */
@Timeout(60)
class MailboxTest {

    /** The server stamps mails by the real clock. */
    private final Instant now = Instant.now();

    @TempDir
    private Path folder;

    private GreenMail server;
    private GreenMailUser user;
    private int port;
    private Database database;
    private final Fetcher fetcher = new Fetcher("vigie@example.org");

    @BeforeEach
    void aMailbox() {
        server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP).dynamicPort());
        server.start();
        port = server.getImap().getPort();
        user = server.setUser("alerts@example.com", "alerts", "sesame");
        database = Database.open(folder.resolve("data"), Schema.PUBLIC);
    }

    @AfterEach
    void closed() {
        fetcher.close();
        database.close();
        server.stop();
    }

    @Test
    void isReadMailByMail_eachOnce_andLeftAsItWas() throws Exception {
        deliver("one", "Appel aux autrices", "15 décembre 2031");
        deliver("two", "Résidence de création", "16 décembre 2031");

        SourceReport first = visit("");
        assertEquals(Outcome.FETCHED, first.outcome(), first::toString);
        assertEquals(2, first.ingested().added());
        assertEquals(Outcome.UNCHANGED, visit("").outcome());

        deliver("three", "Bourse aux projets", "17 décembre 2031");
        assertEquals(1, visit("").ingested().added());

        assertEquals(3, inbox().size(), "nothing is deleted");
        assertFalse(inbox().stream().anyMatch(MailboxTest::isSeen), "nothing looks read");
    }

    @Test
    void isReadAnew_withoutNewCalls_whenTheServerCountsAnew() throws Exception {
        deliver("one", "Appel aux autrices", "15 décembre 2031");
        assertEquals(1, visit("").ingested().added());

        server.reset();
        user = server.setUser("alerts@example.com", "alerts", "sesame");
        deliver("one", "Appel aux autrices", "15 décembre 2031");
        SourceReport again = visit("");

        assertEquals(0, again.ingested().added(), again::toString);
    }

    @Test
    void marksMailsAsRead_whereThatIsWanted() throws Exception {
        deliver("one", "Appel aux autrices", "15 décembre 2031");

        visit("mark-read: \"true\"");

        assertTrue(inbox().stream().allMatch(MailboxTest::isSeen));
    }

    @Test
    void readsWhatItsSendersSay_andNothingElse() throws Exception {
        deliver("one", "Appel aux autrices", "15 décembre 2031");

        assertEquals(0, visit("from: [example.net]").ingested().added());
        assertEquals(
                1,
                visit("from: [lettre@example.org], hosts: [example.org]")
                        .ingested()
                        .added());
    }

    @Test
    void isRefused_whenTheLoginIsWrong_withoutShowingThePassword() {
        SourceReport report = visit("", "opensesame", "INBOX", true);

        assertEquals(Outcome.REFUSED, report.outcome());
        assertTrue(report.message().contains("check user and password"), report.message());
        assertFalse(report.toString().contains("opensesame"), report::toString);
    }

    @Test
    void saysWhatIsMissing_whenItCannotBeRead() {
        SourceReport noFolder = visit("", "sesame", "Alertes", true);
        assertEquals(Outcome.FAILED, noFolder.outcome());
        assertTrue(noFolder.message().contains("no such folder"), noFolder.message());

        SourceReport inside = visit("", "sesame", "INBOX", false);
        assertEquals(Outcome.REFUSED, inside.outcome());
        assertTrue(inside.message().contains("private network"), inside.message());

        server.stop();
        SourceReport down = visit("");
        assertEquals(Outcome.FAILED, down.outcome());
        assertTrue(down.message().contains("cannot be reached"), down.message());
    }

    @Test
    void mayBeAFolderOfFiles_whereOneCallInTwoMailsIsOneCall() {
        var home = new HomeInTest(folder.resolve("home"), "2026-11-24T08:00:00Z").feeds("""
                - { id: letters, type: mailbox, url: "dir:mails", languages: [fr] }
                """);
        home.write(
                "mails/1.eml",
                letter("one", "Appel aux autrices", "https://www.example.org/a", "Date limite : 15 décembre 2031"));
        home.write(
                "mails/sub/2.eml",
                letter("two", "Rappel : appel aux autrices", "https://www.example.org/a", "Plus que quelques jours."));
        home.write("mails/3.eml", "not a mail");
        JsonNode report = home.fetch().json();

        assertEquals("fetched", report.at("/sources/0/outcome").asText(), report.toString());
        assertTrue(report.at("/sources/0/warnings").toString().contains("3.eml"), report.toString());
        JsonNode found = home.search("*");
        assertEquals(1, found.size(), found.toString());
        assertEquals("2031-12-15", found.at("/0/deadline/date").asText());
        assertEquals("https://www.example.org/a", found.at("/0/url").asText());
    }

    private SourceReport visit(String params) {
        return visit(params, "sesame", "INBOX", true);
    }

    private SourceReport visit(String params, String password, String mailFolder, boolean allowed) {
        var round = new FetchRound(
                fetcher,
                database,
                new SourceStore(database),
                new CallStore(database, new NoticeStore(database)),
                new LeaseStore(database, InstantSource.system()),
                now,
                false);
        return round.visit(List.of(source(params, password, mailFolder, allowed)), report -> {})
                .getFirst();
    }

    private Source source(String params, String password, String mailFolder, boolean allowed) {
        try {
            Path file = folder.resolve("feeds.yaml");
            Files.writeString(file, """
                    contact: vigie@example.org
                    sources:
                      - id: letters
                        type: mailbox
                        url: imap://127.0.0.1:%d/%s
                        login: { user: alerts, password: "${ENV:MAIL_PASSWORD}" }
                        params: { tls: none, %s }
                        languages: [fr]
                        timeout: 10s
                        allow-private-network: %s
                    """.formatted(port, mailFolder, params, allowed));
            return FeedsFile.read(file, Map.of("MAIL_PASSWORD", password))
                    .sources()
                    .getFirst();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void deliver(String id, String title, String deadline) {
        MimeMessage mail = GreenMailUtil.newMimeMessage(
                letter(id, title, "https://www.example.org/" + id, "Date limite : " + deadline));
        user.deliver(mail);
    }

    private static String letter(String id, String title, String link, String text) {
        return """
                Message-ID: <%s@example.org>
                From: Lettre <lettre@example.org>
                To: alerts@example.com
                Subject: Lettre
                Date: Mon, 23 Nov 2026 09:30:00 +0100
                MIME-Version: 1.0
                Content-Type: text/html; charset=utf-8

                <h2><a href="%s">%s</a></h2><p>%s</p><p><a href="https://www.example.org/unsubscribe/1">Se désinscrire</a></p>
                """.formatted(id, link, title, text).replace("\n", "\r\n");
    }

    private List<MimeMessage> inbox() throws FolderException {
        return server.getManagers().getImapHostManager().getInbox(user).getMessages().stream()
                .map(stored -> stored.getMimeMessage())
                .toList();
    }

    private static boolean isSeen(MimeMessage mail) {
        try {
            return mail.isSet(Flags.Flag.SEEN);
        } catch (jakarta.mail.MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
