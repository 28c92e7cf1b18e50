package coop.vigie.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import coop.vigie.Vigie;
import coop.vigie.call.CallStore;
import coop.vigie.parse.ParsedNotice;
import coop.vigie.store.Database;
import coop.vigie.store.NoticeStore;
import coop.vigie.store.Schema;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A search in a process of its own, as a person at a terminal has it: {@code ./vigie search} against plain {@code java -jar}
 * of the same program, and against the {@code sqlite3} tool on an FTS5 table with the same data.
 */
final class CliBench {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SEED = 20261124;
    private static final int RUNS = 11;
    private static final int BATCH = 5_000;
    private static final int LIMIT = 50;

    private final Path checkout;
    private final Path folder;
    private final int calls;

    CliBench(Path checkout, int calls) {
        this.checkout = checkout;
        this.calls = calls;
        // Another seed or another kind of data is another folder.
        this.folder = checkout.resolve(".vigie-cache/bench/cli-3-" + SEED + "-" + calls);
    }

    /** What is asked, and how each program is asked it. */
    private record Question(String name, List<String> words) {

        String fts() {
            return String.join(" ", words);
        }
    }

    private static final List<Question> QUESTIONS = List.of(
            new Question("one word", List.of(Calls.word(300))),
            new Question("two words", List.of(Calls.word(5), Calls.word(40))),
            new Question("everything", List.of("*")));

    void run() throws Exception {
        prepare();
        System.out.printf(
                Locale.ROOT,
                "cold search, %,d calls, a third open, %d runs after one dropped; ms: median (min – max)%n%s%n%n",
                calls,
                RUNS - 1,
                Machine.describe());
        System.out.printf(
                "%-12s %-24s %-24s %-24s %s%n", "query", "./vigie", "java -jar", "sqlite3 FTS5", "ratio to java -jar");
        var answers = new ArrayList<Map<String, Object>>();
        for (Question question : QUESTIONS) {
            answers.add(measure(question));
        }
        System.out.println();
        System.out.println(JSON.writeValueAsString(
                Map.of("bench", "cli", "calls", calls, "machine", Machine.describe(), "queries", answers)));
    }

    private Map<String, Object> measure(Question question) throws Exception {
        var programs = new LinkedHashMap<String, List<String>>();
        programs.put("vigie", vigie(question));
        programs.put("plain", plain(question));
        if (hasSqlite()) {
            programs.put("sqlite3", sqlite(question));
        }
        requireSameAnswers(question, programs);
        var millis = new LinkedHashMap<String, List<Double>>();
        for (int run = 0; run < RUNS; run++) {
            // In turn, so that a busy moment of the machine hits all of them.
            for (var program : programs.entrySet()) {
                double time = time(program.getValue());
                if (run > 0) {
                    millis.computeIfAbsent(program.getKey(), name -> new ArrayList<>())
                            .add(time);
                }
            }
        }
        var figures = new LinkedHashMap<String, Figures>();
        millis.forEach((name, each) -> figures.put(name, new Figures(each)));
        double ratio = figures.get("plain").median() / figures.get("vigie").median();
        System.out.printf(
                Locale.ROOT,
                "%-12s %-24s %-24s %-24s %.2f%n",
                question.name(),
                figures.get("vigie"),
                figures.get("plain"),
                figures.containsKey("sqlite3") ? figures.get("sqlite3") : "skipped: not installed",
                ratio);
        var view = new LinkedHashMap<String, Object>();
        view.put("query", question.name());
        figures.forEach((name, each) -> view.put(name, each.view()));
        view.put("ratio", Math.round(100 * ratio) / 100.0);
        return view;
    }

    private List<String> search(Question question) {
        var words = new ArrayList<>(List.of("--home", folder.toString(), "--now", Calls.NOW.toString(), "search"));
        words.addAll(question.words());
        words.addAll(List.of("--format", "json"));
        return words;
    }

    private List<String> vigie(Question question) {
        var command = new ArrayList<>(List.of(checkout.resolve("vigie").toString()));
        command.addAll(search(question));
        return command;
    }

