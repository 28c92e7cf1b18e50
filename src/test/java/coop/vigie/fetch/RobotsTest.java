package coop.vigie.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.fetch.FetchOutcome.Failed;
import coop.vigie.fetch.FetchOutcome.Fetched;
import coop.vigie.fetch.FetchOutcome.Refused;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a host's robots.txt lets us read. */
class RobotsTest {

    private final NastyServer server = new NastyServer();
    private final Fetcher fetcher = new Fetcher("https://example.org/vigie, vigie@example.org");

    @BeforeEach
    void pages() {
        for (String path : List.of("/calls", "/private/calls", "/calls?page=2")) {
            server.on(path, "200 OK|Content-Length: 1", new byte[] {'x'});
        }
    }

    @AfterEach
    void close() {
        fetcher.close();
        server.close();
    }

    private void robots(String text) {
        server.on("/robots.txt", "200 OK|Content-Type: text/plain", text.getBytes(StandardCharsets.UTF_8));
    }

    private FetchOutcome fetch(String path) {
        return fetcher.fetch(request(path).obeyingRobots(true));
    }

    private FetchRequest request(String path) {
        return FetchRequest.of(server.uri(path)).withDelay(Duration.ZERO).allowingPrivateNetwork();
    }

    private List<String> asked() {
        return server.requests.stream().map(NastyServer.Request::path).toList();
    }

    @Test
    void isAskedOncePerHost_andRemembered() {
        robots("User-agent: *\nDisallow: /private/\n");

        assertInstanceOf(Fetched.class, fetch("/calls"));
        assertInstanceOf(Fetched.class, fetch("/calls"));

        assertEquals(List.of("/robots.txt", "/calls", "/calls"), asked());
    }

    /** How long one source waited for answers says nothing of the host to another one. */
    @Test
    void isAskedAnew_whereTheVisitBeforeHadNoPatienceLeftForIt() {
        server.on("/robots.txt", (request, out) -> {
            Thread.sleep(300);
            out.write(NastyServer.head("301 Moved|Location: /there/robots.txt|Content-Length: 0"));
        });
        server.on("/there/robots.txt", "200 OK|Content-Type: text/plain", new byte[] {'#'});
        FetchRequest request = request("/calls").obeyingRobots(true);

        var tired = assertInstanceOf(Failed.class, fetcher.fetch(request.with(new Patience(Duration.ofMillis(200)))));
        assertEquals(Failed.Reason.VISIT_TOO_LONG, tired.reason());

        assertInstanceOf(Fetched.class, fetcher.fetch(request));
    }

    @Test
    void refusesWhatIsDisallowed_withThePathInWords() {
        robots("User-agent: *\nDisallow: /private/\n");

        Refused refused = assertInstanceOf(Refused.class, fetch("/private/calls"));

        assertEquals(Refused.Reason.ROBOTS, refused.reason());
        assertTrue(refused.message().contains("robots.txt of 127.0.0.1"), refused.message());
        assertTrue(refused.message().endsWith("does not allow us to read /private/calls."), refused.message());
        assertEquals(List.of("/robots.txt"), asked());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            User-agent: *; Disallow:                                              | /calls        | true
            User-agent: *; Disallow: /                                            | /calls        | false
            User-agent: vigie; Disallow: /calls; ; User-agent: *; Allow: /        | /calls        | false
            User-agent: Vigie; Allow: /; ; User-agent: *; Disallow: /             | /calls        | true
            User-agent: vigies; Disallow: /; ; User-agent: *; Allow: /            | /calls        | true
            User-agent: *; Disallow: /*?*                                         | /calls?page=2 | false
            User-agent: *; Disallow: /*?*                                         | /calls        | true
            User-agent: *; Disallow: /; Allow: /calls$                            | /calls        | true
            User-agent: *; Disallow: /private/; ; User-agent: *; Disallow: /calls | /calls        | false
            """)
    void followsTheRules(String rules, String path, boolean allowed) {
        robots(rules.replaceAll("; ?", "\n"));

        FetchOutcome outcome = fetch(path);

        assertEquals(allowed, outcome instanceof Fetched, outcome::toString);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410})
    void allowsEverything_whenThereIsNoSuchFile(int status) {
        server.on("/robots.txt", status + " No|Content-Length: 0");

        assertInstanceOf(Fetched.class, fetch("/private/calls"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Type: text/html", "X: y"})
    void allowsEverything_whenAPageStandsInItsPlace(String header) {
        server.on(
                "/robots.txt",
                "200 OK|" + header,
                "\n<!doctype html>\nUser-agent: *\nDisallow: /".getBytes(StandardCharsets.UTF_8));

        assertInstanceOf(Fetched.class, fetch("/calls"));
    }

    @Test
    void makesTheSourceWait_whenTheServerFails() {
        server.on("/robots.txt", "503 Busy|Retry-After: 60|Content-Length: 0");

        Failed failed = assertInstanceOf(Failed.class, fetch("/calls"));

        assertEquals(Failed.Reason.SERVER_ERROR, failed.reason());
        assertEquals(Duration.ofMinutes(1), failed.retryAfter());
        assertTrue(failed.message().contains("/calls has to wait: whether its robots.txt allows it"), failed.message());
        assertInstanceOf(Failed.class, fetch("/calls"));
        assertEquals(List.of("/robots.txt"), asked());
    }

    @Test
    void makesTheSourceWait_whenTheConnectionBreaksOff() {
        server.on("/robots.txt", "200 OK|Content-Length: 500", new byte[] {'#'});

        assertEquals(
                Failed.Reason.BROKEN_OFF,
                assertInstanceOf(Failed.class, fetch("/calls")).reason());
    }

    @Test
    void waitsAsLongAsItAsks_betweenTwoRequests() {
        robots("User-agent: *\nCrawl-delay: 0.3\n");

        fetch("/calls");
        fetch("/calls");

        long pause = server.requests.get(2).start() - server.requests.get(1).end();
        assertTrue(
                pause >= Duration.ofMillis(290).toNanos(),
                () -> Duration.ofNanos(pause).toString());
    }

    @Test
    void isAskedAnewOfEachHop() {
        robots("User-agent: *\nDisallow: /private/\n");
        server.on("/moved", "302 Found|Location: /private/calls|Content-Length: 0");

        assertEquals(
                Refused.Reason.ROBOTS,
                assertInstanceOf(Refused.class, fetch("/moved")).reason());
    }

    @Test
    void isNotAsked_forADocumentedInterface() {
        robots("User-agent: *\nDisallow: /\n");

        assertInstanceOf(Fetched.class, fetcher.fetch(request("/calls")));
        assertEquals(List.of("/calls"), asked());
    }
}
