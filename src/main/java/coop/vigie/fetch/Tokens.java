package coop.vigie.fetch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import coop.vigie.fetch.FetchOutcome.Failed;
import coop.vigie.fetch.FetchOutcome.Fetched;
import coop.vigie.fetch.FetchOutcome.Refused;
import coop.vigie.fetch.FetchOutcome.Unchanged;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * Gets and remembers the tokens of OAuth 2.0 client credentials, in memory only. The client's name and secret stand in the body
 * of the question (RFC 6749, section 2.3.1), as gateways were seen to want them.
 */
final class Tokens {

    /** Clocks differ, and a request takes its time. */
    private static final Duration MARGIN = Duration.ofSeconds(60);

    private static final int MAX_BYTES = 64_000;

    private static final JsonMapper JSON = new JsonMapper();

    /** RFC 6750, section 2.1; anything else would not survive in a header. */
    private static final String TOKEN = "[A-Za-z0-9._~+/-]{1,8000}=*";

    private record Token(String value, long until) {

        boolean isFresh() {
            return System.nanoTime() - until < 0;
        }
    }

    /**
     * @param value null if there is none
     * @param instead why; null if there is one
     */
    record Answer(@Nullable String value, @Nullable FetchOutcome instead) {}

    private final Function<FetchRequest, FetchOutcome> web;
    private final Map<ClientCredentials, Token> known = new ConcurrentHashMap<>();

    /** @param web asks one address, and goes no further than its host */
    Tokens(Function<FetchRequest, FetchOutcome> web) {
        this.web = web;
    }

    /** @param request for which the token is needed; its limits, delay and network hold for the question for it as well */
    Answer of(ClientCredentials login, FetchRequest request) {
        Token token = known.get(login);
        return token != null && token.isFresh() ? new Answer(token.value(), null) : ask(login, request);
    }

    /** Forgets a token that was turned down, unless another has taken its place by now. */
    void forget(ClientCredentials login, String value) {
        known.computeIfPresent(login, (key, token) -> token.value().equals(value) ? null : token);
    }

    private Answer ask(ClientCredentials login, FetchRequest request) {
        var query = new Query(login.tokens(), new Query.Post("application/x-www-form-urlencoded", form(login)));
        FetchOutcome outcome = web.apply(FetchRequest.of(login.tokens())
                .with(query)
                .with(Limits.DEFAULT.withTimeout(request.limits().timeout()).withMaxBytes(MAX_BYTES))
                .withDelay(request.delay())
                .allowingPrivateNetwork(request.allowPrivateNetwork()));
        String attempt =
                "Asking %s for a token for %s".formatted(Words.address(login.tokens()), Words.address(request.uri()));
        return switch (outcome) {
            case Fetched fetched -> read(fetched, login, attempt);
            case Refused refused -> without(refused(refused.reason(), refused.status(), refused.message(), attempt));
            case Failed failed -> without(failed(failed, attempt));
            case Unchanged unchanged -> without(noToken(unchanged.status(), attempt));
        };
    }

    private static String form(ClientCredentials login) {
        String form = "grant_type=client_credentials&client_id=%s&client_secret=%s"
                .formatted(encoded(login.client()), encoded(login.secret().value()));
        return login.scope().isEmpty() ? form : form + "&scope=" + encoded(login.scope());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Answer read(Fetched fetched, ClientCredentials login, String attempt) {
        try (Payloads payloads = fetched.payloads()) {
            Payload payload = payloads.next();
            JsonNode answer = payload == null ? JSON.missingNode() : JSON.readTree(payload.bytes());
            String value = answer.path("access_token").asText("");
            String type = answer.path("token_type").asText("Bearer");
            if (!value.matches(TOKEN) || !type.equalsIgnoreCase("Bearer")) {
                return without(noToken(fetched.status(), attempt));
            }
            // Without expires_in it is good until the server turns it down.
            long seconds = Math.clamp(answer.path("expires_in").asLong(3_600), 0, 86_400);
            Duration kept = Duration.ofSeconds(seconds).minus(MARGIN);
            known.put(login, new Token(value, System.nanoTime() + kept.toNanos()));
            return new Answer(value, null);
        } catch (IOException notJson) {
            return without(noToken(fetched.status(), attempt));
        }
    }

    private static FetchOutcome failed(Failed failed, String attempt) {
        // RFC 6749, section 5.2: a client that is unknown, or a wrong secret, may be a 400 as well.
        if (isStatus(failed.status(), 400)) {
            String message = attempt + " was refused: the server answered 400, it does not accept the login.";
            return refused(Refused.Reason.LOGIN_REQUIRED, 400, message, attempt);
        }
        // What the server said of our secret may hold it, and is not handed on.
        return new Failed(failed.reason(), failed.status(), in(attempt, failed.message()), failed.retryAfter());
    }

    private static Refused refused(Refused.Reason reason, @Nullable Integer status, String message, String attempt) {
        String advice = isStatus(status, 400) || isStatus(status, 401)
                ? " Check 'client-id', 'client-secret' and 'scope'."
                : "";
        return new Refused(reason, status, in(attempt, message) + advice);
    }

    private static boolean isStatus(@Nullable Integer status, int wanted) {
        return status != null && status == wanted;
    }

    private static Failed noToken(int status, String attempt) {
        return new Failed(
                Failed.Reason.BAD_RESPONSE, status, attempt + " failed: the answer holds no bearer token.", null);
    }

    /** "Fetching … failed: …" in the words of this attempt. */
    private static String in(String attempt, String message) {
        return message.replaceFirst("^Fetching \\S+( \\(redirected to [^)]*\\))?", Matcher.quoteReplacement(attempt));
    }

    private static Answer without(FetchOutcome instead) {
        return new Answer(null, instead);
    }
}
