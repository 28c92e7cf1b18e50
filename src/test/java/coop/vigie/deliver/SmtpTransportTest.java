package coop.vigie.deliver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.config.Secret;
import coop.vigie.config.Settings.Mail;
import coop.vigie.config.Settings.Tls;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Handing messages to a real server. */
class SmtpTransportTest {

    private static final Timeouts SHORT =
            new Timeouts(Duration.ofSeconds(2), Duration.ofMillis(300), Duration.ofMillis(600));
    private static final String PASSWORD = "s3cret-word";

    @TempDir
    private static Path folder;

    private static SSLContext localhost;

    @BeforeAll
    static void certificate() throws Exception {
        localhost = Certificates.of(folder, "dns:localhost,ip:127.0.0.1");
    }

    @ParameterizedTest
    @EnumSource(Tls.class)
    void handsTheMessageOver_asItIs(Tls tls) throws Exception {
        String login = "vigie:" + PASSWORD;
        String message =
                "Message-ID: <e1.a@example.org>\r\nSubject: =?UTF-8?Q?th=C3=A9=C3=A2tre?=\r\n\r\n.one\r\n..two\r\n.\r\nend\r\n";
        try (var server = new SmtpServer(tls == Tls.NONE ? null : localhost, tls == Tls.IMPLICIT, login);
                var transport = transport(server, tls, PASSWORD)) {

            Receipt receipt =
                    transport.send("a@example.org", "<e1.a@example.org>", message.getBytes(StandardCharsets.UTF_8));

            assertEquals(new Receipt.Accepted("250 taken", null), receipt);
            assertEquals(
                    List.of(new SmtpServer.Taken(
                            "<e1.a@example.org>", "bounces@example.org", "a@example.org", message)),
                    server.taken());
        }
    }

    @Test
    void namesTheRecipientInTheSender_whereItFits() throws Exception {
        try (SmtpServer server = SmtpServer.plain();
                var transport = new SmtpTransport(
                        new Mail("localhost", server.port(), Tls.NONE, null, null, null, null, null, null, null, true),
                        "bounces@example.org")) {
            send(transport, "anne");
            send(transport, "a-name-that-is-far-too-long-to-stand-beside-another-one");

            assertEquals(
                    List.of("bounces+anne=example.org@example.org", "bounces@example.org"),
                    server.taken().stream().map(SmtpServer.Taken::sender).toList());
        }
    }

    @Test
    void usesOneConnection_andRenewsItBeforeAServerTires() throws Exception {
        try (var server = SmtpServer.plain();
                var transport = transport(server, Tls.NONE, null)) {
            for (int i = 0; i < 200; i++) {
                assertInstanceOf(Receipt.Accepted.class, send(transport, "m" + i));
            }
            assertEquals(3, server.connections());
            assertEquals(200, server.taken().size());
        }
    }

    @Test
    void takesAnotherConnection_whenTheServerSaysTooMany() throws Exception {
        try (var server = SmtpServer.plain();
                var transport = transport(server, Tls.NONE, null)) {
            server.tiresAfter(3);
            for (int i = 0; i < 10; i++) {
                assertInstanceOf(Receipt.Accepted.class, send(transport, "m" + i));
            }
            assertEquals(4, server.connections());
        }
    }

    @Test
    void takesAnotherConnection_whenTheServerHungUpBetweenTwoMessages() throws Exception {
        try (var server = SmtpServer.plain();
                var transport = transport(server, Tls.NONE, null)) {
            send(transport, "one");
            server.hangUp();

            assertInstanceOf(Receipt.Accepted.class, send(transport, "two"));
            assertEquals(2, server.taken().size());
        }
    }

    @Test
    void offersNoSecondTime_whenTheServerHungUpOnAWholeMessage() throws Exception {
        try (var server = SmtpServer.plain();
                var transport = transport(server, Tls.NONE, null)) {
            send(transport, "one");
            server.fail(".", SmtpServer.TAKE_AND_DISCONNECT);

            assertInstanceOf(Receipt.TryLater.class, send(transport, "two"));
            assertEquals(2, server.taken().size());
        }
    }

    @Test
    void refusesOneRecipient_andGoesOnWithTheOthers() throws Exception {
        try (var server = SmtpServer.plain();
                var transport = transport(server, Tls.NONE, null)) {
            server.fail("RCPT", "550 5.1.1 <one@example.org>: no such person");
            Receipt refused = send(transport, "one");
            server.heal();

            // What is kept and printed does not repeat the address.
            assertEquals(new Receipt.Refused("RCPT was refused: 550 5.1.1 <…>: no such person", 550), refused);
            assertInstanceOf(Receipt.Accepted.class, send(transport, "two"));
            assertEquals(1, server.connections());
        }
    }

    @Test
    void countsAnyPositiveAnswerToTheMessageAsTaken() throws Exception {
        try (var server = SmtpServer.plain();
                var transport = transport(server, Tls.NONE, null)) {
            server.fail(".", "251 taken, and forwarded");

            assertInstanceOf(Receipt.Accepted.class, send(transport, "one"));
        }
    }

