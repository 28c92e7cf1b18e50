package coop.vigie.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How many MB of made-up documents of each format are read in a second of a processor, by us and by others. */
final class ParseBench {

    private static final ObjectMapper JSON = new ObjectMapper();
    /**
     * @param name as {@link ParseStep} knows it
     * @param words what it does
     */
    private record Reader(Documents format, String name, String words) {}

    private static final List<Reader> READERS = List.of(
            new Reader(Documents.FEEDS, "items", "vigie, to items"),
            new Reader(Documents.FEEDS, "notices", "vigie, to notices with deadlines"),
            new Reader(Documents.FEEDS, "rome", "Rome alone"),
            new Reader(Documents.FEEDS, "feedparser", "Python feedparser"),
            new Reader(Documents.TED, "notices", "vigie, to notices"),
            new Reader(Documents.TED, "jackson", "Jackson, the tree alone"),
            new Reader(Documents.EFORMS, "notices", "vigie, to notices"),
            new Reader(Documents.EFORMS, "xpath", "DOM and XPath, the same fields"),
            new Reader(Documents.HTML, "notices", "vigie, to notices with deadlines"),
            new Reader(Documents.HTML, "jsoup", "jsoup, the tree alone"));

    /** @param floor how many times as fast the first must be */
    private record Comparison(
            Documents format,
            String ours,
            String rival,
            @Nullable Double floor) {}

    private static final List<Comparison> COMPARISONS = List.of(
            new Comparison(Documents.FEEDS, "items", "rome", 0.9),
            new Comparison(Documents.FEEDS, "items", "feedparser", 4.0),
            new Comparison(Documents.FEEDS, "notices", "feedparser", null),
            new Comparison(Documents.EFORMS, "notices", "xpath", 5.0));

    private final Path checkout;
    private final int runs;

    /** @param runs of each reader */
    ParseBench(Path checkout, int runs) {
        this.checkout = checkout;
        this.runs = runs;
    }

    private static final class Row {
        private final List<Double> rates = new ArrayList<>();
        private String answer = "";

        double median() {
            return rates.stream().sorted().toList().get(rates.size() / 2);
        }

        @Override
        public String toString() {
            return answer;
        }
    }

    void run() throws Exception {
        Optional<Feedparser> feedparser = Feedparser.installed();
        Map<Reader, Row> rows = new LinkedHashMap<>();
        for (int run = 0; run < runs; run++) {
            for (Reader reader : READERS) {
                if (!reader.name().equals("feedparser")) {
                    add(rows, reader, step(reader));
                } else if (feedparser.isPresent()) {
                    add(rows, reader, feedparser.get().read(reader.format().all()));
                }
            }
        }
        for (Documents format : Documents.values()) {
            List<String> answers = rows.entrySet().stream()
                    .filter(entry -> entry.getKey().format() == format)
                    .map(entry -> entry.getValue().answer)
                    .distinct()
                    .toList();
            if (answers.size() != 1) {
                throw new IllegalStateException(format + " are read in different ways: " + rows);
            }
        }
        print(rows);
    }

    private static void add(Map<Reader, Row> rows, Reader reader, JsonNode said) {
        Row row = rows.computeIfAbsent(reader, any -> new Row());
        row.rates.add(said.path("megabytesPerSecond").asDouble());
        row.answer = said.path("answer").asText();
    }

    private JsonNode step(Reader reader) throws Exception {
        return JavaStep.run(
                checkout, List.of("-Xmx512m"), ParseStep.class, reader.format().name(), reader.name());
    }

