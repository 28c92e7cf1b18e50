package coop.vigie.deliver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import coop.vigie.config.LateValue;
import coop.vigie.deliver.PostServer.Reply;
import coop.vigie.group.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Signal channel against a server that speaks signal-cli's JSON-RPC. */
class SignalDaemonTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TAKEN = "{\"jsonrpc\":\"2.0\",\"result\":{\"timestamp\":1764000000000},\"id\":\"x\"}";

    private final Memory memory = new Memory();
    private final Http http = new Http("vigie@example.org", Duration.ofSeconds(5));
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

    @Test
    void callsSend_onceForEachBlock() throws Exception {
        server.answer(got -> new Reply(200, TAKEN, ""));

        assertInstanceOf(Receipt.Accepted.class, send("un\n\"deux\"", "trois"));

        JsonNode call = JSON.readTree(server.got().getFirst().body());
        assertEquals("2.0", call.at("/jsonrpc").asText());
        assertEquals("send", call.at("/method").asText());
        assertEquals("+32470000000", call.at("/params/account").asText());
        assertEquals("Z3JvdXA=", call.at("/params/groupId").asText());
        assertEquals("un\n\"deux\"", call.at("/params/message").asText());
        assertEquals("e7-1", call.at("/id").asText());
        assertEquals(2, server.got().size());
    }

    @Test
    void repeatsNoBlock_afterAFailureInTheMiddle() throws Exception {
        server.answer(got -> server.got().size() == 2 ? new Reply(500, "", "") : new Reply(200, TAKEN, ""));

        Receipt broken = send("a", "b", "c");
        String noted = memory.notes.get("2026-11-24_e7");
        Receipt whole = send("a", "b", "c");

        assertInstanceOf(Receipt.TryLater.class, broken);
        assertEquals("1 of 3", noted);
        assertEquals("3 of 3", assertInstanceOf(Receipt.Accepted.class, whole).answer());
        assertEquals(
                List.of("a", "b", "b", "c"),
                server.got().stream().map(got -> message(got.body())).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"error":{"code":-1,"message":"Group not found: +32470123456"}}   | refused | Group not found
            {"error":{"code":-32601,"message":"Method not implemented"}}      | refused | -32601
            {"error":{"code":-3,"message":"Connection lost"}}                 | later   | Connection lost
            {"error":{"code":-5,"message":"Rate limit"}}                      | later   | Rate limit
            {}                                                                | later   | null
            <html>                                                            | later   | is it signal-cli's daemon
            """)
    void understandsErrors(String answer, String outcome, String words) throws Exception {
        server.answer(got -> new Reply(200, answer, ""));

        Receipt receipt = send("a");

        assertEquals(outcome, receipt instanceof Receipt.Refused ? "refused" : "later");
        assertTrue(receipt.toString().contains(words), receipt::toString);
        assertFalse(receipt.toString().contains("470123456"), "somebody's number: " + receipt);
    }

    private static String message(String body) {
        try {
            return JSON.readTree(body).at("/params/message").asText();
        } catch (IOException noJson) {
            throw new AssertionError(noJson);
        }
    }

    private Receipt send(String... blocks) throws LateValue.Missing {
        var channel = new Channel.Signal(server.url("/api/v1/rpc"), "+32470000000", "Z3JvdXA=", 1000);
        return new SignalDaemon(http, Map.of(), memory).send(channel, "2026-11-24_e7", Parts.bytes(List.of(blocks)));
    }
}
