package coop.vigie.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.fetch.FetchOutcome.Failed;
import coop.vigie.fetch.FetchOutcome.Fetched;
import coop.vigie.fetch.FetchOutcome.Refused;
import coop.vigie.fetch.FetchOutcome.Unchanged;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class FetcherTest {

    private static final byte[] HELLO = "Bonjour, appel à projets".getBytes(StandardCharsets.UTF_8);
    private static final byte[] ZEROS = new byte[100_000];

    private final NastyServer server = new NastyServer();
    private final Fetcher fetcher = new Fetcher("https://example.org/vigie, vigie@example.org");

    @BeforeEach
    void routes() {
        server.on("/hello", "200 OK|Content-Type: text/plain; charset=utf-8", HELLO);
    }

    @AfterEach
    void close() {
        fetcher.close();
        server.close();
    }

    private FetchRequest request(String path) {
        return FetchRequest.of(server.uri(path)).withDelay(Duration.ZERO).allowingPrivateNetwork();
    }

    private FetchOutcome fetch(String path) {
        return fetcher.fetch(request(path));
    }

    private static byte[] onlyPayload(FetchOutcome outcome) {
        try (Payloads payloads =
                assertInstanceOf(Fetched.class, outcome, outcome::toString).payloads()) {
            Payload payload = payloads.next();
            assertNotNull(payload);
            assertNull(payloads.next());
            assertNull(payloads.failure());
            return payload.bytes();
        }
    }

    private static void assertFailed(Failed.Reason reason, FetchOutcome outcome) {
        assertEquals(
                reason,
                assertInstanceOf(Failed.class, outcome, outcome::toString).reason(),
                outcome::toString);
    }

    private static void assertRefused(Refused.Reason reason, FetchOutcome outcome) {
        assertEquals(
                reason,
                assertInstanceOf(Refused.class, outcome, outcome::toString).reason(),
                outcome::toString);
    }

    @Test
    void asksNoMore_whenTheAnswersOfAVisitHaveTakenTooLong() {
        server.on("/slow", (request, out) -> {
            Thread.sleep(300);
            out.write(NastyServer.head("200 OK|Content-Length: 2"));
            out.write(new byte[] {'o', 'k'});
        });
        var patience = new Patience(Duration.ofMillis(200));

        onlyPayload(fetcher.fetch(request("/slow").with(patience)));

        assertFailed(
                Failed.Reason.VISIT_TOO_LONG, fetcher.fetch(request("/hello").with(patience)));
        assertEquals(1, server.requests.size());
    }

    // --- answers

    @Test
    void handsOutBytesTypeAndAddress_asTheyCame() {
        Fetched fetched = assertInstanceOf(Fetched.class, fetch("/hello"));

        Payload payload = fetched.payloads().next();
        assertNotNull(payload);
        assertEquals("Bonjour, appel à projets", new String(payload.bytes(), StandardCharsets.UTF_8));
        assertEquals("text/plain; charset=utf-8", payload.contentType());
        assertEquals(server.uri("/hello"), payload.uri());
        assertEquals(200, fetched.status());
    }

    @Test
    void namesItselfAndItsContact_andSendsNoMoreThanItMust() {
        fetch("/hello");

        NastyServer.Request seen = server.requests.getFirst();
        assertEquals("Vigie/0.1 (+https://example.org/vigie, vigie@example.org)", seen.header("User-Agent"));
        assertEquals("gzip, deflate", seen.header("Accept-Encoding"));
        assertNull(seen.header("Cookie"));
        assertNull(seen.header("Upgrade"));
        assertNull(seen.header("If-None-Match"));
    }

    @Test
    void keepsTheHeaderWhole_whenTheContactHoldsLineBreaks() {
        assertEquals("Vigie/0.1 (+a@example.org X-Evil: 1)", Fetcher.userAgent("a@example.org\r\nX-Evil: 1\n"));
        assertEquals("Vigie/0.1", Fetcher.userAgent("\r\n"));
    }

    @Test
    void isUnchanged_whenTheValidatorsStillHold() {
        server.on("/feed", (request, out) -> {
            boolean known = "\"v1\"".equals(request.header("If-None-Match"))
                    && "Mon, 02 Nov 2026 10:00:00 GMT".equals(request.header("If-Modified-Since"));
            out.write(NastyServer.head(
                    known
                            ? "304 Not Modified"
                            : "200 OK|ETag: \"v1\"|Last-Modified: Mon, 02 Nov 2026 10:00:00 GMT|Content-Length: 2"));
            out.write(known ? new byte[0] : new byte[] {'h', 'i'});
        });

        Fetched first = assertInstanceOf(Fetched.class, fetch("/feed"));

        assertEquals(new Validators("\"v1\"", "Mon, 02 Nov 2026 10:00:00 GMT"), first.validators());
        assertEquals(new Unchanged(304), fetcher.fetch(request("/feed").with(first.validators())));
    }

    @Test
    void dropsAValidatorThatWouldSplitTheHeader() {
        fetcher.fetch(request("/hello").with(new Validators("\"x\"\r\nX-Evil: 1", null)));

        assertNull(server.requests.getFirst().header("If-None-Match"));
        assertNull(server.requests.getFirst().header("X-Evil"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            204 No Content                     | EMPTY
            200 OK#Content-Length: 0           | EMPTY
            200 OK#Content-Encoding: gzip      | EMPTY
            206 Partial Content                | UNEXPECTED_STATUS
            301 Moved                          | UNEXPECTED_STATUS
            304 Not Modified                   | UNEXPECTED_STATUS
            404 Not Found                      | CLIENT_ERROR
            418 Teapot                         | CLIENT_ERROR
            429 Too Many Requests              | RATE_LIMITED
            500 Internal Server Error          | SERVER_ERROR
            503 Service Unavailable            | SERVER_ERROR
            """)
    void fails_whenTheServerAnswers(String head, Failed.Reason reason) {
        server.on("/x", head.replace('#', '|'));

        Failed failed = assertInstanceOf(Failed.class, fetch("/x"));

        assertEquals(reason, failed.reason());
        assertEquals(Integer.valueOf(head.substring(0, 3)), failed.status());
        assertTrue(failed.message().startsWith("Fetching " + server.uri("/x") + " failed: "), failed.message());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            401 Unauthorized                            | LOGIN_REQUIRED
            407 Proxy Authentication Required           | LOGIN_REQUIRED
            402 Payment Required                        | PAYMENT_REQUIRED
            403 Forbidden                               | FORBIDDEN
            403 Forbidden#cf-mitigated: challenge       | BOT_CHALLENGE
            405 Not Allowed#x-amzn-waf-action: captcha  | BOT_CHALLENGE
            202 Accepted                                | BOT_CHALLENGE
            202 Accepted#x-amzn-waf-action: challenge   | BOT_CHALLENGE
            410 Gone                                    | GONE
            451 Unavailable For Legal Reasons           | LEGAL
            """)
    void isRefused_whenTheServerAnswers(String head, Refused.Reason reason) {
        server.on("/x", head.replace('#', '|'));

        assertRefused(reason, fetch("/x"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            120                             | PT2M
            -5                              | none
            99999999999999999999            | PT720H
            Sun, 06 Nov 1994 08:49:37 GMT   | PT0S
            soon                            | none
            """)
    void reportsHowLongTheServerWantsUsToWait(String header, Duration expected) {
        server.on("/busy", "429 Too Many Requests|Retry-After: " + header);

        assertEquals(expected, assertInstanceOf(Failed.class, fetch("/busy")).retryAfter());
    }

    @Test
    void reportsHowLongTheServerWantsUsToWait_whenItNamesAMoment() {
        String moment = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plusSeconds(600).atOffset(ZoneOffset.UTC));
        server.on("/busy", "503 Service Unavailable|Retry-After: " + moment);

        Duration wait = assertInstanceOf(Failed.class, fetch("/busy")).retryAfter();

        assertNotNull(wait);
        assertTrue(wait.toSeconds() > 590 && wait.toSeconds() <= 600, wait::toString);
    }

    // --- encodings and sizes

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "x-gzip", "GZIP", "deflate", "bare deflate", "identity"})
    void decompressesWhatItAskedFor(String encoding) throws IOException {
        server.on("/z", "200 OK|Content-Encoding: " + encoding.replace("bare ", ""), encoded(HELLO, encoding));

        assertEquals("Bonjour, appel à projets", new String(onlyPayload(fetch("/z")), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({"br, BAD_ENCODING", "gzip, BAD_ENCODING", "deflate, BAD_ENCODING"})
    void fails_whenTheBodyIsNotEncodedAsItSays(String encoding, Failed.Reason reason) {
        server.on("/z", "200 OK|Content-Encoding: " + encoding, HELLO);

        assertFailed(reason, fetch("/z"));
    }

    @Test
    void fails_whenACompressedBodyIsCutShort() throws IOException {
        byte[] whole = encoded(HELLO, "gzip");
        server.on("/z", "200 OK|Content-Encoding: gzip", java.util.Arrays.copyOf(whole, whole.length - 12));

        assertFailed(Failed.Reason.BROKEN_OFF, fetch("/z"));
    }

    @Test
    void stopsEarly_whenAFewBytesUnpackToVeryMany() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bomb)) {
            for (int i = 0; i < 500; i++) {
                out.write(ZEROS); // 50 MB
            }
        }
        server.on("/bomb", "200 OK|Content-Type: text/html|Content-Encoding: gzip", bomb.toByteArray());

        assertFailed(Failed.Reason.TOO_LARGE, fetch("/bomb"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"200 OK|Content-Type: text/xml|Content-Length: 30000000", "200 OK|Content-Type: text/xml"})
    void stopsReading_whenTheAnswerIsTooLarge(String head) {
        List<Integer> written = new ArrayList<>();
        server.on("/large", (request, out) -> {
            out.write(NastyServer.head(head));
            for (int i = 0; i < 300; i++) {
                out.write(ZEROS);
                written.add(i);
            }
        });

        FetchOutcome outcome = fetch("/large");

        assertFailed(Failed.Reason.TOO_LARGE, outcome);
        assertTrue(((Failed) outcome).message().endsWith("the answer is larger than 15 MB."), outcome::toString);
        assertTrue(written.size() < 300, "the rest was not read");
    }

    @Test
    void acceptsAnAnswerOfExactlyTheLimit() {
        server.on("/exact", "200 OK|Content-Type: text/xml", ZEROS);

        assertEquals(
                100_000,
                onlyPayload(fetcher.fetch(request("/exact").with(Limits.DEFAULT.withMaxBytes(100_000)))).length);
        assertFailed(
                Failed.Reason.TOO_LARGE, fetcher.fetch(request("/exact").with(Limits.DEFAULT.withMaxBytes(99_999))));
    }

    // --- time and broken connections

    @Test
    void givesUpInTime_whenTheBodyDrips() {
        server.on("/drip", (request, out) -> {
            out.write(NastyServer.head("200 OK|Content-Type: text/html"));
            drip(out);
        });

        assertTimesOut("/drip");
    }

    @Test
    void givesUpInTime_whenTheHeadersDrip() {
        server.on("/drip", (request, out) -> {
            out.write("HTTP/1.1 200 OK\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII));
            drip(out);
        });

        assertTimesOut("/drip");
    }

    @Test
    void givesUpInTime_whenEachRedirectTakesAWhile() {
        server.on("/slow", (request, out) -> {
            Thread.sleep(250);
            out.write(NastyServer.head("302 Found|Location: /slow"));
        });

        assertTimesOut("/slow");
    }

    @Test
    void givesUpInTime_whenANameIsLookedUpForEver() {
        try (Fetcher slow = new Fetcher("x@example.org", host -> {
            try {
                Thread.sleep(5_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new java.net.UnknownHostException(host);
        })) {
            assertFailed(
                    Failed.Reason.TIMEOUT,
                    slow.fetch(FetchRequest.of(URI.create("http://slow.example/"))
                            .with(Limits.DEFAULT.withTimeout(Duration.ofMillis(300)))));
        }
    }

    private void assertTimesOut(String path) {
        long start = System.nanoTime();

        assertFailed(
                Failed.Reason.TIMEOUT,
                fetcher.fetch(request(path).with(Limits.DEFAULT.withTimeout(Duration.ofMillis(500)))));

        long millis = (System.nanoTime() - start) / 1_000_000;
        assertTrue(millis >= 400 && millis < 2_500, () -> "took " + millis + " ms");
    }

    private static void drip(java.io.OutputStream out) throws IOException, InterruptedException {
        for (int i = 0; i < 100; i++) {
            out.write('x');
            out.flush();
            Thread.sleep(50);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nhalf",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
                ""
            })
    void fails_whenTheConnectionEndsInTheMiddle(String answer) {
        server.on("/cut", (request, out) -> out.write(answer.getBytes(StandardCharsets.US_ASCII)));

        assertFailed(Failed.Reason.BROKEN_OFF, fetch("/cut"));
    }

    @Test
    void fails_whenHeadersAreHuge() {
        server.on("/long", "200 OK|X-Long: " + "x".repeat(1_000_000), HELLO);
        server.on("/many", "200 OK|" + "X-Many: 1|".repeat(10_000) + "X-Last: 1", HELLO);

        assertFailed(Failed.Reason.BAD_RESPONSE, fetch("/long"));
        assertFailed(Failed.Reason.BAD_RESPONSE, fetch("/many"));
    }

    @Test
    void fails_whenTheHeadersBreakOff() {
        server.on(
                "/cut",
                (request, out) -> out.write("HTTP/1.1 200 OK\r\nContent-Ty".getBytes(StandardCharsets.US_ASCII)));

        assertFailed(Failed.Reason.BAD_RESPONSE, fetch("/cut"));
    }

    @Test
    void fails_whenTheAnswerIsNotHttp() {
        server.on("/ssh", (request, out) -> {
            for (int i = 0; i < 50; i++) {
                out.write("SSH-2.0-OpenSSH\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        });

        assertInstanceOf(Failed.class, fetch("/ssh"));
    }

    @Test
    void fails_whenNobodyListens() {
        // A port that the system never lends to anybody else in the meantime.
        var nobody = URI.create("http://127.0.0.1:1/hello");

        assertFailed(
                Failed.Reason.CONNECT,
                fetcher.fetch(FetchRequest.of(nobody).allowingPrivateNetwork().withDelay(Duration.ZERO)));
    }

    @Test
    void fails_whenTheHostIsUnknown() {
        FetchOutcome outcome = fetcher.fetch(FetchRequest.of(URI.create("http://nonexistent.invalid/feed")));

        assertFailed(Failed.Reason.DNS, outcome);
        assertEquals(
                "Fetching http://nonexistent.invalid/feed failed: the host's name is unknown.",
                ((Failed) outcome).message());
    }

    @Test
    void fails_whenTheServerSpeaksNoTls() {
        URI https = URI.create("https://127.0.0.1:" + server.port() + "/hello");

        assertFailed(
                Failed.Reason.TLS,
                fetcher.fetch(FetchRequest.of(https).allowingPrivateNetwork().with(Limits.DEFAULT)));
    }

    @Test
    void isInterrupted_whenItsThreadIs() throws InterruptedException {
        server.on("/wait", (request, out) -> Thread.sleep(10_000));
        List<FetchOutcome> outcome = new ArrayList<>();
        Thread thread = Thread.ofVirtual().start(() -> outcome.add(fetch("/wait")));

        Thread.sleep(100);
        thread.interrupt();
        thread.join();

        assertFailed(Failed.Reason.INTERRUPTED, outcome.getFirst());
    }

    // --- redirects

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void followsARedirect_andSaysWhereItEnded(int status) {
        server.on("/old", status + " Moved|Location: hello");

        Fetched fetched = assertInstanceOf(Fetched.class, fetch("/old"));

        assertEquals(server.uri("/hello"), fetched.uri());
        fetched.payloads().close();
    }

    @Test
    void followsFiveRedirects_andNotSix() {
        for (int i = 0; i < 6; i++) {
            server.on("/" + i, "302 Found|Location: /" + (i + 1));
        }
        server.on("/6", "200 OK", HELLO);

        assertInstanceOf(Fetched.class, fetch("/1"));
        assertRefused(Refused.Reason.TOO_MANY_REDIRECTS, fetch("/0"));
    }

    @Test
    void refusesARedirectLoop_afterSixRequests() {
        server.on("/loop", "302 Found|Location: /loop");

        assertRefused(Refused.Reason.TOO_MANY_REDIRECTS, fetch("/loop"));
        assertEquals(6, server.requests.size());
    }

    @ParameterizedTest
    @CsvSource({
        "file:///etc/passwd, FORBIDDEN_SCHEME",
        "ftp://example.org/, FORBIDDEN_SCHEME",
        "javascript:alert(1), FORBIDDEN_SCHEME",
        "http://127.0.0.2/, REDIRECT_TO_OTHER_HOST",
        "//example.org/, REDIRECT_TO_OTHER_HOST"
    })
    void refusesARedirect_whenItLeadsFromAPrivateNetworkTo(String target, Refused.Reason reason) {
        server.on("/away", "302 Found|Location: " + target);

        assertRefused(reason, fetch("/away"));
    }

    @Test
    void refusesARedirectWithAPassword() {
        server.on("/away", "302 Found|Location: http://user:secret@127.0.0.1:" + server.port() + "/hello");

        FetchOutcome outcome = fetch("/away");

        assertRefused(Refused.Reason.INVALID_ADDRESS, outcome);
        assertFalse(((Refused) outcome).message().contains("secret"), outcome::toString);
    }

    @Test
    void sendsValidatorsOnlyToTheirOwnPath() {
        server.on("/old", "302 Found|Location: /new");
        server.on("/new", "304 Not Modified");

        assertFailed(
                Failed.Reason.UNEXPECTED_STATUS, fetcher.fetch(request("/old").with(new Validators("\"v1\"", null))));
    }

    @Test
    void sendsValidatorsWhereARedirectHasLedBefore() {
        server.on("/old", "302 Found|Location: /new");
        server.on("/new", (request, out) -> {
            boolean known = "\"v1\"".equals(request.header("If-None-Match"));
            out.write(NastyServer.head(known ? "304 Not Modified" : "200 OK|ETag: \"v1\"|Content-Length: 1"));
            out.write(known ? new byte[0] : new byte[] {'x'});
        });

        Fetched first = assertInstanceOf(Fetched.class, fetch("/old"));

        assertEquals(server.uri("/new"), first.validators().of());
        assertInstanceOf(Unchanged.class, fetcher.fetch(request("/old").with(first.validators())));
        assertNull(server.requests.get(2).header("If-None-Match"), "sent to the address that redirects");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            Cache-Control: max-age=600                                       | PT10M
            Cache-Control: public, s-maxage=5, Max-Age="600"                 | PT10M
            Cache-Control: max-age=600#Age: 100                              | PT8M20S
            Cache-Control: max-age=600#Age: 900                              | PT0S
            Cache-Control: max-age=600, no-cache                             | PT0S
            Cache-Control: no-store#Expires: Thu, 01 Dec 2044 16:00:00 GMT   | PT0S
            Cache-Control: max-age=-1                                        | none
            Cache-Control: max-age=99999999999999999999                      | PT596523H14M7S
            Date: Thu, 01 Dec 2044 16:00:00 GMT#Expires: Thu, 01 Dec 2044 18:00:00 GMT | PT2H
            Date: Thu, 01 Dec 2044 16:00:00 GMT#Expires: 0                   | none
            X: y                                                             | none
            """)
    void reportsHowLongAnAnswerStaysAsItIs(String headers, Duration expected) {
        server.on("/x", "200 OK|Content-Length: 1|" + headers.replace('#', '|'), new byte[] {'x'});

        assertEquals(expected, assertInstanceOf(Fetched.class, fetch("/x")).fresh());
    }

    // --- private networks

    @Test
    void sendsNothing_whenTheAddressIsPrivateAndTheSourceDoesNotAllowIt() {
        List<String> hosts = List.of("127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1");

        for (String host : hosts) {
            URI uri = URI.create("http://" + host + ":" + server.port() + "/hello");
            assertInstanceOf(Refused.class, fetcher.fetch(FetchRequest.of(uri)), host);
        }

        assertEquals(List.of(), server.requests);
    }

    @Test
    void sendsNothing_whenANameLeadsToAPrivateAddress() throws IOException {
        try (Fetcher rebound = new Fetcher("x@example.org", host -> new java.net.InetAddress[] {
            java.net.InetAddress.getByName("8.8.8.8"), java.net.InetAddress.getLoopbackAddress()
        })) {
            URI uri = URI.create("http://innocent.example:" + server.port() + "/hello");
            assertRefused(Refused.Reason.PRIVATE_ADDRESS, rebound.fetch(FetchRequest.of(uri)));
        }
        assertEquals(List.of(), server.requests);
    }

    @Test
    void followsFoundAddressesNowhereThatTheSourceMayNotGo() {
        FetchRequest intranet = request("/hello");

        assertEquals(
                HELLO.length,
                onlyPayload(fetcher.follow(intranet, Query.get(server.uri("/hello")), Validators.NONE)).length);
        assertRefused(
                Refused.Reason.PRIVATE_ADDRESS,
                fetcher.follow(intranet, Query.get(URI.create("http://127.0.0.2/")), Validators.NONE));
        assertRefused(
                Refused.Reason.FORBIDDEN_SCHEME,
                fetcher.follow(intranet, Query.get(URI.create("file:///etc/passwd")), Validators.NONE));
        assertRefused(
                Refused.Reason.FORBIDDEN_SCHEME,
                fetcher.follow(
                        FetchRequest.of(URI.create("file:///tmp")),
                        Query.get(URI.create("file:///etc/passwd")),
                        Validators.NONE));
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://example.org/x, FORBIDDEN_SCHEME",
        "jar:http://example.org!/, FORBIDDEN_SCHEME",
        "relative, FORBIDDEN_SCHEME",
        "http://user:pass@example.org/, INVALID_ADDRESS",
        "http:///nohost, INVALID_ADDRESS",
        "http:opaque, INVALID_ADDRESS",
        "http://example.org:99999/, INVALID_ADDRESS",
        "file:relative.xml, INVALID_ADDRESS",
        "file://otherhost/share, INVALID_ADDRESS",
        "file:///x?y, INVALID_ADDRESS"
    })
    void refusesAnAddressThatItCannotOrMustNotRead(URI uri, Refused.Reason reason) {
        assertRefused(reason, fetcher.fetch(FetchRequest.of(uri)));
    }

    @Test
    void keepsSecretsOutOfMessages() {
        FetchOutcome outcome = fetcher.fetch(request("/missing?page=2&api_key=hunter2&token=abc#part"));

        assertEquals(
                "Fetching " + server.uri("/missing?page=2&api_key=")
                        + "…&token=… failed: the server answered 404, there is no such page.",
                ((Failed) outcome).message());
    }

    // --- pacing

    @Test
    void asksOneHostOneAtATime_withTheDelayBetween() throws InterruptedException {
        server.on("/slow", (request, out) -> {
            Thread.sleep(50);
            out.write(NastyServer.head("200 OK|Content-Length: 2"));
            out.write(new byte[] {'h', 'i'});
        });

        inParallel(4, () -> fetcher.fetch(request("/slow").withDelay(Duration.ofMillis(150))));

        List<NastyServer.Request> seen = new ArrayList<>(server.requests);
        seen.sort(Comparator.comparingLong(NastyServer.Request::start));
        assertEquals(4, seen.size());
        for (int i = 1; i < seen.size(); i++) {
            long gap = (seen.get(i).start() - seen.get(i - 1).end()) / 1_000_000;
            assertTrue(gap >= 145, () -> "only " + gap + " ms between two requests");
        }
    }

    @Test
    void asksTwoHostsAtTheSameTime() throws InterruptedException {
        try (NastyServer other = new NastyServer("127.0.0.2")) {
            java.util.concurrent.CountDownLatch both = new java.util.concurrent.CountDownLatch(2);
            NastyServer.Route route = (request, out) -> {
                both.countDown();
                both.await(); // answers only once the other host is asked as well
                out.write(NastyServer.head("200 OK|Content-Length: 2"));
                out.write(new byte[] {'h', 'i'});
            };
            server.on("/x", route);
            other.on("/x", route);
            FetchRequest toOther = FetchRequest.of(other.uri("/x")).allowingPrivateNetwork();

            inParallel(1, () -> onlyPayload(fetch("/x")), () -> onlyPayload(fetcher.fetch(toOther)));

            assertEquals(0, both.getCount());
        }
    }

    @Test
    void waitingForTheTurnDoesNotCountAsSlowness() throws InterruptedException {
        server.on("/x", (request, out) -> {
            Thread.sleep(150);
            out.write(NastyServer.head("200 OK|Content-Length: 2"));
            out.write(new byte[] {'h', 'i'});
        });
        List<FetchOutcome> outcomes = new java.util.concurrent.CopyOnWriteArrayList<>();

        inParallel(
                5,
                () -> outcomes.add(
                        fetcher.fetch(request("/x").with(Limits.DEFAULT.withTimeout(Duration.ofMillis(600))))));

        outcomes.forEach(outcome -> assertInstanceOf(Fetched.class, outcome));
    }

    private static void inParallel(int times, Runnable... work) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            for (Runnable each : work) {
                threads.add(Thread.ofVirtual().start(each));
            }
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static byte[] encoded(byte[] bytes, String encoding) throws IOException {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        switch (encoding) {
            case "gzip", "x-gzip", "GZIP" -> {
                try (GZIPOutputStream out = new GZIPOutputStream(encoded)) {
                    out.write(bytes);
                }
            }
            case "deflate", "bare deflate" -> {
                Deflater deflater = new Deflater(9, encoding.startsWith("bare"));
                try (DeflaterOutputStream out = new DeflaterOutputStream(encoded, deflater)) {
                    out.write(bytes);
                }
                deflater.end();
            }
            default -> encoded.write(bytes);
        }
        return encoded.toByteArray();
    }
}
