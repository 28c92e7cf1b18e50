package coop.vigie.spine;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpHandler;
import coop.vigie.cli.HomeInTest;
import coop.vigie.cli.HomeInTest.Ran;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the web serves when it should serve a feed: each has its name, and none harms another source. */
class BadInputTest {

    private static final int MEGABYTES_30 = 30 * 1024 * 1024;

    private static final String BOMB = """
            <?xml version="1.0"?>
            <!DOCTYPE rss [
              <!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
              <!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;">
              <!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;"><!ENTITY g "&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;">
              <!ENTITY h "&g;&g;&g;&g;&g;&g;&g;&g;&g;&g;"><!ENTITY x SYSTEM "file:///etc/passwd">
            ]>
            <rss version="2.0"><channel><title>Bomb</title>
            <item><guid>bomb</guid><title>Appel &h; &x;</title><description>&h;</description></item>
            </channel></rss>
            """;

    @TempDir
    private Path folder;

    private Site site;
    private HomeInTest home;

    @BeforeEach
    void aHomeAndASite() throws IOException {
        site = new Site();
        home = new HomeInTest(folder, "2026-11-16T08:00:00Z");
    }

    @AfterEach
    void closeTheSite() {
        site.close();
    }

    @Test
    void namesEachOutcome_andReadsTheOtherSources() throws IOException {
        site.feed("/good", Rss.of(Rss.item("one", "Bon appel", "Date limite : 1er décembre 2026.")))
                .handle("/500", exchange -> exchange.sendResponseHeaders(500, -1))
                .page(
                        "/html",
                        "text/html",
                        "<!DOCTYPE html><html><title>Maintenance</title><body>Revenez</body></html>")
                .handle("/202", exchange -> exchange.sendResponseHeaders(202, -1))
                .feed(
                        "/untitled",
                        Rss.of(
                                "<item><guid>untitled</guid><description>Appel sans titre. Date limite : 2 décembre 2026.</description></item>",
                                Rss.item("titled", "Avec titre", "Date limite : 3 décembre 2026.")))
                .handle("/30mb", large())
                .handle("/elsewhere", exchange -> {
                    exchange.getResponseHeaders()
                            .set("Location", site.url("/good").replace("127.0.0.1", "localhost"));
                    exchange.sendResponseHeaders(302, -1);
                })
                .feed("/bomb", BOMB)
                .feed(
                        "/cut",
                        Rss.of(
                                        Rss.item("whole", "Entier", "Date limite : 4 décembre 2026."),
                                        Rss.item("half", "Coupé", "Date limite : 5 décembre 2026."))
                                .replaceFirst("(?s) 5 décembre.*", ""));
        home.write(
                "notices/good.xml",
                Eforms.competition("101-2026", "p1", "2026-12-01").xml());
        home.write(
                "notices/broken.xml",
                Eforms.competition("102-2026", "p2", "2026-12-01").xml().substring(0, 900));
        home.feeds(
                Entries.feed("good", site.url("/good")),
                Entries.feed("unreachable", "http://127.0.0.1:" + closedPort() + "/feed"),
                Entries.feed("error", site.url("/500")),
                Entries.feed("page", site.url("/html")),
                Entries.feed("accepted", site.url("/202")),
                Entries.feed("untitled", site.url("/untitled")),
                Entries.feed("large", site.url("/30mb")),
                Entries.feed("redirect", site.url("/elsewhere")),
                Entries.feed("private", site.url("/good")).replace("allow-private-network: true", "every: 1h"),
                Entries.feed("bomb", site.url("/bomb")),
                Entries.feed("cut", site.url("/cut")),
                Entries.notices("folder", "notices"));

        Ran fetched = home.fetch();
        JsonNode report = fetched.json();

        assertAll(
                () -> assertEquals(1, fetched.code()),
                () -> source(report, "good", "fetched", 200, 1, ""),
                () -> source(report, "unreachable", "failed", null, 0, ".*nobody answers.*"),
                () -> source(report, "error", "failed", 500, 0, ".*500.*"),
                () -> source(report, "page", "failed", 200, 0, ".*HTML page.*Maintenance.*"),
                () -> source(report, "accepted", "refused", 202, 0, ".*202.*"),
                () -> source(report, "untitled", "fetched", 200, 2, ""),
                () -> source(report, "large", "failed", null, 0, ".*larger than 15 MB.*"),
                () -> source(report, "redirect", "refused", null, 0, ".*localhost.*"),
                () -> source(report, "private", "refused", null, 0, ".*private.*"),
                () -> source(report, "cut", "failed", 200, 1, ".*breaks off inside entry 2.*"),
                () -> source(report, "folder", "fetched", null, 1, ""),
                () -> warns(report, "untitled", "title: made up"),
                () -> warns(report, "folder", "broken.xml"),
                () -> assertTrue(
                        !fetched.out().contains("hahahaha") && !fetched.out().contains("root:"), fetched::toString));
        JsonNode found = home.search("*");
        assertAll(
                () -> assertTrue(!found.toString().contains("hahahaha")
                        && !found.toString().contains("root:")),
                () -> assertEquals(
                        List.of("cut:whole", "folder:101-2026", "good:one", "untitled:titled", "untitled:untitled"),
                        found.findValuesAsText("id").stream()
                                .filter(id -> !id.startsWith("bomb:"))
                                .sorted()
                                .toList()));
        theFailuresShowInStatusAndDigest();
    }

