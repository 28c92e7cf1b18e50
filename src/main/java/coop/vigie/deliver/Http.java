package coop.vigie.deliver;

import coop.vigie.fetch.GuardedClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Requests of the channels: no redirect is followed, an answer is read so far and waited for so long, and a private network
 * is entered only where the channel allows it. Messages name the host alone, since an address may hold a secret.
 */
final class Http implements AutoCloseable {

    /** Of the whole exchange. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int ANSWER_AT_MOST = 15_000_000;

    private final Supplier<CloseableHttpClient> publicOnly;
    private final Supplier<CloseableHttpClient> anyNetwork;
    private final Map<Boolean, CloseableHttpClient> clients = new HashMap<>();
    private final Duration patience;

    Http(String contact) {
        this(contact, PATIENCE);
    }

    Http(String contact, Duration patience) {
        publicOnly = () -> GuardedClient.of(contact, false);
        anyNetwork = () -> GuardedClient.of(contact, true);
        this.patience = patience;
    }

    /**
     * @param headers by name
     * @param body null for none
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Request(String method, URI uri, Map<String, String> headers, byte @Nullable [] body) {}

    /** @param headers by name in small letters, the first of each */
    @SuppressWarnings("ArrayRecordComponent") // likewise
    record Answer(int status, Map<String, String> headers, byte[] body) {

        boolean isGood() {
            return status >= 200 && status < 300;
        }

        /** Null if there is no such header. */
        @Nullable
        String header(String name) {
            return headers.get(name);
        }
    }

    /** The address, or an explanation that does not repeat it. */
    static URI uri(String written) throws Failure {
        try {
            URI uri = new URI(written);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (!scheme.matches("https?") || uri.getHost() == null || uri.getUserInfo() != null) {
                throw new Failure("its address is none that begins with https:// or http:// and names a host");
            }
            return uri;
        } catch (URISyntaxException noAddress) {
            throw new Failure("its address is not a valid one");
        }
    }

    /** Host and port, for people. */
    static String host(URI uri) {
        return uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }

    /** No answer came. The message names the host. */
    static final class Failure extends Exception {

        private static final long serialVersionUID = 1L;

        Failure(String message) {
            super(message);
        }
    }

    Answer ask(Request request, boolean allowPrivateNetwork) throws Failure {
        CloseableHttpClient client = clients.computeIfAbsent(
                allowPrivateNetwork, any -> (allowPrivateNetwork ? anyNetwork : publicOnly).get());
        var asked = new HttpUriRequestBase(request.method(), request.uri());
        asked.setConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(patience))
                .setResponseTimeout(Timeout.of(patience))
                .setAuthenticationEnabled(false)
                .setExpectContinueEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .build());
        request.headers().forEach(asked::setHeader);
        if (request.body() != null) {
            asked.setEntity(new ByteArrayEntity(request.body(), null));
        }
        // A server that sends a byte now and then would never run into the time-out of a single read.
        CompletableFuture<?> alarm = CompletableFuture.runAsync(
                asked::cancel, CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS));
        try {
            return client.execute(asked, response -> {
                var headers = new HashMap<String, String>();
                for (var header : response.getHeaders()) {
                    headers.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), header.getValue());
                }
                return new Answer(response.getCode(), headers, body(response.getEntity(), asked));
            });
        } catch (IOException broken) {
            throw new Failure(why(request.uri(), broken, asked.isCancelled()));
        } finally {
            alarm.cancel(false);
        }
    }

    private static byte[] body(@Nullable HttpEntity entity, HttpUriRequestBase asked) throws IOException {
        if (entity == null) {
            return new byte[0];
        }
        try (InputStream content = entity.getContent()) {
            byte[] body = content.readNBytes(ANSWER_AT_MOST);
            if (body.length == ANSWER_AT_MOST) {
                asked.cancel(); // else closing would read an endless answer to its end
                throw new IOException("its answer is larger than 15 MB");
            }
            return body;
        }
    }

    private String why(URI uri, IOException broken, boolean timeIsOver) {
        String host = host(uri);
        if (GuardedClient.isForbidden(broken)) {
            return host + " lies inside a private network; if it is yours, add allow-private-network: true";
        }
        if (broken instanceof UnknownHostException) {
            return host + " is not known";
        }
        if (timeIsOver || broken instanceof SocketTimeoutException) {
            return "%s did not answer within %d s".formatted(host, patience.toSeconds());
        }
        return "%s could not be asked (%s)".formatted(host, broken.getClass().getSimpleName());
    }

    /**
     * What an answer that is not good means for the message: later for whatever may pass, never for the rest.
     *
     * @param uri that was asked
     */
    static Receipt verdict(URI uri, Answer answer) {
        int status = answer.status();
        if (status == 408 || status == 425 || status == 429 || status >= 500) {
            return new Receipt.TryLater(
                    "%s answered %d, for now".formatted(host(uri), status), status, retryAfter(answer, Instant.now()));
        }
        String advice =
                switch (status) {
                    case 401 -> "it did not take the secret; check it, and who it is for";
                    case 403 -> "it does not allow this; check the rights of that account";
                    case 404, 410 -> "there is nothing at that address; check 'url'";
                    default ->
                        status >= 300 && status < 400
                                ? "it redirects, which is not followed; write the address it leads to"
                                : "it does not take what was sent";
                };
        return new Receipt.Refused("%s answered %d: %s".formatted(host(uri), status, advice), status);
    }

    /** RFC 9110, section 10.2.3: seconds, or a date. */
    static @Nullable Duration retryAfter(Answer answer, Instant clock) {
        String value = answer.header("retry-after");
        if (value == null) {
            return null;
        }
        if (value.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        try {
            Instant then = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return then.isAfter(clock) ? Duration.between(clock, then) : Duration.ZERO;
        } catch (DateTimeException noDate) {
            return null;
        }
    }

    @Override
    public void close() {
        clients.values().forEach(client -> client.close(CloseMode.IMMEDIATE));
    }
}
