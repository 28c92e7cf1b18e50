package coop.vigie.fetch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLServerSocket;
import org.jspecify.annotations.Nullable;

/** A real server on loopback that writes whatever bytes a route wants, one connection per request, and keeps a log. */
public final class NastyServer implements AutoCloseable {

    /** @param body what was posted; "" for a GET */
    public record Request(String method, String path, Map<String, String> headers, String body, long start, long end) {
        public @Nullable String header(String name) {
            return headers.get(name.toLowerCase(Locale.ROOT));
        }
    }

    @FunctionalInterface
    public interface Route {
        void answer(Request request, OutputStream out) throws IOException, InterruptedException;
    }

    private final ServerSocket server;
    private final Map<String, Route> routes = new ConcurrentHashMap<>();
    public final List<Request> requests = new CopyOnWriteArrayList<>();

    NastyServer() {
        this("127.0.0.1");
    }

    public NastyServer(String address) {
        this(address, ServerSocketFactory.getDefault());
    }

    /** @param sockets for a server with TLS */
    public NastyServer(String address, ServerSocketFactory sockets) {
        try {
            server = sockets.createServerSocket(0, 50, InetAddress.getByName(address));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public void on(String path, Route route) {
        routes.put(path, route);
    }

    public void on(String path, String statusAndHeaders, byte[] body) {
        on(path, (request, out) -> {
            out.write(head(statusAndHeaders));
            out.write(body);
        });
    }

    public void on(String path, String statusAndHeaders) {
        on(path, statusAndHeaders, new byte[0]);
    }

    /** {@code "200 OK|ETag: x"} as the head of an answer. */
    public static byte[] head(String statusAndHeaders) {
        return ("HTTP/1.1 " + statusAndHeaders.replace("|", "\r\n") + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    public URI uri(String path) {
        return URI.create((server instanceof SSLServerSocket ? "https://" : "http://")
                + server.getInetAddress().getHostAddress() + ":" + server.getLocalPort() + path);
    }

    public int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            String first = in.readLine();
            if (first == null || !first.matches("\\S+ \\S+ HTTP/.*")) {
                return; // gone, or no HTTP
            }
            long start = System.nanoTime();
            String method = first.split(" ", 3)[0];
            String path = first.split(" ", 3)[1];
            Map<String, String> headers = new HashMap<>();
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                int colon = Math.max(0, line.indexOf(':'));
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            char[] posted = new char[Integer.parseInt(headers.getOrDefault("content-length", "0"))];
            for (int read = 0; read < posted.length; ) {
                read += in.read(posted, read, posted.length - read);
            }
            String body = new String(posted);
            Request request = new Request(method, path, headers, body, start, start);
            Route route = routes.getOrDefault(path, (r, out) -> out.write(head("404 Not Found|Content-Length: 0")));
            // Noted before it is answered: whoever has the answer may look here.
            requests.add(request);
            try {
                route.answer(request, socket.getOutputStream());
                socket.getOutputStream().flush();
            } finally {
                var ended = new Request(method, path, headers, body, start, System.nanoTime());
                requests.replaceAll(each -> each.equals(request) ? ended : each);
            }
        } catch (IOException | InterruptedException e) {
            // the client has gone, as some tests want
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
