package coop.vigie.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;

/** A stand-in of TED's search interface on loopback: pages by token, and the accidents that were seen there. */
final class TedApi implements AutoCloseable {

    /** One accident, for the next request that has the number. */
    record Accident(int request, int status, String body, String header) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final List<List<String>> pages = new ArrayList<>();
    private final Deque<Accident> accidents = new ArrayDeque<>();
    final List<JsonNode> asked = new ArrayList<>();

    TedApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/search", exchange -> {
            try (exchange) {
                answer(exchange);
            }
        });
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/search");
    }

    /** The next page of every list: notices by number. */
    TedApi page(int... numbers) {
        var page = new ArrayList<String>();
        for (int number : numbers) {
            page.add("""
                    {"publication-number": "%1$d-2026", "procedure-identifier": "p%1$d", "notice-type": "cn-standard",
                     "title-proc": {"fra": "Marché %1$d"}, "deadline-receipt-tender-date-lot": ["2026-12-15+01:00"]}
                    """.formatted(number));
        }
        pages.add(page);
        return this;
    }

    /** @param request from 1 */
    TedApi accident(int request, int status, String body, String header) {
        accidents.add(new Accident(request, status, body, header));
        return this;
    }

    static Set<String> ids(int... numbers) {
        var ids = new TreeSet<String>();
        for (int number : numbers) {
            ids.add("ted:" + number + "-2026");
        }
        return ids;
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        JsonNode question = JSON.readTree(exchange.getRequestBody());
        asked.add(question);
        Accident next = accidents.peek();
        if (next != null && next.request() == asked.size()) {
            accidents.remove();
            if (!next.header().isEmpty()) {
                String[] header = next.header().split(": ");
                exchange.getResponseHeaders().set(header[0], header[1]);
            }
            send(exchange, next.status(), next.body());
            return;
        }
        String token = question.path("iterationNextToken").asText("t0");
        int page = Integer.parseInt(token.substring(1));
        List<String> notices = page < pages.size() ? pages.get(page) : List.of();
        send(exchange, 200, body(notices, page + 1));
    }

    static String body(List<String> notices, int token) {
        return "{\"notices\": [%s], \"totalNoticeCount\": 9, \"iterationNextToken\": \"t%d\", \"timedOut\": false}"
                .formatted(String.join(",", notices), token);
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
