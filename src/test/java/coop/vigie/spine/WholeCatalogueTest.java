package coop.vigie.spine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import coop.vigie.Corpus;
import coop.vigie.cli.HomeInTest;
import coop.vigie.cli.HomeInTest.Ran;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A round over the whole catalogue that the repository ships, against recorded answers and against what the web serves on a
 * bad day. Entries that are off are read, too, but for pages whose layout nobody knows: switching one on must work.
 */
class WholeCatalogueTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern ADDRESS = Pattern.compile("(?m)^    url: https?://(\\S+)$");

    /** What befalls a source in the first round, and how the round calls it. */
    private static final Map<String, String> FAULTS = Map.ofEntries(
            Map.entry("cocof", "500 failed"),
            Map.entry("ec-culture", "404 failed"),
            Map.entry("perform-europe", "cut failed"),
            Map.entry("ted-belgium", "page failed"),
            Map.entry("eu-funding-portal", "429 failed"),
            Map.entry("equal-brussels", "empty failed"),
            Map.entry("hub-brussels-subsidies", "garbage failed"),
            Map.entry("uk-contracts-finder", "403 refused"),
            Map.entry("germany-doe", "page failed"),
            Map.entry("fwb-culture", "layout failed"),
            Map.entry("aides-territoires", "garbage failed"));

    @TempDir
    private Path folder;

    /** The type of the source at each address, and its fault as long as it lasts. */
    private final Map<String, String> types = new ConcurrentHashMap<>();

    private final Map<String, String> faults = new ConcurrentHashMap<>();

    private Path recordings;
    /** One server for each host of the catalogue: what one asks for is not asked of the others. */
    private final Map<String, Site> web = new ConcurrentHashMap<>();

    private HomeInTest home;

    @BeforeEach
    void theWebOnLoopback_andAHomeWithTheCatalogue() throws IOException {
        recordings = Corpus.require("sources");
        home = new HomeInTest(folder, "2026-11-24T08:00:00Z");
        home.write("feeds.yaml", catalogue());
        home.write("notices/one.xml", recorded("eforms/published/2024-OJS056-00163529.xml"));
        home.write("bda.json", recorded("be-bda/search-publications-vito-2024-excerpt.json"));
    }

    @AfterEach
    void closeTheWeb() {
        web.values().forEach(Site::close);
    }

    /** @param path that begins with the host's name */
    private String url(String path) {
        String host = path.split("/")[1];
        return web.computeIfAbsent(host, name -> {
                    try {
                        return new Site().handle("/", this::answer);
                    } catch (IOException failure) {
                        throw new UncheckedIOException(failure);
                    }
                })
                .url(path);
    }

    @Test
    void readsEveryGoodSourceBesideTheBadOnes_andTheBadOnesAgainOnceTheyRecover() {
        Ran bad = home.fetch();
        faults.clear();
        Ran good = home.at("2026-11-25T08:00:00Z").fetch();

        assertEquals(1, bad.code(), bad.toString());
        var expected = new TreeMap<String, String>();
        sources(bad).forEach((id, source) -> expected.put(id, "fetched"));
        FAULTS.forEach((id, fault) -> expected.put(id, fault.split(" ")[1]));
        assertEquals(expected, outcomes(bad), bad.toString());
        sources(bad).forEach((id, source) -> {
            boolean fine = source.path("outcome").asText().equals("fetched");
            assertEquals(fine, source.path("message").asText().isEmpty(), source::toString);
            assertFalse(source.path("message").asText().contains("unexpected reason"), source::toString);
            assertTrue(!fine || source.path("new").asInt() > 0, source::toString);
        });

        assertEquals(0, good.code(), good.toString());
        sources(good).forEach((id, source) -> {
            boolean recovered = FAULTS.containsKey(id);
            assertTrue(source.path("outcome").asText().matches("fetched|unchanged"), source::toString);
            assertEquals(recovered, source.path("new").asInt() > 0, source::toString);
        });
    }

    private static Map<String, JsonNode> sources(Ran round) {
        var sources = new TreeMap<String, JsonNode>();
        for (JsonNode source : round.json().path("sources")) {
            assertEquals(null, sources.put(source.path("id").asText(), source), "an outcome too many");
        }
        return sources;
    }

    private static Map<String, String> outcomes(Ran round) {
        var outcomes = new TreeMap<String, String>();
        sources(round)
                .forEach((id, source) -> outcomes.put(id, source.path("outcome").asText()));
        return outcomes;
    }

    // --- the catalogue, with its addresses led to loopback

    private String catalogue() throws IOException {
        String shipped = Files.readString(Path.of("feeds.yaml"));
        var rewritten = new StringBuilder();
        for (String entry : shipped.split("(?m)^(?=  - id: )")) {
            rewritten.append(entry.startsWith("  - id: ") ? entry(entry) : entry);
        }
        return rewritten.toString().replaceAll("delay: \\d+s", "delay: 0s").replace("timeout: 30s", "timeout: 10s");
    }

    private String entry(String entry) {
        String id = word(entry, "- id: (\\S+)");
        String type = word(entry, "type: (\\S+)");
        boolean known = !type.equals("html-list") || entry.contains("item:");
        String on = known ? entry.replace("    enabled: false\n", "") : entry;
        if (type.equals("bda")) { // its credentials are nobody's, but what it answers can be read from a file
            return on.replaceFirst("url: \\S+", "url: file:bda.json");
        }
        Matcher address = ADDRESS.matcher(on);
        if (!address.find()) {
            return on;
        }
        String path = "/" + address.group(1);
        types.put(path.replaceFirst("\\?.*", ""), type);
        if (FAULTS.containsKey(id)) {
            faults.put(path.replaceFirst("\\?.*", ""), FAULTS.get(id).split(" ")[0]);
        }
        return address.replaceFirst(
                Matcher.quoteReplacement("    url: \"" + url(path) + "\"\n    allow-private-network: true"));
    }

    private static String word(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertTrue(matcher.find(), text);
        return matcher.group(1);
    }

    // --- the web

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        switch (faults.getOrDefault(path, path.equals("/robots.txt") ? "404" : "")) {
            case "500" -> exchange.sendResponseHeaders(500, -1);
            case "404" -> exchange.sendResponseHeaders(404, -1);
            case "403" -> exchange.sendResponseHeaders(403, -1);
            case "429" -> {
                exchange.getResponseHeaders().set("Retry-After", "3600");
                exchange.sendResponseHeaders(429, -1);
            }
            case "empty" -> exchange.sendResponseHeaders(200, -1);
            case "cut" -> {
                byte[] whole = good(path);
                exchange.sendResponseHeaders(200, whole.length);
                exchange.getResponseBody().write(whole, 0, whole.length / 2);
                exchange.getResponseBody().flush();
            }
            case "page" ->
                send(exchange, bytes("<!DOCTYPE html><html><title>Maintenance</title><p>Revenez</p></html>"));
            case "layout" -> send(exchange, bytes("<!DOCTYPE html><html><title>Appels</title><p>Refonte</p></html>"));
            case "garbage" -> send(exchange, new byte[] {(byte) 0xFE, 0, 1, 2, (byte) 0x80, 3, 0, 9, 8});
            default -> send(exchange, good(path));
        }
    }

    private static void send(HttpExchange exchange, byte[] body) throws IOException {
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    private byte[] good(String path) throws IOException {
        String host = path.split("/")[1];
        return switch (types.getOrDefault(path, "page")) {
            case "rss" -> bytes(Rss.of(Rss.item(host, "Appel à projets, call", "Date limite : 15 janvier 2027.")));
            case "ted-search" ->
                answer("notices", "totalNoticeCount", notices("ted-api/search-be-598420-excerpt.json"));
            case "sedia" -> answer("results", "totalResults", results("sedia/search-es-2-results-excerpt.json"));
            case "boamp" -> answer("results", "total_count", List.of(json("boamp/record-26-91551.json")));
            case "tenderned" -> answer("content", "totalElements", content());
            case "ocds" -> recorded("ocds/uk-contracts-finder/Release1.json");
            case "eforms" -> recorded("eforms/published/539018-2023.xml");
            case "json" -> bytes("{\"results\": [{\"title\": \"Aide\", \"link\": \"/aide/1\"}], \"next\": null}");
            case "sitemap" -> bytes(sitemap(host));
            case "html-list" -> bytes(list(host));
            default ->
                bytes("<html lang=fr><title>Appel</title><main><h1>Appel</h1>"
                        + "<p>Date limite : 15 janvier 2027 à midi.</p></main></html>");
        };
    }

    private String sitemap(String host) {
        String address = url("/" + host);
        return "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"><url><loc>" + address
                + "/fr/appels-a-projet/un</loc></url><url><loc>" + address + "/subsides/un</loc></url></urlset>";
    }

    private static String list(String host) {
        return """
                <html lang="fr"><title>Appels</title><main><article class="views-row news-list-item">
                <h2><a href="/%s/entreprise/consultation/1">Appel à projets</a></h2>
                <p>Date limite : 15 janvier 2027.</p></article></main></html>
                """.formatted(host);
    }

    private Iterable<JsonNode> notices(String recording) throws IOException {
        return json(recording).path("notices");
    }

    private Iterable<JsonNode> results(String recording) throws IOException {
        return json(recording).path("results");
    }

    private Iterable<JsonNode> content() throws IOException {
        return json("tenderned/publicaties-list-excerpt.json").path("content");
    }

    /** A recorded list that counts no more than was recorded of it. */
    private static byte[] answer(String list, String count, Iterable<JsonNode> items) throws IOException {
        ObjectNode answer = JSON.createObjectNode();
        items.forEach(answer.putArray(list)::add);
        answer.put(count, answer.path(list).size());
        return JSON.writeValueAsBytes(answer);
    }

    private JsonNode json(String recording) throws IOException {
        return JSON.readTree(recorded(recording));
    }

    private byte[] recorded(String recording) throws IOException {
        return Files.readAllBytes(recordings.resolve(recording));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
