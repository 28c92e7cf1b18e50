package coop.vigie.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many hosts on loopback, each at an address of its own, that lie some milliseconds away: feeds in turn, the robots.txt of a
 * host that allows everything, and how many were asked at once at most.
 */
final class FeedServer implements AutoCloseable {

    private static final String ROBOTS = "User-agent: *\nDisallow: /private/\n";

    /** No client's request is longer. */
    private static final int REQUEST = 8_192;

    private final List<byte[]> feeds;
    private final Duration latency;
    private final List<ServerSocket> listeners = new ArrayList<>();
    private final List<AtomicInteger> asked = new ArrayList<>();
    private final AtomicInteger mostOfOneHost = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    FeedServer(List<byte[]> feeds, int hosts, Duration latency) throws IOException {
        this.feeds = feeds;
        this.latency = latency;
        for (int host = 0; host < hosts; host++) {
            var address = InetAddress.getByName("127.0.%d.%d".formatted(1 + host / 250, 1 + host % 250));
            var listener = new ServerSocket(0, 50, address);
            var count = new AtomicInteger();
            listeners.add(listener);
            asked.add(count);
            threads.execute(() -> listen(listener, count));
        }
    }

    /** The address of that feed. */
    String url(int feed) {
        ServerSocket host = listeners.get(feed % listeners.size());
        return "http://%s:%d/%d/feed.xml".formatted(host.getInetAddress().getHostAddress(), host.getLocalPort(), feed);
    }

    /** The most requests that one host ever had to answer at the same time; counts anew from here. */
    int mostOfOneHost() {
        return mostOfOneHost.getAndSet(0);
    }

    private void listen(ServerSocket listener, AtomicInteger count) {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                threads.execute(() -> serve(socket, count));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket, AtomicInteger count) {
        try (socket;
                InputStream in = socket.getInputStream();
                OutputStream out = socket.getOutputStream()) {
            for (String path = path(in); !path.isEmpty(); path = path(in)) {
                int now = count.incrementAndGet();
                mostOfOneHost.accumulateAndGet(now, Math::max);
                Thread.sleep(latency);
                boolean robots = path.equals("/robots.txt");
                byte[] body = robots
                        ? ROBOTS.getBytes(StandardCharsets.US_ASCII)
                        : feeds.get(Integer.parseInt(path.split("/")[1]));
                count.decrementAndGet();
                String head = "HTTP/1.1 200 OK\r\nContent-Type: " + (robots ? "text/plain" : "application/xml")
                        + "; charset=utf-8\r\nContent-Length: " + body.length + "\r\n\r\n";
                out.write(head.getBytes(StandardCharsets.US_ASCII));
                out.write(body);
                out.flush();
            }
        } catch (IOException | InterruptedException gone) {
            // A client may hang up when it likes.
        }
    }

    /** Of the next request on this connection, which comes alone; "" at its end. */
    private static String path(InputStream in) throws IOException {
        byte[] request = new byte[REQUEST];
        int length = 0;
        while (length < 4 || !isEnd(request, length)) {
            int read = in.read(request, length, REQUEST - length);
            if (read <= 0) {
                return "";
            }
            length += read;
        }
        return new String(request, 0, length, StandardCharsets.US_ASCII).split(" ", 3)[1];
    }

    private static boolean isEnd(byte[] request, int length) {
        return request[length - 1] == '\n' && request[length - 3] == '\n';
    }

    @Override
    public void close() throws IOException {
        for (ServerSocket listener : listeners) {
            listener.close();
        }
        threads.shutdownNow();
    }
}
