package coop.vigie.deliver;

import coop.vigie.config.LateValue;
import coop.vigie.group.Channel;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Posts an edition as JSON: signed, or with a forum's key; each post with a key by which a repetition is known. */
final class Webhook {

    private final Http http;
    private final Map<String, String> environment;
    private final Notes notes;

    Webhook(Http http, Map<String, String> environment, Notes notes) {
        this.http = http;
        this.environment = environment;
        this.notes = notes;
    }

    Receipt send(Channel.Webhook channel, String name, byte[] message) throws LateValue.Missing {
        String secret = channel.secret() == null ? "" : LateValue.of(channel.secret(), environment);
        String url = LateValue.of(channel.url(), environment);
        try {
            URI uri = Http.uri(url);
            boolean forum = channel.preset() == Channel.Preset.DISCOURSE;
            if (forum && uri.getScheme().equals("http") && !channel.allowPrivateNetwork()) {
                return new Receipt.TryLater("the key would travel in the clear; use an https address", null);
            }
            return Parts.inOrder(notes, name, Parts.of(message), (number, body) -> {
                String key = EditionFolder.edition(name) + (number == 1 ? "" : "." + number);
                return post(channel, uri, secret, key, body.getBytes(StandardCharsets.UTF_8));
            });
        } catch (Http.Failure failure) {
            return new Receipt.TryLater(String.valueOf(failure.getMessage()), null);
        }
    }

    private Receipt post(Channel.Webhook channel, URI uri, String secret, String key, byte[] body) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("Idempotency-Key", key);
        boolean forum = channel.preset() == Channel.Preset.DISCOURSE;
        if (forum) {
            headers.putAll(forumHeaders(channel, secret));
        } else if (!secret.isEmpty()) {
            headers.put("X-Vigie-Signature", "sha256=" + signature(secret, body));
        }
        try {
            Http.Answer answer = http.ask(new Http.Request("POST", uri, headers, body), channel.allowPrivateNetwork());
            if (answer.isGood() || (forum && answer.status() == 422 && isThere(channel, uri, secret, key))) {
                return new Receipt.Accepted(String.valueOf(answer.status()), null);
            }
            return Http.verdict(uri, answer);
        } catch (Http.Failure failure) {
            return new Receipt.TryLater(String.valueOf(failure.getMessage()), null);
        }
    }

    private static Map<String, String> forumHeaders(Channel.Webhook channel, String secret) {
        String user = channel.user() == null ? "system" : channel.user();
        return Map.of("Api-Key", secret, "Api-Username", user);
    }

    /** A forum refuses the same topic twice: if it has ours, an earlier attempt was cut off after it. */
    private boolean isThere(Channel.Webhook channel, URI posts, String secret, String key) throws Http.Failure {
        URI topic = posts.resolve("t/external_id/" + URLEncoder.encode(key, StandardCharsets.UTF_8) + ".json");
        int status = http.ask(
                        new Http.Request("GET", topic, forumHeaders(channel, secret), null),
                        channel.allowPrivateNetwork())
                .status();
        // The forum redirects from there to the topic.
        return status == 200 || status == 301 || status == 302;
    }

    /** HMAC-SHA-256 (RFC 2104) in hexadecimal. */
    static String signature(String secret, byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
