package coop.vigie.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A home in a folder, worked through the command line as a person would work it. */
public final class HomeInTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private String now;
    private Map<String, String> environment = Map.of();

    /** @param now an instant, for {@code --now} */
    public HomeInTest(Path folder, String now) {
        this.folder = folder;
        this.now = now;
    }

    /** How a command ended, and what it printed. */
    public record Ran(int code, String out, String err) {

        public JsonNode json() {
            try {
                return JSON.readTree(out);
            } catch (IOException failure) {
                throw new AssertionError("no JSON: " + out + err, failure);
            }
        }

        /** One line for each thing that failed, for assertion messages. */
        @Override
        public String toString() {
            return "exit code %d%n%s%n%s".formatted(code, out, err);
        }
    }

    public Path folder() {
        return folder;
    }

    /** The present moment, an instant. */
    public String now() {
        return now;
    }

    /** From now on it is that instant. */
    public HomeInTest at(String instant) {
        now = instant;
        return this;
    }

    /** From now on, commands see these variables. */
    public HomeInTest environment(Map<String, String> variables) {
        environment = Map.copyOf(variables);
        return this;
    }

    /** Writes {@code feeds.yaml} with these entries of {@code sources}. */
    public HomeInTest feeds(String... sources) {
        write("feeds.yaml", """
                contact: "https://vigie.example.org, vigie@example.org"
                defaults: { delay: 0s, timeout: 5s }
                sources:
                """ + String.join("", sources).indent(2));
        return this;
    }

    /** Writes {@code groups.yaml} and imports it. */
    public Ran groups(String... groups) {
        Path file = write("groups.yaml", "groups:\n" + String.join("", groups).indent(2));
        return run("group", "import", file.toString(), "--yes");
    }

    public Path write(String name, String text) {
        return write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    public Path write(String name, byte[] bytes) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.resolveSibling(""));
            return Files.write(file, bytes);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public Ran run(String... command) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false,
                200);
        List<String> arguments = new ArrayList<>(List.of("--home", folder.toString(), "--now", now));
        arguments.addAll(List.of(command));
        if (!arguments.contains("--ui-lang")) {
            arguments.addAll(0, List.of("--ui-lang", "en"));
        }
        int code = Main.run(terminal, environment, arguments.toArray(String[]::new));
        return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Every source, whether due or not. */
    public Ran fetch() {
        return run("fetch", "--all", "--format", "json");
    }

    /** What a reader at a terminal would find. */
    public JsonNode search(String... queryAndOptions) {
        List<String> command = new ArrayList<>(List.of("search", "--format", "json", "--limit", "5000"));
        command.addAll(List.of(queryAndOptions));
        return run(command.toArray(String[]::new)).json();
    }

    public Ran send() {
        return run("digest", "send", "--format", "json");
    }

    /** The messages that have been written, in the order of their names. */
    public List<Path> outbox() {
        Path outbox = folder.resolve("data/outbox");
        if (!Files.exists(outbox)) {
            return List.of();
        }
        try (var files = Files.walk(outbox)) {
            return files.filter(file -> file.toString().endsWith(".eml"))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
