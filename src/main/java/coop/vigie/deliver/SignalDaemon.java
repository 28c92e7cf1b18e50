package coop.vigie.deliver;

import com.fasterxml.jackson.core.type.TypeReference;
import coop.vigie.config.LateValue;
import coop.vigie.group.Channel;
import coop.vigie.store.Json;
import coop.vigie.store.StoreException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Sends blocks of text to a Signal group by signal-cli's JSON-RPC over HTTP. */
final class SignalDaemon {

    /**
     * Errors that waiting does not mend: wrong use (no such group or account), a changed safety number, and a request
     * that the daemon does not understand. Others (network, rate limit) may pass.
     */
    private static final Set<Integer> FINAL = Set.of(-1, -4, -32600, -32601, -32602, -32700);

    private static final int WORDS_AT_MOST = 200;

    private final Http http;
    private final Map<String, String> environment;
    private final Notes notes;

    SignalDaemon(Http http, Map<String, String> environment, Notes notes) {
        this.http = http;
        this.environment = environment;
        this.notes = notes;
    }

    Receipt send(Channel.Signal channel, String name, byte[] message) throws LateValue.Missing {
        String url = LateValue.of(channel.url(), environment);
        try {
            URI uri = Http.uri(url);
            return Parts.inOrder(
                    notes,
                    name,
                    Parts.of(message),
                    (number, block) -> send(uri, channel, EditionFolder.edition(name) + "-" + number, block));
        } catch (Http.Failure failure) {
            return new Receipt.TryLater(String.valueOf(failure.getMessage()), null);
        }
    }

    private Receipt send(URI uri, Channel.Signal channel, String id, String block) {
        var call = new LinkedHashMap<String, Object>();
        call.put("jsonrpc", "2.0");
        call.put("method", "send");
        call.put("params", Map.of("account", channel.account(), "groupId", channel.group(), "message", block));
        call.put("id", id);
        try {
            Http.Answer answer = http.ask(
                    new Http.Request(
                            "POST",
                            uri,
                            Map.of("Content-Type", "application/json"),
                            Json.write(call).getBytes(StandardCharsets.UTF_8)),
                    true);
            return answer.isGood() ? answered(uri, answer) : Http.verdict(uri, answer);
        } catch (Http.Failure failure) {
            return new Receipt.TryLater(String.valueOf(failure.getMessage()), null);
        }
    }

    private static Receipt answered(URI uri, Http.Answer answer) {
        Map<String, Object> reply;
        try {
            reply = Json.read(
                    new String(answer.body(), StandardCharsets.UTF_8), new TypeReference<Map<String, Object>>() {});
        } catch (StoreException noJson) {
            return new Receipt.TryLater(
                    Http.host(uri) + " gave an answer that is no JSON-RPC; is it signal-cli's daemon?", null);
        }
        if (reply.containsKey("result")) {
            return new Receipt.Accepted("sent", null);
        }
        Object code = reply.get("error") instanceof Map<?, ?> error ? error.get("code") : null;
        Object words = reply.get("error") instanceof Map<?, ?> error ? error.get("message") : null;
        String why = "signal-cli answered: %s (%s)".formatted(oneLine(String.valueOf(words)), code);
        return code instanceof Integer number && FINAL.contains(number)
                ? new Receipt.Refused(why, null)
                : new Receipt.TryLater(why, null);
    }

    /** Telephone numbers of members stay out of logs. */
    private static String oneLine(String words) {
        String line = words.replaceAll("\\p{Cntrl}+", " ").replaceAll("\\+?\\d{6,}", "…");
        return line.substring(0, Math.min(line.length(), WORDS_AT_MOST));
    }
}
