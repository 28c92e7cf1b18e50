package coop.vigie.deliver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** An HTTP server on loopback that notes what it gets, and answers as it is told. */
public final class PostServer implements AutoCloseable {

    /**
     * One request.
     *
     * @param headers the first of each, by name in the server's spelling
     */
    public record Got(String method, String path, Map<String, List<String>> headers, String body) {

        public String header(String name) {
            List<String> values = headers.get(name);
            return values == null ? "" : values.getFirst();
        }
    }

    /** @param header {@code Name: value}, or empty */
    public record Reply(int status, String body, String header) {}

    private final HttpServer server;
    private final List<Got> got = new CopyOnWriteArrayList<>();
    private volatile Function<Got, Reply> replies = any -> new Reply(200, "{}", "");

    public PostServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/", this::handle);
        server.start();
    }

    public String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    public void answer(Function<Got, Reply> answers) {
        replies = answers;
    }

    public void answer(int status, String header) {
        replies = any -> new Reply(status, "", header);
    }

    public List<Got> got() {
        return List.copyOf(got);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = new Got(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            got.add(request);
            Reply reply = replies.apply(request);
            if (reply.status() == 0) {
                return; // closed without an answer
            }
            if (!reply.header().isEmpty()) {
                String[] header = reply.header().split(": ", 2);
                exchange.getResponseHeaders().set(header[0], header[1]);
            }
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
