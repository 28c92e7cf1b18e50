package coop.vigie.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A search in a process of its own, as a person at a terminal has it: {@code ./vigie search} against plain {@code java -jar}
 * of the same program, and against the {@code sqlite3} tool on an FTS5 table with the same data.
 */
final class CliBench {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int RUNS = 11;
    private static final int LIMIT = 50;

    private final Path checkout;
    private final SearchableCalls data;
    private final int calls;

    CliBench(Path checkout, int calls) {
        this.checkout = checkout;
        this.calls = calls;
        this.data = new SearchableCalls(checkout, calls);
    }

    /** What is asked, and how each program is asked it. */
    private record Question(String name, List<String> words) {

        String fts() {
            return words.equals(List.of("*")) ? "" : String.join(" ", words);
        }
    }

    private static final List<Question> QUESTIONS = List.of(
            new Question("one word", List.of(Calls.word(300))),
            new Question("two words", List.of(Calls.word(5), Calls.word(40))),
            new Question("everything", List.of("*")));

    void run() throws Exception {
        data.prepare();
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
        var words = new ArrayList<>(List.of("--home", data.home().toString(), "--now", Calls.NOW.toString(), "search"));
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
        return List.of("sqlite3", "-json", data.rival().toString(), SqliteRival.sql(question.fts(), LIMIT));
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
}
