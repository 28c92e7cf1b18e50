package coop.vigie.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.deliver.Outbox.Outgoing;
import coop.vigie.deliver.QuickSmtp;
import coop.vigie.deliver.SmtpServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** P4 and the outbox: whatever a mail server does, each message ends where it should. */
class SmtpFaultsTest {

    private static final List<String> READERS = List.of("a@example.org", "b@example.org");

    @TempDir
    private Path folder;

    private OutboxInTest home;
    private SmtpServer server;

    @BeforeEach
    void start() throws Exception {
        home = new OutboxInTest(folder);
        server = SmtpServer.plain();
    }

    @AfterEach
    void stop() throws Exception {
        home.close();
        server.close();
    }

    /**
     * One fault at one command, for as long as it lasts; then the server is well again and time has passed. STARTTLS and
     * AUTH stand in {@code SmtpTransportTest}: they end as a bad greeting does.
     *
     * <p>EHLO that is not understood falls back to HELO (RFC 5321, section 4.1.4). {@code down}: the run stops and nothing counts as tried. {@code copies}: how often the first reader's message
     * arrived in all; more than once only where the server took it and did not say so.
     */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(textBlock = """
            command  | answer                | down  | state   | ledger   | copies
            GREETING | 421 too busy          | true  | pending | reserved | 1
            GREETING | 554 go away           | true  | pending | reserved | 1
            GREETING | disconnect            | true  | pending | reserved | 1
            GREETING | silence               | true  | pending | reserved | 1
            GREETING | garbage               | true  | pending | reserved | 1
            EHLO     | 421 too busy          | false | sent    | told     | 1
            EHLO     | 502 not implemented   | false | sent    | told     | 1
            EHLO     | disconnect            | true  | pending | reserved | 1
            EHLO     | silence               | true  | pending | reserved | 1
            EHLO     | garbage               | false | sent    | told     | 1
            MAIL     | 421 closing           | false | pending | reserved | 1
            MAIL     | 451 try again         | false | pending | reserved | 1
            MAIL     | 452 no room           | false | pending | reserved | 1
            MAIL     | 550 not this sender   | true  | pending | reserved | 1
            MAIL     | disconnect            | false | pending | reserved | 1
            MAIL     | silence               | false | pending | reserved | 1
            MAIL     | garbage               | false | pending | reserved | 1
            RCPT     | 421 closing           | false | pending | reserved | 1
            RCPT     | 450 greylisted        | false | pending | reserved | 1
            RCPT     | 452 mailbox full      | false | pending | reserved | 1
            RCPT     | 499 whatever          | false | pending | reserved | 1
            RCPT     | 530 log in first      | true  | pending | reserved | 1
            RCPT     | 550 no such person    | false | failed  | released | 0
            RCPT     | 554 no                | false | failed  | released | 0
            RCPT     | disconnect            | false | pending | reserved | 1
            RCPT     | silence               | false | pending | reserved | 1
            RCPT     | garbage               | false | pending | reserved | 1
            DATA     | 421 closing           | false | pending | reserved | 1
            DATA     | 451 try again         | false | pending | reserved | 1
            DATA     | 554 no                | false | failed  | released | 0
            DATA     | 250 what              | false | pending | reserved | 1
            DATA     | disconnect            | false | pending | reserved | 1
            DATA     | silence               | false | pending | reserved | 1
            DATA     | garbage               | false | pending | reserved | 1
            .        | 421 closing           | false | pending | reserved | 1
            .        | 452 no room           | false | pending | reserved | 1
            .        | 552 too large         | false | failed  | released | 0
            .        | 554 looks like spam   | false | failed  | released | 0
            .        | disconnect            | false | pending | reserved | 1
            .        | silence               | false | pending | reserved | 1
            .        | garbage               | false | pending | reserved | 1
            .        | take and disconnect   | false | pending | reserved | 2
            .        | take and silence      | false | pending | reserved | 2
            .        | 251 taken too         | false | sent    | told     | 1
            RSET     | 421 closing           | false | sent    | told     | 1
            QUIT     | 421 closing           | false | sent    | told     | 1
            QUIT     | 500 what              | false | sent    | told     | 1
            QUIT     | disconnect            | false | sent    | told     | 1
            QUIT     | silence               | false | sent    | told     | 1
            QUIT     | garbage               | false | sent    | told     | 1
            """, delimiter = '|', useHeadersInDisplayName = true)
    void endsInTheRightState(String command, String answer, boolean down, String state, String ledger, int copies) {
        List<Outgoing> messages = home.freeze("e1", READERS);
        server.fail(command, answer);

        Sending during = run();

        assertEquals(down, during.down().isPresent(), () -> during.toString());
        assertEquals(READERS.size(), during.messages().size(), "each message has a fate");
        for (Outgoing message : messages) {
            assertEquals(state, home.state(message));
            assertEquals(ledger, home.ledger(message));
        }

        server.heal();
        home.clock = home.clock.plus(Duration.ofMinutes(5));
        Sending after = run();

        boolean again = state.equals("pending");
        assertEquals(again ? READERS.size() : 0, after.messages().size());
        for (Outgoing message : messages) {
            assertEquals(again ? "sent" : state, home.state(message));
            assertEquals(again ? "told" : ledger, home.ledger(message));
            // Always the same Message-ID, so that a mail program can see that two are one.
            assertEquals(
                    copies,
                    server.taken().stream()
                            .filter(taken -> taken.messageId().equals(message.messageId()))
                            .count());
        }
    }

