package coop.vigie.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Many feeds of many hosts that lie some milliseconds away, against one feed at a time, and newsboat where it is installed. */
final class FetchBench {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SEED = 20261124;
    /** WordPress gives as many. */
    private static final int ITEMS = 10;

    private final Path checkout;
    private final int feeds;
    private final int hosts;
    private final int latency;
    private final int runs;

    /**
     * @param latency in milliseconds
     * @param runs of all but the one at a time, which takes long and hardly varies
     */
    FetchBench(Path checkout, int feeds, int hosts, int latency, int runs) {
        this.checkout = checkout;
        this.feeds = feeds;
        this.hosts = hosts;
        this.latency = latency;
        this.runs = runs;
    }

    private static final class Row {
        private final List<Double> millis = new ArrayList<>();
        private double processors;
        private long peak;
        private int atOnce;

        double median() {
            return new Figures(millis).median();
        }
    }

    void run() throws Exception {
        var made = new Feeds(SEED, ITEMS);
        List<byte[]> bytes = IntStream.range(0, feeds).mapToObj(made::feed).toList();
        var expected = new Sum();
        IntStream.range(0, feeds).forEach(feed -> made.sum(feed, expected));
        Map<String, Row> rows = new LinkedHashMap<>();
        try (var server = new FeedServer(bytes, hosts, Duration.ofMillis(latency))) {
            for (int run = 0; run < runs; run++) {
                step(rows, "vigie, parsed", "parsed", server, expected);
                step(rows, "vigie, parsed and stored", "stored", server, expected);
                if (Newsboat.isInstalled()) {
                    newsboat(rows, server, expected);
                }
            }
            step(rows, "one at a time, parsed", "alone", server, expected);
        }
        print(rows, bytes.stream().mapToLong(each -> each.length).sum(), expected);
    }

    private void step(Map<String, Row> rows, String name, String way, FeedServer server, Sum expected)
            throws Exception {
        Path home = Files.createTempDirectory("vigie-bench-fetch-");
        try {
            Files.writeString(home.resolve("feeds.yaml"), catalogue(server));
            JsonNode said = step(home, way);
            same(name, said.path("answer").asText(), expected);
            Row row = rows.computeIfAbsent(name, any -> new Row());
            row.millis.add(said.path("millis").asDouble());
            row.processors = said.path("processorMillis").asDouble() / 1_000;
            row.peak = Math.max(row.peak, said.path("peakMegabytes").asLong());
            row.atOnce = Math.max(row.atOnce, server.mostOfOneHost());
        } finally {
            Folders.delete(home);
        }
    }

    /** No delay between two requests to a host, as the rivals make none; still one at a time. */
    private String catalogue(FeedServer server) {
        return IntStream.range(0, feeds)
                .mapToObj(feed ->
                        "  - { id: f%d, type: rss, url: '%s', name: 'Source %d', level: community, kind: call, allow-private-network: true }%n"
                                .formatted(feed, server.url(feed), feed))
                .collect(Collectors.joining("", """
                        contact: "bench@example.org"
                        defaults: { delay: 0s }
                        sources:
                        """, ""));
    }

    private JsonNode step(Path home, String way) throws Exception {
        return JavaStep.run(checkout, JavaStep.asARound(), FetchStep.class, home.toString(), way);
    }

    private void newsboat(Map<String, Row> rows, FeedServer server, Sum expected) throws Exception {
        List<String> urls = IntStream.range(0, feeds).mapToObj(server::url).toList();
        Path home = Files.createTempDirectory("vigie-bench-newsboat-");
        try {
            long start = System.nanoTime();
            Newsboat.reload(home, urls, hosts);
            Row row = rows.computeIfAbsent("newsboat", any -> new Row());
            row.millis.add((System.nanoTime() - start) / 1e6);
            row.atOnce = Math.max(row.atOnce, server.mostOfOneHost());
            same("newsboat", Newsboat.read(home, urls).toString(), expected);
        } finally {
            Folders.delete(home);
        }
    }