    private void print(Map<Reader, Row> rows) throws IOException {
        System.out.printf(
                Locale.ROOT,
                "MB of documents in a second of one processor, warm, collecting garbage not counted; %d runs, each in a process of its own%n%s%n%n",
                runs,
                Machine.describe());
        System.out.printf("%-8s %-34s %-26s %s%n", "format", "reader", "MB/s: median (min – max)", "answer");
        var view = new LinkedHashMap<String, Object>();
        rows.forEach((reader, row) -> {
            List<Double> rates = row.rates.stream().sorted().toList();
            view.put(
                    reader.format().name().toLowerCase(Locale.ROOT) + " " + reader.name(),
                    Map.of("median", row.median(), "min", rates.getFirst(), "max", rates.getLast()));
            System.out.printf(
                    Locale.ROOT,
                    "%-8s %-34s %6.1f (%.1f – %.1f)%10s %s%n",
                    reader.format().name().toLowerCase(Locale.ROOT),
                    reader.words(),
                    row.median(),
                    rates.getFirst(),
                    rates.getLast(),
                    "",
                    row.answer);
        });
        if (rows.keySet().stream().noneMatch(reader -> reader.name().equals("feedparser"))) {
            System.out.println(
                    "Python's feedparser is not installed: left out (Debian: apt-get install python3-feedparser)");
        }
        System.out.println();
        for (Comparison each : COMPARISONS) {
            Row ours = row(rows, each.format(), each.ours());
            Row rival = row(rows, each.format(), each.rival());
            if (ours != null && rival != null) {
                double ratio = ours.median() / rival.median();
                view.put(each.format() + " " + each.ours() + " : " + each.rival(), Math.round(ratio * 100) / 100.0);
                System.out.printf(
                        Locale.ROOT,
                        "%s, %s: %.2f times as fast as %s%s%n",
                        each.format().name().toLowerCase(Locale.ROOT),
                        each.ours(),
                        ratio,
                        each.rival(),
                        each.floor() == null ? "" : " (floor: " + each.floor() + ")");
            }
        }
        System.out.println();
        System.out.println(
                JSON.writeValueAsString(Map.of("bench", "parse", "machine", Machine.describe(), "readers", view)));
    }

    private static @Nullable Row row(Map<Reader, Row> rows, Documents format, String name) {
        return rows.entrySet().stream()
                .filter(entry -> entry.getKey().format() == format
                        && entry.getKey().name().equals(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    /** The reader of feeds that most programs in Python use. */
    private record Feedparser(String python) {

        private static final String SCRIPT = """
                import sys, time, glob, feedparser
                documents = [open(name, 'rb').read() for name in sorted(glob.glob(sys.argv[1] + '/*.xml'))]
                def once():
                    return [(e.id, e.title) for d in documents for e in feedparser.parse(d).entries]
                total = 0
                items = once()
                for id, title in items:
                    hash = 1
                    for c in '\\n%s\\n%s' % (id, title):
                        hash = (hash * 1000003 + ord(c)) % 2**64
                    total = (total + hash) % 2**64
                start = time.process_time()
                read = 0
                while time.process_time() - start < 2:
                    once()
                    read += sum(map(len, documents))
                rate = read / 1e6 / (time.process_time() - start)
                print('{"megabytesPerSecond": %f, "answer": "%d items, sum %x"}' % (rate, len(items), total))
                """;

        /** Debian's Python knows what Debian installs, even where another one comes first. */
        static Optional<Feedparser> installed() {
            return Stream.of("python3", "/usr/bin/python3")
                    .filter(python -> Programs.isThere(List.of(python, "-c", "import feedparser")))
                    .map(Feedparser::new)
                    .findFirst();
        }

        JsonNode read(List<byte[]> documents) throws Exception {
            Path folder = Files.createTempDirectory("vigie-bench-feedparser-");
            try {
                for (int i = 0; i < documents.size(); i++) {
                    Files.write(folder.resolve("%04d.xml".formatted(i)), documents.get(i));
                }
                Path out = folder.resolve("said.json");
                int code = new ProcessBuilder(python, "-c", SCRIPT, folder.toString())
                        .redirectOutput(out.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start()
                        .waitFor();
                if (code != 0) {
                    throw new IllegalStateException("feedparser ended with exit code " + code);
                }
                return JSON.readTree(Files.readAllBytes(out));
            } finally {
                Folders.delete(folder);
            }
        }
    }
}
