package coop.vigie.deliver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A WebDAV server on loopback (RFC 4918) that keeps files in memory and means its conditions: If-Match, If-None-Match, a
 * login, a parent that must be there.
 */
public final class DavServer implements AutoCloseable {

    public static final String LOGIN = "vigie:s3cret:with colon";

    private final HttpServer server;
    private final TreeMap<String, String> files = new TreeMap<>();
    private final TreeMap<String, Integer> versions = new TreeMap<>();
    private final TreeSet<String> folders = new TreeSet<>(List.of("/", "/dav/"));
    private final List<String> heard = new ArrayList<>();
    private int counter;
    private @Nullable String failing;
    private int failure;
    private boolean cutAfterwards;
    private boolean weak;

    public DavServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/", this::handle);
        server.start();
    }

    public String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** Requests, as {@code PUT /dav/a If-None-Match: *}. */
    public synchronized List<String> heard() {
        return List.copyOf(heard);
    }

    public synchronized List<String> names() {
        return List.copyOf(files.keySet());
    }

    public synchronized @Nullable String content(String path) {
        return files.get(path);
    }

    /** Somebody else writes. */
    public synchronized void write(String path, String content) {
        files.put(path, content);
        versions.put(path, ++counter);
    }

    public synchronized void delete(String path) {
        files.remove(path);
        versions.remove(path);
    }

    /** The tag changes, the content does not. */
    public synchronized void touch(String path) {
        versions.put(path, ++counter);
    }

    /** From now on, a PUT of what ends so is answered with that status; null for none. */
    public synchronized void fail(@Nullable String ending, int status) {
        failing = ending;
        failure = status;
    }

    /** From now on, a PUT of what ends so is done, and its answer lost. */
    public synchronized void cutAfter(String ending) {
        failing = ending;
        cutAfterwards = true;
    }

    public synchronized void heal() {
        failing = null;
        cutAfterwards = false;
    }

    /** Only weak tags from now on, with which no condition can be made. */
    public synchronized void weak() {
        weak = true;
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            byte[] body = exchange.getRequestBody().readAllBytes();
            String match = exchange.getRequestHeaders().getFirst("If-Match");
            String noneMatch = exchange.getRequestHeaders().getFirst("If-None-Match");
            heard.add(exchange.getRequestMethod() + " " + path + (match == null ? "" : " If-Match")
                    + (noneMatch == null ? "" : " If-None-Match: " + noneMatch));
            String login = "Basic " + Base64.getEncoder().encodeToString(LOGIN.getBytes(StandardCharsets.UTF_8));
            if (!login.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                answer(exchange, 401, "");
                return;
            }
            switch (exchange.getRequestMethod()) {
                case "PUT" -> put(exchange, path, body, match, noneMatch);
                case "MKCOL" -> answer(exchange, makeFolder(path), "");
                case "GET", "HEAD" -> {
                    String content = files.get(path);
                    tag(exchange, path);
                    answer(exchange, content == null ? 404 : 200, content == null ? "" : content);
                }
                default -> answer(exchange, 405, "");
            }
        }
    }

    private void put(
            HttpExchange exchange, String path, byte[] body, @Nullable String match, @Nullable String noneMatch)
            throws IOException {
        boolean hit = failing != null && path.endsWith(failing);
        if (hit && !cutAfterwards) {
            answer(exchange, failure, "");
            return;
        }
        if (!folders.contains(parent(path))) {
            answer(exchange, 409, "");
            return;
        }
        boolean there = files.containsKey(path);
        // RFC 9110, section 13.1.1: compared strongly, so that a weak tag never matches.
        boolean matches = match == null || (there && !weak && match.equals(tag(path)));
        if (!matches || ("*".equals(noneMatch) && there)) {
            answer(exchange, 412, "");
            return;
        }
        write(path, new String(body, StandardCharsets.UTF_8));
        if (hit) {
            return; // closed without an answer
        }
        tag(exchange, path);
        answer(exchange, there ? 204 : 201, "");
    }

    private int makeFolder(String path) {
        String folder = path.endsWith("/") ? path : path + "/";
        if (folders.contains(folder)) {
            return 405;
        }
        if (!folders.contains(parent(folder))) {
            return 409;
        }
        folders.add(folder);
        return 201;
    }

    private static String parent(String path) {
        String bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return bare.substring(0, bare.lastIndexOf('/') + 1);
    }

    private void tag(HttpExchange exchange, String path) {
        if (files.containsKey(path)) {
            exchange.getResponseHeaders().set("ETag", (weak ? "W/" : "") + tag(path));
        }
    }

    private String tag(String path) {
        return "\"v" + versions.get(path) + "\"";
    }

    private static void answer(HttpExchange exchange, int status, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        boolean bare = exchange.getRequestMethod().equals("HEAD") || bytes.length == 0;
        exchange.sendResponseHeaders(status, bare ? -1 : bytes.length);
        if (!bare) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
