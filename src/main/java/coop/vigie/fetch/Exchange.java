package coop.vigie.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One GET or POST and its answer: no redirect, no retry, no cookie, no proxy. Each has a
 * connection of its own: a kept one that the server has closed meanwhile would look like a broken answer, and requests
 * to one host come seconds apart anyway.
 */
final class Exchange implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    /** Of an error answer, which may be endless. */
    private static final int MAX_WORDS = 8_192;

    /** What came back. The body is null where the status alone tells the story; an interface may add words of its own. */
    record Answer(
            ClassicHttpResponse head,
            @Nullable Body body,
            @Nullable String words) {

        int status() {
            return head.getCode();
        }

        /** The first header of that name; null if there is none. */
        @Nullable
        String header(String name) {
            Header first = head.getFirstHeader(name);
            return first == null ? null : first.getValue();
        }

        /** Frees what nobody will read. */
        void discard() throws IOException {
            if (body != null) {
                body.discard();
            }
        }
    }

    private final CloseableHttpClient client;
    private final Room room;

    Exchange(String userAgent, AddressGuard guard, Room room) {
        this.client = GuardedClient.of(userAgent, guard);
        this.room = room;
    }

    /**
     * Waits for the whole answer, its body included, at most {@code limit}. The work is done on a thread of its own that
     * is abandoned when the time is over, since a name look-up cannot be stopped; a connection is cut at once.
     *
     * @param watch shows how long it takes; does not run while a large answer waits for room
     */
    Answer ask(Query query, Validators validators, Limits limits, Duration limit, Stopwatch watch)
            throws IOException, TimeoutException, InterruptedException {
        HttpUriRequestBase request = request(query, validators, limit);
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        Thread worker = Thread.ofVirtual().start(() -> {
            try {
                Answer received = receive(request, query.uri(), limits, watch);
                if (!answer.complete(received)) {
                    received.discard();
                }
            } catch (Throwable e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return get(answer, limit, watch);
        } catch (ExecutionException e) {
            throw unwrapped(e);
        } catch (TimeoutException | InterruptedException e) {
            if (!answer.completeExceptionally(e) && !answer.isCompletedExceptionally()) {
                answer.join().discard(); // it arrived in the very last moment
            }
            worker.interrupt();
            request.cancel();
            throw e;
        }
    }

    private static Answer get(CompletableFuture<Answer> answer, Duration limit, Stopwatch watch)
            throws InterruptedException, ExecutionException, TimeoutException {
        while (true) {
            long left = limit.minus(watch.taken()).toMillis();
            try {
                return answer.get(Math.max(left, 1), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (watch.taken().compareTo(limit) >= 0) {
                    throw e;
                }
            }
        }
    }

    private static IOException unwrapped(ExecutionException e) {
        Throwable cause = e.getCause();
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof RuntimeException unexpected) {
            throw unexpected;
        }
        return cause instanceof IOException io ? io : new IOException(cause);
    }

    private static HttpUriRequestBase request(Query query, Validators validators, Duration limit) {
        Timeout timeout = Timeout.ofMilliseconds(Math.max(1, limit.toMillis()));
        Query.Post post = query.post();
        HttpUriRequestBase request = post == null ? new HttpGet(query.uri()) : new HttpPost(query.uri());
        if (post != null) {
            byte[] body = post.body().getBytes(StandardCharsets.UTF_8);
            request.setEntity(new ByteArrayEntity(body, ContentType.parse(post.contentType())));
        }
        request.setConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(timeout)
                .setResponseTimeout(timeout)
                .setAuthenticationEnabled(false)
                .setExpectContinueEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .build());
        request.setHeader(HttpHeaders.CONNECTION, "close");
        request.setHeader(HttpHeaders.ACCEPT, "*/*");
        // Interfaces were seen to cut their answers off in the middle when compressing them.
        request.setHeader(HttpHeaders.ACCEPT_ENCODING, post == null ? "gzip, deflate" : "identity");
        query.headers().forEach((name, value) -> setIfSafe(request, name, value));
        setIfSafe(request, HttpHeaders.IF_NONE_MATCH, validators.ifNoneMatch());
        setIfSafe(request, HttpHeaders.IF_MODIFIED_SINCE, validators.lastModified());
        return request;
    }

    /** A validator came from outside, and the store may be older than this check: never let it split a header. */
    private static void setIfSafe(HttpUriRequestBase request, String name, @Nullable String value) {
        if (value != null && value.chars().noneMatch(c -> c < ' ' || c == 0x7f)) {
            request.setHeader(name, value);
        }
    }

    private Answer receive(HttpUriRequestBase request, URI uri, Limits limits, Stopwatch watch) throws IOException {
        try {
            ClassicHttpResponse response = client.executeOpen(RoutingSupport.determineHost(request), request, null);
            try {
                boolean wanted = response.getCode() >= 200 && response.getCode() < 300;
                String words = wanted || request.getEntity() == null ? null : words(response);
                if (!wanted && response.getEntity() != null) {
                    request.cancel();
                }
                return new Answer(response, wanted ? body(response, uri, limits, watch) : null, words);
            } catch (IOException | RuntimeException e) {
                request.cancel(); // else closing would read an endless answer to its end
                throw e;
            } finally {
                close(response);
            }
        } catch (HttpException e) {
            throw new IOException(e);
        }
    }

    /** All that counts has been read: that the rest of an error broke off is no news. */
    private static void close(ClassicHttpResponse response) {
        try {
            response.close();
        } catch (IOException broken) {
            LOG.debug("closing an answer failed", broken);
        }
    }

    /** How an error explains itself, as far as it can be read; the status counts even where its body breaks off. */
    private static @Nullable String words(ClassicHttpResponse response) {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return null;
        }
        try {
            byte[] start = Body.decoded(entity.getContent(), entity.getContentEncoding())
                    .readNBytes(MAX_WORDS);
            return start.length == 0 ? null : new String(start, StandardCharsets.UTF_8);
        } catch (IOException broken) {
            return null;
        }
    }

    private Body body(ClassicHttpResponse response, URI uri, Limits limits, Stopwatch watch) throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return new Body.Document(room.read(InputStream.nullInputStream(), limits.maxBytes(), watch));
        }
        if (entity.getContentLength() > Body.wireLimit(uri, entity.getContentType(), limits)) {
            throw new TooLargeException(Body.wireLimit(uri, entity.getContentType(), limits));
        }
        return Body.read(
                entity.getContent(), uri, entity.getContentType(), entity.getContentEncoding(), limits, room, watch);
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }
}
