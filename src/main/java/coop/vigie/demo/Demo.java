package coop.vigie.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import coop.vigie.notice.VigieException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A home in a folder, and a server on loopback with the sources that its {@code feeds.yaml} names. */
public final class Demo implements AutoCloseable {

    private final HttpServer server;
    private final Samples samples;
    private final Map<String, byte[]> documents = new ConcurrentHashMap<>();

    private Demo(HttpServer server, Samples samples) {
        this.server = server;
        this.samples = samples;
    }

    /**
     * Writes {@code feeds.yaml} and {@code groups.yaml} into the folder and starts the server.
     *
     * @throws VigieException if the folder is a home already, or cannot be written
     */
    public static Demo prepare(Path home, Instant now) {
        if (Files.exists(home.resolve("feeds.yaml"))) {
            throw new VigieException("%s is a home already: name a new or empty folder".formatted(home));
        }
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var demo = new Demo(server, new Samples(now));
            demo.publish(false);
            server.createContext("/", demo::answer);
            server.start();
            Files.createDirectories(home);
            Files.writeString(
                    home.resolve("feeds.yaml"), demo.feeds(server.getAddress().getPort()));
            Files.writeString(home.resolve("groups.yaml"), demo.samples.groups());
            return demo;
        } catch (IOException failure) {
            throw new VigieException("the demo could not be set up in %s: %s".formatted(home, failure), failure);
        }
    }

    /** From now on the sources show what came a day later: a change notice, and a moved date in a feed. */
    public void moveOn() {
        publish(true);
    }

    private void publish(boolean second) {
        documents.put("/notices.zip", samples.notices(second));
        documents.put("/appels.xml", samples.french(second));
        documents.put("/oproepen.xml", samples.dutch());
    }

    private String feeds(int port) {
        return """
                # Sample sources, served on this machine while the demo ran.
                contact: "https://vigie.example.org, vigie@example.org"
                defaults: { every: 6h, delay: 0s, timeout: 30s, zone: Europe/Brussels }
                sources:
                  - id: sample-notices
                    type: eforms
                    url: http://127.0.0.1:%1$d/notices.zip
                    name: "Public tenders (sample)"
                    level: federal
                    kind: tender
                    allow-private-network: true
                  - id: appels-fr
                    type: rss
                    url: http://127.0.0.1:%1$d/appels.xml
                    name: "Appels à projets (exemple)"
                    level: community
                    kind: call
                    languages: [fr]
                    places: [BE10, BE3]
                    allow-private-network: true
                  - id: oproepen-nl
                    type: rss
                    url: http://127.0.0.1:%1$d/oproepen.xml
                    name: "Oproepen (voorbeeld)"
                    level: community
                    kind: call
                    languages: [nl]
                    places: [BE2]
                    allow-private-network: true
                """.formatted(port);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] document = documents.get(exchange.getRequestURI().getPath());
            if (document == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            String etag = "\"" + Integer.toHexString(Arrays.hashCode(document)) + "\"";
            exchange.getResponseHeaders().set("ETag", etag);
            if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
                exchange.sendResponseHeaders(304, -1);
                return;
            }
            boolean archive = exchange.getRequestURI().getPath().endsWith(".zip");
            exchange.getResponseHeaders()
                    .set(
                            "Content-Type",
                            archive ? "application/zip" : "application/xml; charset=" + StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, document.length);
            exchange.getResponseBody().write(document);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
