package coop.vigie.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.config.Secret;
import coop.vigie.fetch.FetchOutcome.Failed;
import coop.vigie.fetch.FetchOutcome.Fetched;
import coop.vigie.fetch.FetchOutcome.Refused;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Interfaces that want a token (OAuth 2.0 client credentials). */
class LoginTest {

    private static final String SECRET = "hush & hush";

    private final NastyServer server = new NastyServer();
    private final NastyServer other = new NastyServer();
    private final Fetcher fetcher = new Fetcher("https://example.org/vigie, vigie@example.org");

    @AfterEach
    void close() {
        fetcher.close();
        server.close();
        other.close();
    }

    private FetchRequest request(String path) {
        return FetchRequest.of(server.uri(path))
                .withLogin(new ClientCredentials(server.uri("/token"), "us", new Secret(SECRET), "read"))
                .withDelay(Duration.ZERO)
                .allowingPrivateNetwork();
    }

    private FetchOutcome fetch(String path) {
        return fetcher.fetch(request(path));
    }

    /** Gives these tokens, one after the other, each good for so many seconds. */
    private void tokens(int seconds, String... tokens) {
        Deque<String> left = new ArrayDeque<>(List.of(tokens));
        server.on("/token", (request, out) -> {
            byte[] body = "{\"access_token\": \"%s\", \"token_type\": \"bearer\", \"expires_in\": %d}"
                    .formatted(left.remove(), seconds)
                    .getBytes(StandardCharsets.UTF_8);
            out.write(NastyServer.head("200 OK|Content-Length: " + body.length));
            out.write(body);
        });
    }

    /** Lets in who has this token. */
    private void list(String token) {
        server.on(
                "/list",
                (request, out) -> out.write(
                        ("Bearer " + token).equals(request.header("Authorization"))
                                ? (new String(NastyServer.head("200 OK|Content-Length: 2"), StandardCharsets.US_ASCII)
                                                + "[]")
                                        .getBytes(StandardCharsets.US_ASCII)
                                : NastyServer.head("401 Unauthorized|Content-Length: 0")));
    }

    private List<NastyServer.Request> asked(String path) {
        return server.requests.stream()
                .filter(request -> request.path().equals(path))
                .toList();
    }

    @Test
    void asksForATokenOnce_andShowsItWithEachRequest() {
        tokens(3_600, "t1");
        list("t1");

        assertInstanceOf(Fetched.class, fetch("/list"));
        assertInstanceOf(Fetched.class, fetch("/list"));

        NastyServer.Request token = asked("/token").getFirst();
        assertEquals(1, asked("/token").size());
        assertEquals("POST", token.method());
        assertEquals("application/x-www-form-urlencoded", token.header("Content-Type"));
        assertEquals("grant_type=client_credentials&client_id=us&client_secret=hush+%26+hush&scope=read", token.body());
        assertNull(token.header("Authorization"));
    }

    @Test
    void asksForAnother_whenATokenIsTurnedDown() {
        tokens(3_600, "t1", "t2");
        list("t2");

        assertInstanceOf(Fetched.class, fetch("/list"));

        assertEquals(2, asked("/token").size());
        assertEquals(2, asked("/list").size());
    }

    @Test
    void givesUp_whenASecondTokenIsTurnedDown() {
        tokens(3_600, "t1", "t2", "t3");
        list("none");

        Refused refused = assertInstanceOf(Refused.class, fetch("/list"));

        assertEquals(401, refused.status());
        assertEquals(2, asked("/token").size());
    }

    /** A minute before its time, for clocks differ and requests take a while. */
    @Test
    void asksForAnother_whenTheTimeOfATokenIsOver() {
        tokens(59, "t1", "t1");
        list("t1");

        assertInstanceOf(Fetched.class, fetch("/list"));
        assertInstanceOf(Fetched.class, fetch("/list"));

        assertEquals(2, asked("/token").size());
    }

    @Test
    void keepsItsTokenFromOtherHostsAndPorts() {
        tokens(3_600, "t1");
        list("t1");
        other.on("/list", "200 OK|Content-Length: 2", "[]".getBytes(StandardCharsets.US_ASCII));

        FetchOutcome elsewhere = fetcher.follow(request("/list"), Query.get(other.uri("/list")), Validators.NONE);

        assertInstanceOf(Fetched.class, elsewhere);
        assertNull(other.requests.getFirst().header("Authorization"));
        assertEquals(List.of(), asked("/token"));
        assertInstanceOf(
                Fetched.class, fetcher.follow(request("/first"), Query.get(server.uri("/list")), Validators.NONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/list", "/token"})
    void followsNoRedirectElsewhere(String path) {
        tokens(3_600, "t1");
        server.on(path, "307 Temporary Redirect|Content-Length: 0|Location: " + other.uri("/list"));

        Refused refused = assertInstanceOf(Refused.class, fetch("/list"));

        assertEquals(Refused.Reason.REDIRECT_TO_OTHER_HOST, refused.reason());
        assertEquals(List.of(), other.requests);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 Bad Request         | {"error": "invalid_client", "secret": "hush & hush"} | REFUSED
            401 Unauthorized        | hush & hush                                          | REFUSED
            429 Too Many Requests   | hush & hush                                          | FAILED
            503 Service Unavailable | hush & hush                                          | FAILED
            200 OK                  | <html>hush & hush</html>                             | FAILED
            200 OK                  | {"access_token": "a b"}                              | FAILED
            200 OK                  | {"access_token": "t1", "token_type": "mac"}          | FAILED
            200 OK                  | []                                                   | FAILED
            """)
    void saysWhatWentWrong_withoutTheSecret(String status, String body, String expected) {
        server.on(
                "/token",
                "%s|Retry-After: 7|Content-Length: %d".formatted(status, body.length()),
                body.getBytes(StandardCharsets.US_ASCII));

        FetchOutcome outcome = fetch("/list");

        assertEquals(List.of(), asked("/list"));
        assertFalse(outcome.toString().contains("hush"), outcome::toString);
        String start = "Asking " + server.uri("/token") + " for a token for " + server.uri("/list") + " ";
        if (expected.equals("REFUSED")) {
            Refused refused = assertInstanceOf(Refused.class, outcome);
            assertTrue(refused.message().startsWith(start + "was refused: "), refused.message());
            assertTrue(
                    refused.message().endsWith("Check 'client-id', 'client-secret' and 'scope'."), refused.message());
        } else {
            Failed failed = assertInstanceOf(Failed.class, outcome);
            assertTrue(failed.message().startsWith(start + "failed: "), failed.message());
            if (!status.startsWith("200")) {
                assertEquals(Duration.ofSeconds(7), failed.retryAfter());
            }
        }
    }

    @Test
    void showsNoSecret_whenPrinted() {
        assertFalse(request("/list").toString().contains("hush"));
    }

    @Test
    void sendsTheHeadersOfAQuestion() {
        server.on("/plain", "200 OK|Content-Length: 2", "[]".getBytes(StandardCharsets.US_ASCII));
        var query = new Query(server.uri("/plain"), null, Map.of("BelGov-Trace-Id", "abc"));

        assertInstanceOf(
                Fetched.class,
                fetcher.fetch(FetchRequest.of(server.uri("/plain")).with(query).allowingPrivateNetwork()));

        assertEquals("abc", server.requests.getFirst().header("BelGov-Trace-Id"));
    }
}
