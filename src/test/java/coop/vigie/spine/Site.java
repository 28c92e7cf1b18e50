package coop.vigie.spine;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A web site on loopback whose pages have ETags; it remembers how they were answered. */
final class Site implements AutoCloseable {

    private final HttpServer server;
    private final List<String> answers = new CopyOnWriteArrayList<>();

    Site() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** Puts a page at a path, in the place of the one that was there. */
    Site page(String path, String type, String text) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        String etag = "\"" + Integer.toHexString(Arrays.hashCode(body)) + "\"";
        return handle(path, exchange -> {
            exchange.getResponseHeaders().set("ETag", etag);
            exchange.getResponseHeaders().set("Content-Type", type);
            boolean known = etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
            // Noted before it is sent: whoever has the answer may look here.
            answers.add((known ? "304 " : "200 ") + path);
            exchange.sendResponseHeaders(known ? 304 : 200, known ? -1 : body.length);
            if (!known) {
                exchange.getResponseBody().write(body);
            }
        });
    }

    /** As {@link #page}, for a feed. */
    Site feed(String path, String text) {
        return page(path, "application/rss+xml; charset=utf-8", text);
    }

    Site handle(String path, HttpHandler handler) {
        try {
            server.removeContext(path);
        } catch (IllegalArgumentException nothingThereYet) {
            // The first page of this path.
        }
        server.createContext(path, exchange -> {
            try (exchange) {
                handler.handle(exchange);
            }
        });
        return this;
    }

    /** Status and path of each time a page was asked for since the last call. */
    List<String> answers() {
        List<String> all = List.copyOf(answers);
        answers.clear();
        return all;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