    @Test
    void triesNothingElse_whileTheServerIsDown() throws Exception {
        home.freeze("e1", List.of("a@example.org", "b@example.org", "c@example.org"));
        server.fail("GREETING", "421 too busy");

        Sending down = run();

        assertEquals(1, server.connections());
        assertEquals(3, down.messages().size());
        server.heal();
        // By hand at once: nothing was put off.
        assertEquals(3, run().messages().size());
        assertEquals(3, server.taken().size());
    }

    @Test
    void goesOnWithTheOthers_whenOneIsRefusedAndOneIsPutOff() {
        List<Outgoing> messages = home.freeze("e1", List.of("a@example.org", "b@example.org", "c@example.org"));
        var transport = QuickSmtp.to(OutboxInTest.mail(server.port()));
        var delivery = home.delivery(transport, new Pace(null, null));
        server.fail("RCPT", "550 nobody");
        delivery.deliver(messages.subList(0, 1), any -> {});
        server.fail("RCPT", "450 later");
        delivery.deliver(messages.subList(1, 2), any -> {});
        server.heal();
        delivery.deliver(messages.subList(2, 3), any -> {});
        transport.close();

        assertEquals(
                List.of("failed", "pending", "sent"),
                messages.stream().map(home::state).toList());
    }

    @Test
    void waitsLongerEachTime_andGivesUpAfterFourDays() {
        Outgoing message = home.freeze("e1", List.of("a@example.org")).getFirst();
        server.fail("RCPT", "450 greylisted");
        var attempts = new java.util.ArrayList<Long>();
        while (!home.state(message).equals("failed")) {
            if (!run().messages().isEmpty()) {
                attempts.add(Duration.between(OutboxInTest.NOW, home.clock).toMinutes());
            }
            home.clock = home.clock.plus(Duration.ofMinutes(5));
        }

        assertEquals(List.of(0L, 5L, 10L, 20L, 40L, 80L, 160L, 320L, 640L, 1000L), attempts.subList(0, 10));
        assertEquals(4 * 24 * 60 / 360, attempts.size() - 8, 2, attempts::toString);
        assertTrue(attempts.getLast() >= 4 * 24 * 60, attempts::toString);
        assertEquals("released", home.ledger(message));
        assertEquals(Set.of("a@example.org"), home.outbox.resting(home.clock));
        assertEquals(Set.of(), home.outbox.resting(home.clock.plus(Duration.ofDays(1))));
    }

    @Test
    void letsARecipientBe_onceAMessageToThemHasFailed() {
        List<String> reader = List.of("a@example.org");
        Outgoing first = home.freeze("e1", reader).getFirst();
        Outgoing second = home.freeze("e2", reader).getFirst();
        server.fail("RCPT", "550 no such person");

        assertEquals(1, run().messages().size());
        assertEquals(0, run().messages().size());
        assertEquals(List.of("failed", "pending"), List.of(home.state(first), home.state(second)));

        home.clock = home.clock.plus(Duration.ofDays(1));
        assertEquals(1, run().messages().size());
    }

    @Test
    void triesAtOnce_whenTheNextAttemptWasSetUnderAWrongClock() {
        home.freeze("e1", List.of("a@example.org"));
        home.clock = OutboxInTest.NOW.plus(Duration.ofDays(900));
        server.fail("RCPT", "450 later");
        run();
        server.heal();
        home.clock = OutboxInTest.NOW;

        assertEquals(1, run().messages().size());
        assertEquals(1, server.taken().size());
    }

    @Test
    void sendsAgainWithTheSameId_whatWasBeingSentWhenTheProgramEnded() {
        Outgoing message = home.freeze("e1", List.of("a@example.org")).getFirst();
        home.members.write(handle -> home.outbox.sending(handle, message.editionId(), home.clock));

        run();

        assertEquals("sent", home.state(message));
        assertEquals(
                message.messageId(),
                server.taken().stream().map(SmtpServer.Taken::messageId).collect(Collectors.joining()));
    }

    private Sending run() {
        try (var transport = QuickSmtp.to(OutboxInTest.mail(server.port()))) {
            return home.run(transport);
        }
    }
}
