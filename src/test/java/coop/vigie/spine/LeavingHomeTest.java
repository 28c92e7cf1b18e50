package coop.vigie.spine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import coop.vigie.Upkeep;
import coop.vigie.Vigie;
import coop.vigie.cli.HomeInTest;
import coop.vigie.cli.HomeInTest.Ran;
import coop.vigie.deliver.SmtpServer;
import coop.vigie.store.Database;
import coop.vigie.store.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ways by which editions leave a home: a mail server, and a group's folder. */
class LeavingHomeTest {

    private static final String NOW = "2026-11-16T08:00:00Z";

    @TempDir
    private Path folder;

    private SmtpServer server;
    private HomeInTest home;

    @BeforeEach
    void start() throws Exception {
        server = SmtpServer.plain();
        home = new HomeInTest(folder, NOW);
        home.feeds(Entries.feed("appels", "file:appels.xml"));
        home.write(
                "appels.xml",
                Rss.of(
                        Rss.item(
                                "residence",
                                "Résidence; *écriture*, <b>2027</b>",
                                "Date limite : 12 décembre 2026 à 17 h 00."),
                        Rss.item("bourse", "=HYPERLINK(\"https://x.example\")", "Date limite : 20/12/2026.")));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private void mailServer() {
        home.write("vigie.yaml", """
                mail:
                  host: 127.0.0.1
                  port: %d
                  tls: none
                  from: "Vigie <vigie@example.org>"
                  bounce-address: bounces@example.org
                """.formatted(server.port()));
    }

    @Test
    void sendsByTheMailServer_whereOneIsNamed() {
        mailServer();
        home.groups(Entries.group(
                "all",
                "query: \"*\"",
                Entries.member("anne@example.org", "fr"),
                Entries.member("bram@example.org", "nl")));
        home.fetch();

        Ran sent = home.send();

        assertEquals(0, sent.code(), sent::toString);
        assertEquals(List.of("sent", "sent"), sent.json().findValuesAsText("state"));
        assertEquals(
                List.of("anne@example.org", "bram@example.org"),
                server.taken().stream().map(SmtpServer.Taken::recipient).toList());
        assertEquals("bounces@example.org", server.taken().getFirst().sender());
        assertTrue(sent.err().contains("Messages accepted by 127.0.0.1: 2."), sent::err);
        assertEquals(List.of(), home.outbox());
        assertEquals(0, home.send().json().at("/editions").asInt());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            en, The mail server 127.0.0.1:, Nothing is lost: 2 messages wait
            fr, Le serveur de mail 127.0.0.1:, Rien n'est perdu : 2 messages attendent
            nl, De mailserver 127.0.0.1:, Er is niets verloren: 2 berichten wachten
            """)
    void keepsEverythingPending_andSaysSo_whenTheServerIsDown(String language, String opening, String comfort)
            throws IOException {
        mailServer();
        home.groups(Entries.group(
                "all",
                "query: \"*\"",
                Entries.member("anne@example.org", "fr"),
                Entries.member("bram@example.org", "nl")));
        home.fetch();
        server.fail("GREETING", "421 too busy");

        Ran sent = home.run("--ui-lang", language, "digest", "send", "--format", "json");

        assertEquals(3, sent.code(), sent::toString);
        assertEquals(2, sent.json().at("/pending").asInt(), sent::toString);
        assertTrue(sent.err().contains(opening) && sent.err().contains(comfort), sent::err);
        JsonNode status = home.run("status", "--format", "json").json();
        assertEquals(2, status.at("/outbox/pending").asInt(), status::toString);

        server.heal();
        assertEquals(2, home.send().json().at("/sent").asInt());
        assertEquals(2, server.taken().size());
    }

    @Test
    void tellsAgain_whatWasInARefusedMail_aDayLater() {
        mailServer();
        home.groups(Entries.EVERYTHING);
        home.fetch();
        server.fail("GREETING", "421 too busy");
        home.send();
        server.fail("RCPT", "550 no such person");
        Ran refused = home.send();
        server.heal();

        assertEquals(1, refused.code(), refused::toString);
        assertEquals(1, refused.json().at("/failed").asInt(), "and no new edition in the same run");
        assertEquals(
                1,
                home.run("status", "--format", "json")
                        .json()
                        .at("/outbox/failed")
                        .asInt());
        assertEquals(0, home.send().json().at("/editions").asInt(), "not at once");
        aDayPasses();
        assertEquals(1, home.send().json().at("/sent").asInt());
    }

    /** By the real clock, to which {@code --now} is nothing. */
    private void aDayPasses() {
        try (Database members = Database.open(folder.resolve("data"), Schema.MEMBERS)) {
            members.write(handle -> handle.execute(
                    "UPDATE message SET last_attempt = last_attempt - ?",
                    Duration.ofDays(1).toMillis()));
        }
    }

    @Test
    void sendsAsSoonAsItCan_whenTheDaemonFoundTheServerDown() {
        mailServer();
        home.groups(Entries.EVERYTHING);
        home.fetch();
        server.fail("GREETING", "421 too busy");
        Upkeep.Done down = tick();
        server.heal();
        Upkeep.Done up = tick();

        assertEquals(1, down.remarks().size(), () -> down.toString());
        assertEquals(List.of(), up.remarks());
        assertEquals(1, server.taken().size());
    }

    private Upkeep.Done tick() {
        try (var vigie = new Vigie(folder, Instant.parse(NOW), Map.of())) {
            return new Upkeep(vigie).now();
        }
    }

    @Test
    void writesAnEditionIntoTheGroupsFolder_once() throws IOException {
        home.groups(inAFolder("{ type: folder, path: cloud/arts }"));
        home.fetch();

        Ran sent = home.send();

        assertEquals(0, sent.code(), sent::toString);
        assertEquals("folder:arts", sent.json().at("/messages/0/recipient").asText(), sent::toString);
        assertEquals(1, sent.json().at("/editions").asInt(), "the member wants no mail");
        String file = sent.json().at("/messages/0/file").asText();
        assertTrue(file.matches("cloud/arts/2026-11-16_e1-[0-9a-f]{8}\\.html"), file);
        String name = file.replaceFirst(".*/(.*)\\.html", "$1");
        assertEquals(
                Stream.of(".csv", ".html", ".ics", ".json", ".md", ".txt")
                        .map(name::concat)
                        .toList(),
                files("cloud/arts").stream()
                        .filter(each -> !each.equals("latest.html"))
                        .toList());
        assertEquals(read(file), read("cloud/arts/latest.html"));
        assertEquals(0, home.send().json().at("/editions").asInt(), "told once");
        theFilesSayTheSame(
                "cloud/arts/" + name, sent.json().at("/messages/0/edition").asText());
    }

    private void theFilesSayTheSame(String name, String edition) throws IOException {
        String calendar = read(name + ".ics").replace("\r\n ", "");
        assertTrue(calendar.contains("UID:appels:residence\r\n"), calendar);
        assertTrue(calendar.contains("DTSTART:20261212T160000Z\r\nSEQUENCE:0\r\n"), calendar);
        String csv = read(name + ".csv");
        assertTrue(csv.contains("'=HYPERLINK"), csv);
        String markdown = read(name + ".md");
        assertFalse(markdown.contains("<b>") || markdown.contains(" *écriture*"), markdown);
        JsonNode shown = home.run("--ui-lang", "fr", "digest", "show", edition).json();
        assertEquals(withoutReasons(shown), withoutReasons(new Ran(0, read(name + ".json"), "").json()));
    }

    /** A mail words its reasons a little differently from a terminal. */
    private static String withoutReasons(JsonNode edition) {
        return edition.toString().replaceAll("\"why\":\\[[^]]*],", "");
    }

    @Test
    void raisesTheSequence_whenADateMoves() throws IOException {
        home.groups(inAFolder("{ type: folder, path: cloud/arts }"));
        home.fetch();
        home.send();
        home.write(
                "appels.xml", Rss.of(Rss.item("residence", "Résidence", "Date limite : 19 décembre 2026 à 17 h 00.")));
        home.at("2026-11-17T08:00:00Z").fetch();

        Ran moved = home.send();

        String file = moved.json().at("/messages/0/file").asText();
        String calendar = read(file.replace(".html", ".ics"));
        assertTrue(calendar.contains("UID:appels:residence\r\n"), calendar);
        assertTrue(calendar.contains("DTSTART:20261219T160000Z\r\nSEQUENCE:1\r\n"), calendar);
    }

    @Test
    void sendsMailAndFillsTheFolder_whenAGroupHasBoth() {
        home.groups(inAFolder("{ type: mail }, { type: folder, path: cloud/arts }"));
        home.fetch();

        Ran sent = home.send();

        assertEquals(
                List.of("anne@example.org", "folder:arts"), sent.json().findValuesAsText("recipient"), sent::toString);
        assertEquals(1, home.outbox().size());
    }

    @Test
    void fillsTheFolder_whenTheMailServerIsDown() {
        mailServer();
        home.groups(inAFolder("{ type: mail }, { type: folder, path: cloud/arts }"));
        home.fetch();
        server.fail("GREETING", "421 too busy");

        Ran down = home.send();
        server.heal();
        Ran up = home.send();

        assertEquals(1, down.code(), down::toString);
        assertEquals(List.of("pending", "sent"), down.json().findValuesAsText("state"), down::toString);
        assertTrue(down.err().contains("Messages accepted by 127.0.0.1: 0."), down::err);
        assertEquals(List.of("sent"), up.json().findValuesAsText("state"), up::toString);
    }

    @Test
    void sendsTheMails_whenAFolderCannotBeWritten() {
        home.groups(inAFolder("{ type: mail }, { type: folder, path: cloud/arts }"));
        home.fetch();
        home.write("cloud", "a file where a folder should be");

        Ran sent = home.send();

        assertEquals(1, sent.code(), sent::toString);
        assertEquals(List.of("sent", "pending"), sent.json().findValuesAsText("state"), sent::toString);
        assertTrue(sent.err().contains("cloud/arts could not be written"), sent::err);
    }

    private static String inAFolder(String channels) {
        return Entries.group("arts", "query: \"*\"", Entries.member("anne@example.org", "fr"))
                .replace("  members:", "  channels: [ %s ]%n  members:".formatted(channels));
    }

    private String read(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    private List<String> files(String where) throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve(where))) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