    private void theFailuresShowInStatusAndDigest() {
        Ran status = home.run("status", "--format", "json");
        home.groups(Entries.EVERYTHING);
        Ran sent = home.send();
        Mail mail = Mail.read(home.outbox().getFirst());

        assertEquals(1, status.code());
        List<String> failing = List.of("unreachable", "error", "page", "large", "cut");
        List<String> gone = List.of("redirect", "private", "accepted");
        for (JsonNode source : status.json().at("/sources")) {
            String id = source.at("/id").asText();
            if (!id.equals("bomb")) {
                String health = failing.contains(id) ? "failing" : gone.contains(id) ? "gone" : "ok";
                assertEquals(health, source.at("/health").asText(), source::toString);
                assertEquals(health.equals("ok"), source.at("/message").asText().isEmpty(), source::toString);
            }
        }
        assertEquals(0, sent.code(), sent::toString);
        for (String url : List.of("/500", "/html", "/202", "/30mb", "/elsewhere", "/cut")) {
            assertTrue(mail.text().contains(site.url(url)), () -> url + " is not in " + mail.text());
            assertTrue(mail.html().contains(site.url(url)), () -> url + " is not in " + mail.html());
        }
    }

    @Test
    void readsTheOtherSources_whenAPatternOfOneIsTooMuchForATitle() {
        site.feed("/good", Rss.of(Rss.item("one", "Un", "Date limite : 4 décembre 2026.")))
                .feed("/long", Rss.of(Rss.item("long", "ab".repeat(50_000), "Date limite : 4 décembre 2026.")));
        home.feeds(
                Entries.feed("good", site.url("/good")),
                Entries.feed("long", site.url("/long")) + "  include: [\"^(a|b)*c\"]\n");

        Ran fetched = home.fetch();

        assertEquals(1, fetched.code(), fetched::toString);
        source(fetched.json(), "good", "fetched", 200, 1, "");
        source(fetched.json(), "long", "failed", null, 0, ".*unexpected.*StackOverflowError.*");
        assertEquals(List.of("good:one"), home.search("*").findValuesAsText("id"));
        Ran status = home.run("status", "--format", "json");
        assertEquals("failing", status.json().at("/sources/1/health").asText(), status::toString);
    }

    @Test
    void asksForTheWholeAgain_afterAFeedBrokeOff() {
        String whole = Rss.of(
                Rss.item("one", "Un", "Date limite : 4 décembre 2026."),
                Rss.item("two", "Deux", "Date limite : 5 décembre 2026."));
        home.feeds(Entries.feed("cut", site.url("/cut")));
        site.feed("/cut", whole.replaceFirst("(?s) 5 décembre.*", ""));
        home.fetch();
        home.fetch();
        List<String> whileBroken = site.answers();

        site.feed("/cut", whole);
        Ran repaired = home.fetch();
        home.fetch();

        assertEquals(List.of("200 /cut", "200 /cut"), whileBroken);
        assertEquals(List.of("200 /cut", "304 /cut"), site.answers());
        source(repaired.json(), "cut", "fetched", 200, 1, "");
        assertEquals(0, home.run("status").code());
    }

