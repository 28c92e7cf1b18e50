package coop.vigie.deliver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.config.LateValue;
import coop.vigie.deliver.PostServer.Got;
import coop.vigie.deliver.PostServer.Reply;
import coop.vigie.group.Channel;
import coop.vigie.group.Channel.Preset;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The webhook channel against servers that check what they get. */
class WebhookTest {

    private static final String NAME = "2026-11-24_e7-0badcafe";

    private final Memory memory = new Memory();
    private final Http http = new Http("vigie@example.org", Duration.ofSeconds(1));
    private PostServer server;

    @BeforeEach
    void start() throws IOException {
        server = new PostServer();
    }

    @AfterEach
    void stop() {
        server.close();
        http.close();
    }

    /** RFC 4231, test case 2. */
    @Test
    void signsAsTheStandardSays() {
        assertEquals(
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
                Webhook.signature("Jefe", "what do ya want for nothing?".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void postsASignedBody_withTheKeyOfTheEdition() throws Exception {
        assertAccepted(send(json(), "{\"title\":\"été\"}"));

        Got got = server.got().getFirst();
        assertEquals("POST", got.method());
        assertEquals("application/json", got.header("Content-type"));
        assertEquals("e7-0badcafe", got.header("Idempotency-key"));
        assertEquals(
                "sha256=" + Webhook.signature("k3y", got.body().getBytes(StandardCharsets.UTF_8)),
                got.header("X-vigie-signature"));
        assertEquals("{\"title\":\"été\"}", got.body());
        assertTrue(got.header("User-agent").contains("vigie@example.org"));
    }

    @Test
    void goesOnWithTheSecondPost_whereTheFirstWasTaken() throws Exception {
        server.answer(
                got -> new Reply(got.body().contains("two") && server.got().size() < 3 ? 503 : 200, "", ""));
        Receipt first = send(chat(), "one", "two", "three");
        Receipt second = send(chat(), "one", "two", "three");

        assertInstanceOf(Receipt.TryLater.class, first);
        assertAccepted(second);
        assertEquals(
                List.of("one", "two", "two", "three"),
                server.got().stream().map(Got::body).toList());
        assertEquals(
                List.of("e7-0badcafe", "e7-0badcafe.2", "e7-0badcafe.2", "e7-0badcafe.3"),
                server.got().stream().map(got -> got.header("Idempotency-key")).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 |                                  | accepted |
            204 |                                  | accepted |
            301 | Location: http://127.0.0.1:1/    | refused  |
            400 |                                  | refused  |
            401 |                                  | refused  |
            404 |                                  | refused  |
            408 |                                  | later    |
            429 | Retry-After: 120                 | later    | PT2M
            429 | Retry-After: soon                | later    |
            429 | Retry-After: Tue, 24 Nov 2020 08:00:00 GMT | later | PT0S
            500 |                                  | later    |
            502 |                                  | later    |
              0 |                                  | later    |
            """)
    void understandsTheAnswer(int status, String header, String outcome, String pause) throws Exception {
        server.answer(status, header == null ? "" : header);

        Receipt receipt = send(json(), "{}");

        switch (receipt) {
            case Receipt.Accepted accepted -> assertEquals("accepted", outcome);
            case Receipt.Refused refused -> assertEquals("refused", outcome);
            case Receipt.TryLater later -> {
                assertEquals("later", outcome);
                assertEquals(pause == null ? null : Duration.parse(pause), later.pause());
            }
        }
        assertFalse(receipt.toString().contains("/hook"), "an address may hold a secret: " + receipt);
        assertEquals(1, server.got().size(), "neither a redirect nor a second try");
    }

    @Test
    void givesUpWaiting() throws Exception {
        server.answer(got -> {
            try {
                Thread.sleep(3_000);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return new Reply(200, "", "");
        });

        assertTrue(send(json(), "{}").toString().contains("did not answer within 1 s"));
    }

    @Test
    void makesATopicOfTheForum_andKnowsItAgain() throws Exception {
        var forum = new Channel.Webhook(server.url("/posts.json"), "${ENV:KEY}", Preset.DISCOURSE, "vigie", 12, true);
        server.answer(got -> got.method().equals("POST")
                ? new Reply(422, "{\"errors\":[\"External ID has already been taken\"]}", "")
                : new Reply(302, "", "Location: /t/appels/9"));

        assertAccepted(send(forum, "{\"title\":\"Appels\"}"));

        Got post = server.got().getFirst();
        assertEquals("k3y", post.header("Api-key"));
        assertEquals("vigie", post.header("Api-username"));
        assertEquals("", post.header("X-vigie-signature"), "the key is no signature's");
        assertEquals("/t/external_id/e7-0badcafe.json", server.got().get(1).path());

        server.answer(got -> new Reply(got.method().equals("POST") ? 422 : 404, "", ""));
        memory.notes.clear();
        assertInstanceOf(Receipt.Refused.class, send(forum, "{}"));
    }

    @Test
    void entersNoPrivateNetwork_unlessAllowed() throws Exception {
        var careful = new Channel.Webhook(server.url("/hook"), null, Preset.CHAT, null, null, false);

        assertTrue(send(careful, "{}").toString().contains("allow-private-network"));
        assertEquals(List.of(), server.got());
    }

    @Test
    void doesNotRepeatAnAddressThatIsNone() throws Exception {
        var broken = new Channel.Webhook("${ENV:URL}", null, Preset.CHAT, null, null, false);

        String why = send(broken, "{}").toString();

        assertTrue(why.contains("its address is"), why);
        assertFalse(why.contains("t0ken"), why);
    }

    private Channel.Webhook json() {
        return new Channel.Webhook(server.url("/hook/t0ken"), "${ENV:KEY}", Preset.JSON, null, null, true);
    }

    private Channel.Webhook chat() {
        return new Channel.Webhook(server.url("/hook/t0ken"), null, Preset.CHAT, null, null, true);
    }

    private Receipt send(Channel.Webhook channel, String... bodies) throws LateValue.Missing {
        return new Webhook(http, Map.of("KEY", "k3y", "URL", "chat.example.org/t0ken"), memory)
                .send(channel, NAME, Parts.bytes(List.of(bodies)));
    }

    private static void assertAccepted(Receipt receipt) {
        assertInstanceOf(Receipt.Accepted.class, receipt, receipt::toString);
    }
}
