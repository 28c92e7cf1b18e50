package coop.vigie.deliver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.config.LateValue;
import coop.vigie.group.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The WebDAV channel against a server that means its conditions. */
class WebDavFolderTest {

    private static final String TO = "webdav:arts";

    private final Memory memory = new Memory();
    private final Http http = new Http("vigie@example.org", Duration.ofSeconds(5));
    private final Map<String, String> environment = new HashMap<>(Map.of("CLOUD", "s3cret:with colon"));
    private DavServer server;

    @BeforeEach
    void start() throws IOException {
        server = new DavServer();
    }

    @AfterEach
    void stop() {
        server.close();
        http.close();
    }

    @Test
    void putsTheFiles_andMakesTheFoldersThatAreMissing() throws Exception {
        assertAccepted(send("2026-11-24_e1", "one"));

        assertEquals(
                List.of(
                        "/dav/files/été arts/2026-11-24_e1.html",
                        "/dav/files/été arts/2026-11-24_e1.txt",
                        "/dav/files/été arts/latest.html"),
                server.names());
        assertEquals("one", server.content("/dav/files/été arts/latest.html"));
        assertTrue(
                server.heard().stream().filter(each -> each.startsWith("PUT")).allMatch(each -> each.endsWith(": *")),
                () -> server.heard().toString());
    }

    @Test
    void replacesTheLatestPage_onlyAsWeLeftIt() throws Exception {
        assertAccepted(send("2026-11-24_e1", "one"));
        assertAccepted(send("2026-12-01_e2", "two"));

        assertEquals("two", server.content("/dav/files/été arts/latest.html"));
        assertEquals(
                "PUT /dav/files/été arts/latest.html If-Match", server.heard().getLast());
    }

    @Test
    void writesBeside_whereSomebodyChangedTheLatestPage_andComesBackOnceItIsGone() throws Exception {
        assertAccepted(send("2026-11-24_e1", "one"));
        server.write("/dav/files/été arts/latest.html", "with a remark of Anne's");
        assertAccepted(send("2026-12-01_e2", "two"));
        assertAccepted(send("2026-12-08_e3", "three"));

        assertEquals("with a remark of Anne's", server.content("/dav/files/été arts/latest.html"));
        assertEquals("three", server.content("/dav/files/été arts/latest-vigie.html"));

        server.delete("/dav/files/été arts/latest.html");
        assertAccepted(send("2026-12-15_e4", "four"));
        assertEquals("four", server.content("/dav/files/été arts/latest.html"));
    }

    @Test
    void leavesALatestPageAlone_thatWasThereBeforeUs() throws Exception {
        send("2026-11-24_e0", "zero");
        server.delete("/dav/files/été arts/latest.html");
        server.write("/dav/files/été arts/latest.html", "somebody's");
        memory.receipts.clear();

        assertAccepted(send("2026-11-24_e1", "one"));

        assertEquals("somebody's", server.content("/dav/files/été arts/latest.html"));
    }

    @Test
    void knowsItsOwnPage_whereTheServerChangedTheTag_orGivesWeakOnes() throws Exception {
        assertAccepted(send("2026-11-24_e1", "one"));
        server.touch("/dav/files/été arts/latest.html");
        assertAccepted(send("2026-12-01_e2", "two"));
        assertEquals("two", server.content("/dav/files/été arts/latest.html"));
        server.weak();
        assertAccepted(send("2026-12-08_e3", "three"));
        assertAccepted(send("2026-12-15_e4", "four"));

        assertEquals("four", server.content("/dav/files/été arts/latest.html"));
    }

    @ParameterizedTest
    @CsvSource({"_e2.html", "_e2.txt", "latest.html"})
    void goesOn_whereTheAnswerWasLost(String ending) throws Exception {
        assertAccepted(send("2026-11-24_e1", "one"));
        server.cutAfter(ending);
        Receipt cut = send("2026-12-01_e2", "two");
        server.heal();
        Receipt again = send("2026-12-01_e2", "two");

        assertInstanceOf(Receipt.TryLater.class, cut);
        assertAccepted(again);
        assertEquals("two", server.content("/dav/files/été arts/latest.html"));
        assertFalse(server.names().contains("/dav/files/été arts/latest-vigie.html"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            423 | later   | locked
            507 | later   | no room left
            500 | later   | answered 500, for now
            503 | later   | answered 503, for now
            429 | later   | answered 429, for now
            403 | refused | check the rights
            413 | refused | does not take what was sent
            302 | refused | write the address it leads to
            """)
    void saysWhatIsWrong(int status, String outcome, String words) throws Exception {
        server.fail("latest.html", status);

        Receipt receipt = send("2026-11-24_e1", "one");

        assertEquals(outcome, receipt instanceof Receipt.TryLater ? "later" : "refused");
        String why = receipt.toString();
        assertTrue(why.contains(words), why);
        assertFalse(why.contains("/dav"), "an address may hold a secret: " + why);
    }

    @Test
    void refuses_whereThePasswordIsWrong_andNeverShowsIt() throws Exception {
        environment.put("CLOUD", "hunter2");

        String why = assertInstanceOf(Receipt.Refused.class, send("2026-11-24_e1", "one"))
                .why();

        assertTrue(why.contains("answered 401"), why);
        assertFalse(why.contains("hunter2"), why);
    }

    @Test
    void refuses_whereTheFolderCannotBeMade() throws Exception {
        var outside = new Channel.WebDav(server.url("/elsewhere/a/"), "vigie", "${ENV:CLOUD}", true);
        server.fail("e1.html", 404);

        String why = assertInstanceOf(Receipt.Refused.class, send(outside, "2026-11-24_e1", "one"))
                .why();

        assertTrue(why.contains("there is nothing at that address"), why);
    }

    @Test
    void staysOutOfPrivateNetworks_unlessAllowed() throws Exception {
        var careful = new Channel.WebDav(server.url("/dav/x").replace("http:", "https:"), "v", "${ENV:CLOUD}", false);

        String why = assertInstanceOf(Receipt.TryLater.class, send(careful, "2026-11-24_e1", "one"))
                .why();

        assertTrue(why.contains("allow-private-network"), why);
        assertEquals(List.of(), server.heard());
    }

    private Receipt send(String name, String page) throws LateValue.Missing {
        return send(
                new Channel.WebDav(server.url("/dav/files/%C3%A9t%C3%A9%20arts"), "vigie", "${ENV:CLOUD}", true),
                name,
                page);
    }

    private Receipt send(Channel.WebDav channel, String name, String page) throws LateValue.Missing {
        Receipt receipt = new WebDavFolder(http, environment, memory)
                .send(channel, TO, name, EditionFolder.bytes(Map.of("html", page, "txt", "text of " + page)));
        memory.sent(TO, receipt);
        return receipt;
    }

    private static void assertAccepted(Receipt receipt) {
        assertInstanceOf(Receipt.Accepted.class, receipt, receipt::toString);
    }
}
