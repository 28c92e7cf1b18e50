package coop.vigie.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs commands as a shell without a terminal would, with both streams caught. */
final class Shell {

    static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

    /** What one command did. */
    record Ran(int code, String out, String err) {}

    private Shell() {}

    static Ran run(String... words) {
        return run(Map.of("VIGIE_NOW", NOW.toString(), "VIGIE_LANG", "en"), words);
    }

    static Ran run(Map<String, String> environment, String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var terminal = new Terminal(stream(out), stream(err), false, false, Terminal.UNLIMITED);
        int code = Main.run(terminal, environment, words);
        return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    static Ran at(Path home, String... words) {
        return run(Stream.concat(Stream.of("--home", home.toString()), Stream.of(words))
                .toArray(String[]::new));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    /** The names of everything below a folder. */
    static List<String> tree(Path folder) {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> folder.relativize(file).toString())
                    .filter(name -> !name.isEmpty())
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (String name : tree(from)) {
            Files.copy(from.resolve(name), to.resolve(name));
        }
    }
}
