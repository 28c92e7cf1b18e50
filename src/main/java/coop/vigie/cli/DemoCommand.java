package coop.vigie.cli;

import coop.vigie.demo.Demo;
import coop.vigie.notice.VigieException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The whole way twice on sample sources, each step a command that the reader could type. */
@Command
final class DemoCommand implements Callable<Integer> {

    private static final List<String> READERS = List.of("anne@example.org", "bram@example.org", "chloe@example.com");

    private final Session session;

    @Option(names = "--keep", paramLabel = "DIR")
    private @Nullable Path keep;

    DemoCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Path home = home();
        Instant today = session.now();
        Instant tomorrow = today.plus(Duration.ofDays(1));
        session.terminal().out().println(session.words().text("demo.start", home));
        try (var demo = Demo.prepare(home, today)) {
            step(home, today, "demo.fetch", "fetch", "--all");
            step(home, today, "demo.search", "search", "*");
            step(
                    home,
                    today,
                    "demo.groups",
                    "group",
                    "import",
                    home.resolve("groups.yaml").toString(),
                    "--yes");
            step(home, today, "demo.preview", "digest", "preview", "--as", READERS.getFirst());
            List<Path> pages = pages(home, today);
            step(home, today, "demo.send", "digest", "send");
            demo.moveOn();
            step(home, tomorrow, "demo.again", "fetch", "--all");
            step(home, tomorrow, "demo.changed", "digest", "preview", "--as", READERS.getFirst());
            step(home, tomorrow, "demo.send-again", "digest", "send");
            step(home, tomorrow, "demo.status", "status");
            files(home, pages);
        }
        return ExitCode.DONE;
    }

    private Path home() {
        if (keep != null && Files.exists(keep.resolve("feeds.yaml"))) {
            throw new UsageException(session.words().text("demo.taken", keep));
        }
        try {
            return keep == null
                    ? Files.createTempDirectory("vigie-demo-")
                    : keep.toAbsolutePath().normalize();
        } catch (IOException failure) {
            throw new VigieException("no temporary folder could be made: " + failure, failure);
        }
    }

    private void step(Path home, Instant now, String title, String... words) {
        var out = session.terminal().out();
        out.println();
        out.println("== " + session.words().text(title));
        String shown = String.join(" ", words).replace(home.toString(), "DIR").replace("*", "'*'");
        out.println("   vigie " + shown);
        out.println();
        int code = run(session.terminal(), home, now, words);
        if (code == ExitCode.WRONG || code == ExitCode.IMPOSSIBLE) {
            throw new VigieException("the demo stopped: 'vigie " + shown + "' ended with exit code " + code);
        }
    }

    private int run(Terminal terminal, Path home, Instant now, String... words) {
        var arguments = new ArrayList<>(List.of(
                "--home",
                home.toString(),
                "--now",
                now.toString(),
                "--ui-lang",
                session.words().language()));
        arguments.addAll(List.of(words));
        return Main.run(terminal, session.environment(), arguments.toArray(String[]::new));
    }

    /** The HTML part of each reader's mail as a file to open in a browser. */
    private List<Path> pages(Path home, Instant now) {
        List<Path> pages = new ArrayList<>();
        for (String reader : READERS) {
            Path page = home.resolve("digest-" + reader.replaceFirst("@.*", "") + ".html");
            var bytes = new java.io.ByteArrayOutputStream();
            var stream = new java.io.PrintStream(bytes, true, java.nio.charset.StandardCharsets.UTF_8);
            var quiet = new Terminal(stream, session.terminal().err(), false, false, 100);
            run(quiet, home, now, "digest", "preview", "--as", reader, "--format", "html");
            try {
                Files.write(page, bytes.toByteArray());
            } catch (IOException failure) {
                throw new VigieException("could not write " + page + ": " + failure, failure);
            }
            pages.add(page);
        }
        return pages;
    }

    private void files(Path home, List<Path> pages) {
        var out = session.terminal().out();
        out.println();
        out.println("== " + session.words().text("demo.files"));
        pages.forEach(page -> out.println("   " + page));
        try (Stream<Path> mails = Files.list(home.resolve("data").resolve("outbox"))) {
            mails.filter(file -> file.toString().endsWith(".eml")).sorted().forEach(file -> out.println("   " + file));
        } catch (IOException failure) {
            throw new VigieException("could not list the outbox of " + home + ": " + failure, failure);
        }
        out.println();
        out.println(session.words().text("demo.next", home));
    }
}