    private List<String> plain(Question question) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                checkout.resolve("target/vigie.jar").toString()));
        command.addAll(search(question));
        return command;
    }

    private List<String> sqlite(Question question) {
        String match = question.fts().equals("*") ? "" : "fts MATCH '" + question.fts() + "' AND ";
        return List.of(
                "sqlite3",
                "-json",
                folder.resolve("fts.db").toString(),
                "SELECT id, title, buyer, closes FROM fts WHERE " + match + "closes >= " + Calls.NOW.toEpochMilli()
                        + " ORDER BY closes, id LIMIT " + LIMIT);
    }

    private static boolean hasSqlite() {
        return List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)).stream()
                .anyMatch(each -> Files.isExecutable(Path.of(each, "sqlite3")));
    }

    private static void requireSameAnswers(Question question, Map<String, List<String>> programs) throws Exception {
        var ids = new LinkedHashMap<String, List<String>>();
        for (var program : programs.entrySet()) {
            Path out = output(program.getValue());
            var found = new ArrayList<String>();
            for (JsonNode hit : JSON.readTree(Files.readAllBytes(out))) {
                found.add(hit.path("id").asText());
            }
            Files.delete(out);
            ids.put(program.getKey(), found);
        }
        List<String> ours = ids.get("vigie");
        ids.forEach((name, theirs) -> {
            if (!theirs.equals(ours) || ours.isEmpty()) {
                throw new IllegalStateException(
                        "for '%s', vigie found %s, and %s found %s".formatted(question.name(), ours, name, theirs));
            }
        });
    }

    private static double time(List<String> command) throws Exception {
        long start = System.nanoTime();
        Files.delete(output(command));
        return (System.nanoTime() - start) / 1e6;
    }

    /** Runs a program to its good end; what it wrote. */
    private static Path output(List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile("vigie-bench-", ".json");
        int code = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException("'%s' ended with exit code %d".formatted(String.join(" ", command), code));
        }
        return out;
    }

    /** Store, index and FTS5 table, made once: the file that says so comes last. */
    private void prepare() throws IOException, SQLException {
        Path done = folder.resolve("feeds.yaml");
        if (!Files.exists(done)) {
            System.err.printf(Locale.ROOT, "making %,d calls, once …%n", calls);
            var made = new Calls(SEED);
            List<ParsedNotice> notices =
                    IntStream.range(0, calls).mapToObj(made::notice).toList();
            store(notices);
            table(notices);
            Files.writeString(done, "contact: \"bench@example.org\"\nsources: []\n");
        }
        // Also brings an index of another format up to date.
        try (var vigie = new Vigie(folder, Calls.NOW, Map.of())) {
            vigie.indexView().catchUp(Calls.NOW);
        }
    }

    private void store(List<ParsedNotice> notices) throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.deleteIfExists(data.resolve(Schema.PUBLIC.fileName()));
        try (Database database = Database.open(data, Schema.PUBLIC)) {
            var store = new CallStore(database, new NoticeStore(database));
            for (int from = 0; from < notices.size(); from += BATCH) {
                List<ParsedNotice> batch = notices.subList(from, Math.min(from + BATCH, notices.size()));
                database.write(handle -> store.ingest(handle, batch, Calls.NOW));
            }
        }
    }

    private void table(List<ParsedNotice> notices) throws IOException, SQLException {
        Path file = folder.resolve("fts.db");
        Files.deleteIfExists(file);
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute(
                    "CREATE VIRTUAL TABLE fts USING fts5(title, text, buyer, id UNINDEXED, closes UNINDEXED)");
            connection.setAutoCommit(false);
            try (var insert = connection.prepareStatement("INSERT INTO fts VALUES (?, ?, ?, ?, ?)")) {
                for (ParsedNotice each : notices) {
                    var notice = each.notice();
                    insert.setString(1, notice.title().in(List.of()));
                    insert.setString(2, notice.text().in(List.of()));
                    insert.setString(3, notice.buyer());
                    insert.setString(4, notice.id().toString());
                    insert.setLong(
                            5, java.util.Objects.requireNonNull(notice.closes()).toEpochMilli());
                    insert.executeUpdate();
                }
            }
            connection.commit();
        }
    }
}