    /** RFC 3207: whoever wants protection must not be talked out of it. */
    @Test
    void saysNothing_toAServerThatHidesStarttls() throws Exception {
        try (var server = new SmtpServer(null, false, "vigie:" + PASSWORD);
                var transport = transport(server, Tls.STARTTLS, PASSWORD)) {

            var down = assertThrows(MailServerDown.class, () -> send(transport, "one"));

            assertTrue(down.reason().contains("STARTTLS"), down::reason);
            assertTrue(
                    server.heard().stream().allMatch(line -> line.matches("(?s)(EHLO|QUIT).*")),
                    () -> server.heard().toString());
        }
    }

    @ParameterizedTest
    @EnumSource(value = Tls.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void trustsNoCertificateOfAnother(Tls tls) throws Exception {
        SSLContext other = Certificates.of(folder, "dns:localhost,ip:127.0.0.1");
        try (var server = new SmtpServer(other, tls == Tls.IMPLICIT, "vigie:" + PASSWORD);
                var transport = transport(server, tls, PASSWORD)) {
            var down = assertThrows(MailServerDown.class, () -> send(transport, "one"));

            assertTrue(down.reason().startsWith("it cannot be trusted"), down::reason);
            assertEquals(
                    List.of(),
                    server.heard().stream()
                            .filter(line -> line.startsWith("AUTH"))
                            .toList());
        }
    }

    @ParameterizedTest
    @EnumSource(value = Tls.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void trustsNoCertificateForAnotherName(Tls tls) throws Exception {
        SSLContext elsewhere = Certificates.of(folder, "dns:mail.example.org");
        try (var server = new SmtpServer(elsewhere, tls == Tls.IMPLICIT, null)) {
            var mail = mail(server.port(), tls, null);
            var transport = new SmtpTransport(mail, "bounces@example.org", elsewhere, SHORT);

            assertThrows(MailServerDown.class, () -> send(transport, "one"));

            assertEquals(List.of(), server.taken());
        }
    }

    @Test
    void tellsNobodyThePassword_whenTheServerRepeatsIt() throws Exception {
        String wrong = PASSWORD + "-wrong";
        try (var server = new SmtpServer(null, false, "vigie:" + PASSWORD);
                var transport = transport(server, Tls.NONE, wrong)) {
            var down = assertThrows(MailServerDown.class, () -> send(transport, "one"));

            assertEquals("it refuses the login (535)", down.reason());
            var trace = new StringWriter();
            down.printStackTrace(new PrintWriter(trace));
            String secret = Base64.getEncoder().encodeToString(("\0vigie\0" + wrong).getBytes(StandardCharsets.UTF_8));
            assertFalse(trace.toString().contains(wrong) || trace.toString().contains(secret), trace::toString);
        }
    }

    @Test
    void sendsNothing_toAServerThatTakesNoLogin() throws Exception {
        try (var server = SmtpServer.plain();
                var transport = transport(server, Tls.NONE, PASSWORD)) {
            var down = assertThrows(MailServerDown.class, () -> send(transport, "one"));

            assertEquals("it offers no login, but 'user' is set", down.reason());
        }
    }

    @Test
    void saysWhichServer_whenNobodyListens() throws Exception {
        int port;
        try (var gone = new ServerSocket(0)) {
            port = gone.getLocalPort();
        }
        var transport = new SmtpTransport(mail(port, Tls.NONE, null), "bounces@example.org", localhost, SHORT);

        var down = assertThrows(MailServerDown.class, () -> send(transport, "one"));

        assertEquals("localhost:" + port, down.server());
        assertTrue(down.reason().toLowerCase(java.util.Locale.ROOT).contains("refused"), down::reason);
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, false, answers without protection and asks for no login.",
        "STARTTLS, true, 'answers, is trusted and takes the login.'",
        "IMPLICIT, true, 'answers, is trusted and takes the login.'"
    })
    void probesAServer(Tls tls, boolean login, String sentence) throws Exception {
        try (var server = new SmtpServer(
                tls == Tls.NONE ? null : localhost, tls == Tls.IMPLICIT, login ? "vigie:" + PASSWORD : null)) {
            var probe = new SmtpProbe(mail(server.port(), tls, login ? PASSWORD : null), localhost, SHORT);

            assertEquals("localhost:" + server.port() + " " + sentence, probe.look());
            assertEquals(List.of(), server.taken());
        }
    }

    private static SmtpTransport transport(SmtpServer server, Tls tls, @Nullable String password) {
        return new SmtpTransport(mail(server.port(), tls, password), "bounces@example.org", localhost, SHORT);
    }

    private static Mail mail(int port, Tls tls, @Nullable String password) {
        return new Mail(
                "localhost",
                port,
                tls,
                password == null ? null : "vigie",
                password == null ? null : new Secret(password),
                null,
                null,
                null,
                null,
                null,
                false);
    }

    private static Receipt send(SmtpTransport transport, String name) {
        String message = "Message-ID: <" + name + "@example.org>\r\nSubject: " + name + "\r\n\r\nHello\r\n";
        return transport.send(
                name + "@example.org", "<" + name + "@example.org>", message.getBytes(StandardCharsets.US_ASCII));
    }
}
