package coop.vigie.spine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import coop.vigie.MailPause;
import coop.vigie.Upkeep;
import coop.vigie.Vigie;
import coop.vigie.cli.HomeInTest;
import coop.vigie.cli.HomeInTest.Ran;
import coop.vigie.deliver.DavServer;
import coop.vigie.deliver.PostServer;
import coop.vigie.deliver.SmtpServer;
import coop.vigie.store.Database;
import coop.vigie.store.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A group's channels, each against a real server of its kind on loopback, from the configuration to what arrives. */
@Timeout(60)
class ChannelsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NOW = "2026-11-16T08:00:00Z";
    private static final Map<String, String> SECRETS = Map.of("CLOUD", "s3cret:with colon", "HOOK", "h00k-s3cret");

    private static final String HOSTILE =
            "=cmd|'/C calc'!A0 &amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt; @everyone &#13;&#10;Bcc: x@y.example &#13;&#10;END:VEVENT; "
                    + "très long ".repeat(12);

    @TempDir
    private Path folder;

    private HomeInTest home;
    private DavServer dav;
    private PostServer hook;

    @BeforeEach
    void start() throws IOException {
        dav = new DavServer();
        hook = new PostServer();
        home = new HomeInTest(folder, NOW).environment(SECRETS);
        home.feeds(Entries.feed("appels", "file:appels.xml"));
        publish("Date limite : 12 décembre 2026 à 17 h 00.");
    }

    @AfterEach
    void stop() {
        dav.close();
        hook.close();
    }

    private void publish(String text) {
        home.write(
                "appels.xml",
                Rss.of(Rss.item("residence", "Résidence", text), Rss.item("bourse", HOSTILE, "Jusqu'au 20/12/2026.")));
    }

    private Ran group(String... channels) {
        return home.groups(Entries.group("arts", "query: \"*\"", Entries.member("anne@example.org", "fr"))
                .replace(
                        "  members:",
                        "  languages: [fr]%n  channels: [ %s ]%n  members:".formatted(String.join(", ", channels))));
    }

    private String webDav() {
        return "{ type: webdav, url: \"%s\", user: vigie, password: \"${ENV:CLOUD}\", allow-private-network: true }"
                .formatted(dav.url("/dav/arts"));
    }

    private String webhook(String more) {
        return "{ type: webhook, url: \"%s\", allow-private-network: true%s }".formatted(hook.url("/hook"), more);
    }

    @Test
    void aDeadChannelBlocksNoOther_andIsServedOnceItIsBack() {
        group("{ type: mail }", webhook(", secret: \"${ENV:HOOK}\""), webDav(), "{ type: folder, path: cloud }");
        home.fetch();
        hook.answer(503, "");
        dav.fail(".html", 507);

        Ran first = home.send();

        assertEquals(1, first.code(), first::toString);
        assertEquals(
                Map.of(
                        "anne@example.org", "sent",
                        "webhook:arts", "pending",
                        "webdav:arts", "pending",
                        "folder:arts", "sent"),
                states(first));
        assertTrue(first.err().contains("webhook:arts: 127.0.0.1:"), first::err);
        assertTrue(first.err().contains("has no room left"), first::err);

        publish("Date limite : 19 décembre 2026 à 17 h 00.");
        home.fetch();
        hook.answer(200, "");
        dav.heal();
        assertEquals(
                Map.of("anne@example.org", "sent", "folder:arts", "sent"),
                states(home.send()),
                "whoever waits gets nothing newer before what waits");

        backOffIsOver();
        Ran back = home.send();

        assertEquals(List.of("sent", "sent", "sent", "sent"), back.json().findValuesAsText("state"), back::toString);
        assertEquals(3, hook.got().size(), "one refused, then the frozen one, then what changed");
        assertEquals(hook.got().get(0).body(), hook.got().get(1).body(), "the frozen message is the same");
        assertTrue(hook.got().get(2).body().contains("2026-12-19"), hook.got().get(2)::body);
        String latest = String.valueOf(dav.content("/dav/arts/latest.html"));
        assertTrue(latest.contains("19 déc."), latest);
        assertEquals(0, home.send().json().at("/editions").asInt());
    }

    private static Map<String, String> states(Ran sent) {
        Map<String, String> states = new TreeMap<>();
        sent.json()
                .at("/messages")
                .forEach(message -> states.put(
                        message.at("/recipient").asText(), message.at("/state").asText()));
        return states;
    }

    /** By the real clock, to which {@code --now} is nothing. */
    private void backOffIsOver() {
        try (Database members = Database.open(folder.resolve("data"), Schema.MEMBERS)) {
            members.write(handle -> handle.execute("UPDATE message SET next_attempt = 1"));
        }
    }

    @Test
    void aMailServerThatIsDown_orLetBe_holdsUpNoOtherChannel() throws Exception {
        try (var mail = SmtpServer.plain()) {
            mailServer(mail.port());
            group("{ type: mail }", "{ type: list, address: groupe@listes.example.org }", webDav());
            home.fetch();
            mail.fail("GREETING", "421 too busy");
            try (var vigie = new Vigie(folder, Instant.parse(NOW), SECRETS)) {
                var upkeep = new Upkeep(vigie);
                assertEquals(1, upkeep.now().remarks().size());
            }
            assertTrue(
                    dav.names().contains("/dav/arts/latest.html"),
                    () -> dav.names().toString());
            mail.heal();
            assertEquals(Map.of("anne@example.org", "sent", "list:arts", "sent"), states(home.send()));
        }
    }

    private void mailServer(int port) {
        home.write(
                "vigie.yaml",
                "mail: { host: 127.0.0.1, port: %d, tls: none, from: \"vigie@example.org\" }".formatted(port));
    }

    @Test
    void servesTheChannels_whileTheDaemonLetsTheMailServerBe() throws Exception {
        try (var mail = SmtpServer.plain()) {
            mailServer(mail.port());
            group("{ type: mail }", "{ type: folder, path: cloud }");
            mail.fail("GREETING", "421 too busy");
            home.fetch();
            var pause = new MailPause(InstantSource.system());
            tick(pause, NOW);
            Files.delete(folder.resolve("cloud/latest.html"));
            publish("Date limite : 19 décembre 2026 à 17 h 00.");
            home.at("2026-11-24T08:00:00Z").fetch();
            Upkeep.Done second = tick(pause, "2026-11-24T08:00:00Z");

            assertEquals(List.of(), second.remarks(), "nobody asked the mail server");
            assertTrue(Files.exists(folder.resolve("cloud/latest.html")));
        }
    }

    private Upkeep.Done tick(MailPause pause, String now) {
        try (var vigie = new Vigie(folder, Instant.parse(now), SECRETS)) {
            return new Upkeep(vigie, pause).now();
        }
    }

    @Test
    void aListGetsOneMail_withoutAnythingOfAPerson() throws Exception {
        var server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP).dynamicPort());
        server.start();
        try {
            mailServer(server.getSmtp().getPort());
            group("{ type: list, address: groupe@listes.example.org, language: nl }");
            home.fetch();

            assertEquals(Map.of("list:arts", "sent"), states(home.send()));

            var mail = new Mail(server.getReceivedMessages()[0]);
            assertEquals(1, server.getReceivedMessages().length);
            assertEquals("groupe@listes.example.org", mail.to());
            for (String name : List.of("List-Id", "List-Unsubscribe", "Auto-Submitted", "Bcc", "Reply-To")) {
                assertFalse(mail.headerNames().contains(name), name);
            }
            assertTrue(mail.subject().startsWith("2 nieuwe"), mail.subject());
            String whole = mail.text() + mail.html();
            assertFalse(whole.contains("unsubscribe") || whole.contains("anne@"), whole);
        } finally {
            server.stop();
        }
    }

    @Test
    void aMissingSecretPutsOffItsOwnChannel_andNoSecretIsStoredOrExported() throws IOException {
        group(webDav(), webhook(", preset: chat"));
        home.fetch();
        home.environment(Map.of());

        Ran sent = home.send();

        assertEquals(Map.of("webdav:arts", "pending", "webhook:arts", "sent"), states(sent));
        assertTrue(sent.err().contains("the environment variable CLOUD is not set"), sent::err);
        backOffIsOver();
        home.environment(SECRETS);
        assertEquals(Map.of("webdav:arts", "sent"), states(home.send()));

        Ran exported = home.run("group", "export");
        assertTrue(exported.out().contains("password: \"${ENV:CLOUD}\""), exported.out());
        assertFalse(exported.out().contains("s3cret"), exported.out());
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertFalse(bytes.contains("s3cret"), file.toString());
            }
        }
    }

    @Test
    void aRefusalIsSaid_andAChannelThatIsGoneToo() {
        group(webDav());
        home.fetch();
        home.environment(Map.of("CLOUD", "wrong"));
        Ran refused = home.send();
        assertEquals(Map.of("webdav:arts", "failed"), states(refused));
        assertTrue(refused.err().contains("answered 401"), refused::err);

        group(webhook(", preset: chat"));
        hook.answer(500, "");
        home.send();
        group("{ type: mail }");
        backOffIsOver();
        Ran gone = home.send();
        assertEquals("failed", states(gone).get("webhook:arts"), gone::toString);
        assertTrue(gone.err().contains("no such channel any more"), gone::err);
    }

    @Test
    void severalChannelsOfAKind_areTwoRecipients() throws IOException {
        group("{ type: text, path: a }", "{ type: text, path: b, length: 200 }", "{ type: folder, path: c }");
        home.fetch();

        assertEquals(Map.of("text:arts", "sent", "text:arts:2", "sent", "folder:arts", "sent"), states(home.send()));
        List<String> blocks = texts("b");
        assertTrue(blocks.size() > texts("a").size(), blocks::toString);
        assertTrue(blocks.stream().allMatch(block -> block.length() <= 200), blocks::toString);
    }

    private List<String> texts(String where) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(where))) {
            return files.sorted().map(ChannelsTest::read).toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void hostileWordsStayWords_inEveryChannel() throws IOException {
        hook.answer(got -> new PostServer.Reply(200, "{\"jsonrpc\":\"2.0\",\"result\":{}}", ""));
        group(
                webDav(),
                "{ type: feed, path: public/arts }",
                "{ type: text, path: paste }",
                webhook(", secret: \"${ENV:HOOK}\""),
                webhook(", preset: chat"),
                webhook(", preset: discourse, secret: \"${ENV:HOOK}\", user: vigie"),
                "{ type: signal, url: \"%s\", account: \"+32470000000\", group: \"aGVsbG8gaGVsbG8gaGVsbG8=\" }"
                        .formatted(hook.url("/api/v1/rpc")));
        home.fetch();

        Ran sent = home.send();

        assertEquals(Collections.nCopies(7, "sent"), sent.json().findValuesAsText("state"), sent::toString);
        for (String name : dav.names()) {
            String content = String.valueOf(dav.content(name));
            assertFalse(name.endsWith(".html") && content.contains("<script"), name);
            if (name.endsWith(".csv")) {
                assertTrue(content.contains("'=cmd"), content);
            } else if (name.endsWith(".md")) {
                assertFalse(content.matches("(?s).*[^\\\\]<script.*"), content);
            } else if (name.endsWith(".ics")) {
                calendarIsSound(content, 2);
            }
        }
        feedsAreSound();
        for (String block : texts("paste")) {
            assertTrue(block.lines().noneMatch(line -> line.startsWith("Bcc:") || line.startsWith("END:")), block);
        }
        for (PostServer.Got got : hook.got()) {
            JsonNode body = JSON.readTree(got.body());
            assertFalse(body.at("/text").asText().contains("<script") && !body.has("subject"), got::toString);
            assertFalse(body.at("/raw").asText().matches("(?s).*[^\\\\]<script.*"), got::toString);
            assertFalse(body.at("/text").asText().contains("@everyone") && !body.has("subject"), got::toString);
        }
    }

    private static void calendarIsSound(String calendar, int events) {
        List<String> lines = List.of(calendar.split("\r\n"));
        assertTrue(lines.stream().allMatch(line -> line.getBytes(StandardCharsets.UTF_8).length <= 75), calendar);
        assertEquals(events, lines.stream().filter("END:VEVENT"::equals).count(), calendar);
        assertEquals(
                0,
                calendar.replace("\r\n", "")
                        .chars()
                        .filter(c -> c == '\n' || c == '\r')
                        .count());
    }

    private void feedsAreSound() throws IOException {
        var atom = Jsoup.parse(read(folder.resolve("public/arts/atom.xml")), "", Parser.xmlParser());
        assertEquals(2, atom.select("entry").size());
        assertEquals(0, atom.select("script").size());
        JsonNode feed = JSON.readTree(folder.resolve("public/arts/feed.json").toFile());
        assertEquals("https://jsonfeed.org/version/1.1", feed.at("/version").asText());
        assertEquals(
                feed.at("/items").findValuesAsText("id"),
                atom.select("entry > id").eachText());
        calendarIsSound(read(folder.resolve("public/arts/calls.ics")), 2);
    }

    @Test
    void aFeedKeepsItsIds_movesDates_keepsWhatIsCancelled_andForgetsAfterNinetyDays() throws IOException {
        var story = new Story(folder, NOW);
        group("{ type: feed, path: public/arts }");
        Eforms first = Eforms.competition("00000001-2026", "procedure-1", "2026-12-15");
        story.publish(first, Eforms.competition("00000002-2026", "procedure-2", "2026-12-18"));
        story.round(NOW);
        story.told();
        String ids = ids();

        story.publish(
                first.change("00000003-2026", "update-add", "2026-12-22"),
                Eforms.competition("00000002-2026", "procedure-2", "2026-12-18")
                        .change("00000004-2026", "cancel", "2026-12-18"));
        story.round("2026-11-23T08:00:00Z");
        story.told();

        assertEquals(ids, ids(), "the same ids");
        String calendar = read(folder.resolve("public/arts/calls.ics")).replace("\r\n ", "");
        assertTrue(calendar.contains("DTSTART:20261222T100000Z\r\nSEQUENCE:1\r\n"), calendar);
        assertTrue(calendar.contains("STATUS:CANCELLED"), calendar);
        String atom = read(folder.resolve("public/arts/atom.xml"));
        assertTrue(atom.contains("<published>2026-11-16T08:00:00Z</published>"), atom);
        assertTrue(atom.contains("<updated>2026-11-23T08:00:00Z</updated>"), atom);
        assertTrue(atom.contains("ANNULÉ"), atom);

        story.publish(
                Eforms.competition("00000005-2026", "procedure-5", "2027-03-15").published("2027-02-25"));
        story.round("2027-02-25T08:00:00Z");
        story.told();
        assertEquals(
                1,
                JSON.readTree(folder.resolve("public/arts/feed.json").toFile())
                        .at("/items")
                        .size());
    }

    private String ids() throws IOException {
        return JSON
                .readTree(folder.resolve("public/arts/feed.json").toFile())
                .at("/items")
                .findValuesAsText("id")
                .stream()
                .sorted()
                .toList()
                .toString();
    }
}
