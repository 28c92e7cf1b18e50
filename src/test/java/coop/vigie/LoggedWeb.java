package coop.vigie;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A web of many hosts, each a loopback address of its own, that keeps a log of what was asked of whom and when. */
final class LoggedWeb implements AutoCloseable {

    static final String RSS = "application/rss+xml; charset=utf-8";
    private static final String CHANGED = "Mon, 02 Nov 2026 10:00:00 GMT";

    /**
     * @param end just before the answer was sent, by {@link System#nanoTime}
     * @param etag If-None-Match as it came; null if it did not
     * @param since If-Modified-Since as it came; null if it did not
     */
    record Asked(
            String host,
            String path,
            long start,
            long end,
            @Nullable String etag,
            @Nullable String since,
            int status) {

        boolean isConditional() {
            return etag != null || since != null;
        }

        String target() {
            return host + path;
        }
    }

    /** What there is to send. */
    record Answer(int status, String type, String body, Map<String, String> headers) {

        static Answer of(int status, String... headers) {
            var all = new TreeMap<String, String>();
            for (int i = 0; i < headers.length; i += 2) {
                all.put(headers[i], headers[i + 1]);
            }
            return new Answer(status, "text/plain", "", all);
        }
    }

    @FunctionalInterface
    interface Route {
        Answer answer(HttpExchange exchange) throws InterruptedException;
    }

    private final HttpServer server;
    private final Map<String, Route> routes = new ConcurrentHashMap<>();
    private final List<Asked> log = new CopyOnWriteArrayList<>();

    LoggedWeb() throws IOException {
        server = HttpServer.create(new InetSocketAddress(0), 500);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    /** The address of the host of that number, from 1 on. */
    static String host(int number) {
        return "127.1.%d.%d".formatted(number / 200, number % 200 + 1);
    }

    String url(int host, String path) {
        return "http://" + host(host) + ":" + server.getAddress().getPort() + path;
    }

    LoggedWeb on(int host, String path, Route route) {
        routes.put(host(host) + path, route);
        return this;
    }

    LoggedWeb on(int host, String path, Answer answer) {
        return on(host, path, exchange -> answer);
    }

    /** A page with both validators. */
    LoggedWeb page(int host, String path, String type, String body) {
        return on(host, path, exchange -> {
            boolean known = etag(body).equals(header(exchange, "If-None-Match"))
                    && CHANGED.equals(header(exchange, "If-Modified-Since"));
            Map<String, String> headers = Map.of("ETag", etag(body), "Last-Modified", CHANGED);
            return new Answer(known ? 304 : 200, type, known ? "" : body, headers);
        });
    }

    static String etag(String body) {
        return "\"" + Integer.toHexString(Arrays.hashCode(body.getBytes(StandardCharsets.UTF_8))) + "\"";
    }

    static @Nullable String header(HttpExchange exchange, String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }

    private void serve(HttpExchange exchange) throws IOException {
        long start = System.nanoTime();
        try (exchange) {
            String host = String.valueOf(header(exchange, "Host")).replaceFirst(":.*", "");
            String path = exchange.getRequestURI().toString();
            Route route = routes.getOrDefault(host + path, any -> Answer.of(404));
            Answer answer = route.answer(exchange);
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            // Noted before it is sent: whoever has the answer may look here.
            log.add(new Asked(
                    host,
                    path,
                    start,
                    System.nanoTime(),
                    header(exchange, "If-None-Match"),
                    header(exchange, "If-Modified-Since"),
                    answer.status()));
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Everything since the last call, in the order in which it began. */
    List<Asked> log() {
        List<Asked> all =
                log.stream().sorted(Comparator.comparingLong(Asked::start)).toList();
        log.removeAll(all);
        return all;
    }

    /** Per host, in the order in which it began. */
    static Map<String, List<Asked>> byHost(List<Asked> log) {
        return log.stream().collect(Collectors.groupingBy(Asked::host, TreeMap::new, Collectors.toList()));
    }

    static List<String> targets(List<Asked> log) {
        return log.stream().map(Asked::target).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
