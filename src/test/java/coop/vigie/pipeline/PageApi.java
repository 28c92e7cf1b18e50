package coop.vigie.pipeline;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/** A stand-in on loopback of interfaces with numbered pages of a hundred: answers by path and query, and a log of what was asked. */
final class PageApi implements AutoCloseable {

    /** @param authorization "" if none was sent */
    record Asked(String address, String authorization, String trace) {}

    private record Answer(int status, String body, String header) {}

    private final HttpServer server;
    private final Map<String, List<Answer>> answers = new HashMap<>();
    final List<Asked> asked = new ArrayList<>();

    PageApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                answer(exchange);
            }
        });
        server.start();
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /**
     * The next answer to this address; the last one is given again and again.
     *
     * @param address path, and what its query contains: {@code /list page=2}
     */
    PageApi on(String address, int status, String body, String header) {
        answers.computeIfAbsent(address, key -> new ArrayList<>()).add(new Answer(status, body, header));
        return this;
    }

    PageApi on(String address, String body) {
        return on(address, 200, body, "");
    }

    List<String> addresses() {
        return asked.stream().map(Asked::address).toList();
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        URI address = exchange.getRequestURI();
        asked.add(
                new Asked(address.toString(), header(exchange, "Authorization"), header(exchange, "BelGov-Trace-Id")));
        String query = "&" + address.getQuery() + "&";
        Answer answer = answers.entrySet().stream()
                .filter(entry -> {
                    String[] parts = entry.getKey().split(" ");
                    return parts[0].equals(address.getPath())
                            && (parts.length == 1 || query.contains("&" + parts[1] + "&"));
                })
                .findFirst()
                .map(entry -> entry.getValue().size() > 1
                        ? entry.getValue().removeFirst()
                        : entry.getValue().getFirst())
                .orElse(new Answer(404, "", ""));
        if (!answer.header().isEmpty()) {
            String[] header = answer.header().split(": ");
            exchange.getResponseHeaders().set(header[0], header[1]);
        }
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
