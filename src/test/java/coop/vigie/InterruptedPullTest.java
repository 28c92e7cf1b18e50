package coop.vigie;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import coop.vigie.cli.HomeInTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody presses Ctrl-C in a pull on a slow line. */
class InterruptedPullTest {

    private static final String NOW = "2026-11-16T08:00:00Z";

    @TempDir
    private Path folder;

    private HttpServer server;
    private final AtomicInteger served = new AtomicInteger();
    private final CountDownLatch stuck = new CountDownLatch(1);
    private final CountDownLatch free = new CountDownLatch(1);

    @BeforeEach
    void start() throws IOException {
        var home = new HomeInTest(folder.resolve("home"), NOW);
        home.feeds("""
                - id: appels
                  type: rss
                  url: "file:appels.xml"
                  reuse: full
                """);
        // What comes later is published as a file of its own.
        for (int calls : new int[] {200, 210}) {
            home.write("appels.xml", feed(calls));
            home.fetch();
            home.run("export", "index");
        }
        Path published = home.folder().resolve("data/site/index");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/index/", exchange -> {
            String name = exchange.getRequestURI().getPath().substring("/index/".length());
            if (name.startsWith("calls/") && served.incrementAndGet() > 1) {
                stuck.countDown();
                try {
                    free.await();
                } catch (InterruptedException end) {
                    Thread.currentThread().interrupt();
                }
            }
            byte[] body = Files.readAllBytes(published.resolve(name));
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        free.countDown();
        server.stop(0);
    }

    private static String feed(int calls) {
        return IntStream.range(0, calls)
                .mapToObj(i -> """
                        <item><guid isPermaLink="false">%d</guid><title>Appel %d</title><link>https://calls.example.org/%d</link>
                        <description>Date limite : 20 décembre 2026.</description></item>""".formatted(i, i, i))
                .collect(Collectors.joining(
                        "",
                        "<rss version=\"2.0\"><channel><title>A</title><link>https://calls.example.org/</link>",
                        "</channel></rss>"));
    }

    private Program pull() throws IOException {
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/index/";
        return Program.start(folder.resolve("laptop"), folder, NOW, "pull", url, "--allow-private-network");
    }

    @Test
    void saysHowFarItHasCome_andTheSameCommandGoesOnFromThere() throws Exception {
        try (Program first = pull()) {
            assertTrue(stuck.await(60, TimeUnit.SECONDS), first.outputOrFailure());
            first.terminate();

            assertEquals(143, first.end(), first.outputOrFailure());
            assertTrue(first.output().contains("/index/: 1 of 2 files ("), first.outputOrFailure());
            assertTrue(first.output().contains("The same command goes on from there."), first.outputOrFailure());
        }
        free.countDown();
        served.set(0);
        try (Program second = pull()) {
            assertEquals(0, second.end(), second.outputOrFailure());
            assertTrue(second.output().contains("Pulled: 210 open calls"), second.outputOrFailure());
            assertEquals(1, served.get(), "what was there is not loaded again");
        }
    }
}