    @Test
    void readsTheSourceAgain_onceItIsWellAgain_andNamesItNoMore() {
        home.feeds(Entries.feed("appels", site.url("/appels")));
        site.handle("/appels", exchange -> exchange.sendResponseHeaders(503, -1));
        home.groups(Entries.EVERYTHING);
        assertEquals(1, home.fetch().code());
        assertEquals(0, home.send().json().at("/editions").asInt());

        site.feed("/appels", Rss.of(Rss.item("one", "Un", "Date limite : 4 décembre 2026.")));
        assertEquals(0, home.fetch().code());
        home.send();

        assertTrue(!Mail.read(home.outbox().getFirst()).text().contains(site.url("/appels")));
    }

    @Test
    void findsNothingNew_whenOnlyTheEntityTagIsNew() {
        int[] visits = {0};
        byte[] feed = Rss.of(Rss.item("one", "Bon appel", "Date limite : 1er décembre 2026."))
                .getBytes(StandardCharsets.UTF_8);
        site.handle("/feed", exchange -> {
            exchange.getResponseHeaders().set("ETag", "\"" + ++visits[0] + "\"");
            exchange.sendResponseHeaders(200, feed.length);
            exchange.getResponseBody().write(feed);
        });
        home.feeds(Entries.feed("calls", site.url("/feed")));

        assertEquals(1, home.fetch().json().at("/sources/0/new").asInt());
        for (int i = 0; i < 2; i++) {
            var again = home.fetch().json().at("/sources/0");
            assertEquals(0, again.at("/new").asInt() + again.at("/changed").asInt(), again::toString);
            assertEquals(1, again.at("/unchanged").asInt(), again::toString);
        }
    }

    /** Past a proxy that somebody wants, no server is asked. */
    @Test
    void asksNobody_whenAProxyIsWanted() {
        site.feed("/feed", Rss.of());
        home.feeds(Entries.feed("calls", site.url("/feed")));
        home.write("vigie.yaml", "proxy: { url: 'http://proxy.example.org:3128' }\n");

        var ran = home.run("fetch", "--all");

        assertEquals(2, ran.code(), ran::toString);
        assertTrue(ran.err().contains("'proxy' is not supported yet"), ran::toString);
        assertEquals(List.of(), site.answers());
    }

    private static HttpHandler large() {
        byte[] megabyte = new byte[1024 * 1024];
        Arrays.fill(megabyte, (byte) ' ');
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/rss+xml");
            exchange.sendResponseHeaders(200, 0);
            for (int sent = 0; sent < MEGABYTES_30; sent += megabyte.length) {
                exchange.getResponseBody().write(megabyte);
            }
        };
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void source(JsonNode report, String id, String outcome, Integer status, int added, String message) {
        JsonNode source = find(report, id);
        assertAll(
                id,
                () -> assertEquals(outcome, source.at("/outcome").asText(), source::toString),
                () -> {
                    if (status != null) {
                        assertEquals(status, source.at("/status").asInt(), source::toString);
                    }
                },
                () -> assertEquals(added, source.at("/new").asInt(), source::toString),
                () -> assertTrue(source.at("/message").asText().matches(message), source::toString));
    }

    private static void warns(JsonNode report, String id, String words) {
        JsonNode warnings = find(report, id).at("/warnings");
        assertTrue(
                StreamSupport.stream(warnings.spliterator(), false)
                        .anyMatch(warning -> warning.asText().contains(words)),
                warnings::toString);
    }

    private static JsonNode find(JsonNode report, String id) {
        return StreamSupport.stream(report.at("/sources").spliterator(), false)
                .filter(source -> source.at("/id").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