    private static void same(String name, String answer, Sum expected) {
        if (!answer.equals(expected.toString())) {
            throw new IllegalStateException(name + " read " + answer + " instead of " + expected);
        }
    }

    private void print(Map<String, Row> rows, long bytes, Sum answer) throws IOException {
        System.out.printf(
                Locale.ROOT,
                "%,d feeds (%.1f MB, %s) of %d hosts, %d ms away, no delay between two; %d runs, each cold; one at a time: once%n%s%n%n",
                feeds,
                bytes / 1e6,
                answer,
                hosts,
                latency,
                runs,
                Machine.describe());
        System.out.printf(
                "%-26s %-28s %8s %10s %8s %14s%n",
                "reader", "ms: median (min – max)", "feeds/s", "processors", "peak MB", "most of a host");
        var view = new LinkedHashMap<String, Object>();
        rows.forEach((name, row) -> {
            var figures = new Figures(row.millis);
            double rate = feeds / (figures.median() / 1_000);
            view.put(
                    name,
                    Map.of(
                            "ms", figures.view(),
                            "feedsPerSecond", Math.round(rate),
                            "processorSeconds", row.processors,
                            "peakMegabytes", row.peak,
                            "mostOfOneHost", row.atOnce));
            System.out.printf(
                    Locale.ROOT,
                    "%-26s %-28s %8.0f %8.1f s %8s %14d%n",
                    name,
                    figures,
                    rate,
                    row.processors,
                    row.peak == 0 ? "–" : row.peak,
                    row.atOnce);
        });
        if (!rows.containsKey("newsboat")) {
            System.out.println("newsboat is not installed: left out (Debian: apt-get install newsboat)");
        }
        System.out.println();
        for (String ours : List.of("vigie, parsed", "vigie, parsed and stored")) {
            for (String rival : List.of("one at a time, parsed", "newsboat")) {
                if (rows.containsKey(rival)) {
                    double ratio = rows.get(rival).median() / rows.get(ours).median();
                    view.put(ours + " : " + rival, Math.round(ratio * 10) / 10.0);
                    System.out.printf(Locale.ROOT, "%-26s %5.1f times as fast as %s%n", ours, ratio, rival);
                }
            }
        }
        System.out.println();
        System.out.println(JSON.writeValueAsString(Map.of(
                "bench", "fetch",
                "feeds", feeds,
                "hosts", hosts,
                "latency", latency,
                "machine", Machine.describe(),
                "readers", view)));
    }

    /** The reader of feeds for terminals, with files of its own. */
    private static final class Newsboat {

        private static final String QUERY = "SELECT feedurl, guid, title FROM rss_item";

        private Newsboat() {}

        static boolean isInstalled() {
            return Programs.isThere(List.of("newsboat", "--version"));
        }

        /** Reads all feeds once, as many threads as there are hosts. */
        static void reload(Path home, List<String> urls, int threads) throws IOException {
            Path config =
                    Files.writeString(home.resolve("config"), "reload-threads %d%nmax-items 0%n".formatted(threads));
            Path list = Files.write(home.resolve("urls"), urls);
            int code = Programs.run(
                    List.of(
                            "newsboat",
                            "-C",
                            config.toString(),
                            "-u",
                            list.toString(),
                            "-c",
                            home.resolve("cache.db").toString(),
                            "-x",
                            "reload"),
                    Map.of("HOME", home.toString(), "LC_ALL", "C.UTF-8"));
            if (code != 0) {
                throw new IllegalStateException("newsboat ended with exit code " + code);
            }
        }

        static Sum read(Path home, List<String> urls) throws Exception {
            Map<String, String> ids =
                    IntStream.range(0, urls.size()).boxed().collect(Collectors.toMap(urls::get, feed -> "f" + feed));
            var sum = new Sum();
            try (var connection = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("cache.db"));
                    var statement = connection.createStatement();
                    var items = statement.executeQuery(QUERY)) {
                while (items.next()) {
                    sum.add(
                            ids.getOrDefault(items.getString("feedurl"), "?"),
                            items.getString("guid"),
                            items.getString("title"));
                }
            }
            return sum;
        }
    }
}
