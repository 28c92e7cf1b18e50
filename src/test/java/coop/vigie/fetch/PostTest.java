package coop.vigie.fetch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.fetch.FetchOutcome.Failed;
import coop.vigie.fetch.FetchOutcome.Fetched;
import coop.vigie.fetch.FetchOutcome.Refused;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions that are posted to an interface. */
class PostTest {

    private static final Query.Post QUESTION = new Query.Post("application/json", "{\"query\": 1}");

    private final NastyServer server = new NastyServer();
    private final Fetcher fetcher = new Fetcher("https://example.org/vigie, vigie@example.org");

    @AfterEach
    void close() {
        fetcher.close();
        server.close();
    }

    private FetchOutcome post(String path) {
        return fetcher.fetch(FetchRequest.of(server.uri(path))
                .with(new Query(server.uri(path), QUESTION))
                .with(new Validators("\"known\"", "Mon, 09 Nov 2026 08:00:00 GMT"))
                .withDelay(Duration.ZERO)
                .allowingPrivateNetwork());
    }

    @Test
    void sendsTheQuestion_withoutConditions() {
        server.on("/search", "200 OK|Content-Length: 2", "{}".getBytes(StandardCharsets.UTF_8));

        try (Payloads payloads =
                assertInstanceOf(Fetched.class, post("/search")).payloads()) {
            Payload answer = payloads.next();
            assertArrayEquals("{}".getBytes(StandardCharsets.UTF_8), answer == null ? null : answer.bytes());
        }
        NastyServer.Request asked = server.requests.getFirst();
        assertEquals("POST", asked.method());
        assertEquals(QUESTION.body(), asked.body());
        assertEquals("application/json", asked.header("Content-Type"));
        assertEquals("identity", asked.header("Accept-Encoding"));
        assertNull(asked.header("If-None-Match"));
        assertNull(asked.header("If-Modified-Since"));
    }

    @Test
    void carriesWhatTheInterfaceSays_whenItFails() {
        String words = "{\"message\":\"Unknown field\"}" + "x".repeat(20_000);
        server.on("/search", "400 Bad Request", words.getBytes(StandardCharsets.UTF_8));

        Failed failed = assertInstanceOf(Failed.class, post("/search"));

        assertEquals(400, failed.status());
        assertEquals(words.substring(0, 8_192), failed.answer());
        assertTrue(!failed.message().contains("Unknown"), failed.message());
    }

    @Test
    void carriesNothing_whenAPageFails() {
        server.on("/page", "400 Bad Request|Content-Length: 3", new byte[] {'a', 'b', 'c'});

        FetchOutcome outcome = fetcher.fetch(
                FetchRequest.of(server.uri("/page")).withDelay(Duration.ZERO).allowingPrivateNetwork());

        assertNull(assertInstanceOf(Failed.class, outcome).answer());
    }

    @Test
    void keepsItsStatus_whenTheErrorBreaksOff() {
        server.on("/search", "503 Busy|Retry-After: 7|Content-Length: 500", new byte[] {'{'});

        Failed failed = assertInstanceOf(Failed.class, post("/search"));

        assertEquals(Failed.Reason.SERVER_ERROR, failed.reason());
        assertEquals(Duration.ofSeconds(7), failed.retryAfter());
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void asksAgainWhereTheSameHostLeads_butNoOtherHost(int status) {
        server.on("/old", status + " Moved|Location: /new|Content-Length: 0");
        server.on("/new", "200 OK|Content-Length: 1", new byte[] {'1'});
        server.on("/away", status + " Moved|Location: http://other.example/|Content-Length: 0");

        assertInstanceOf(Fetched.class, post("/old"));
        assertEquals("POST", server.requests.getLast().method());
        assertEquals(
                Refused.Reason.REDIRECT_TO_OTHER_HOST,
                assertInstanceOf(Refused.class, post("/away")).reason());
    }
}
