package coop.vigie.cli;

import coop.vigie.demo.Demo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Does what the short commands do, on a scratch home, for the launcher to train its class cache on. */
@Command(hidden = true)
final class WarmUpCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "DIR")
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private Path scratch;

    WarmUpCommand(Session session) {
        this.session = session;
    }

    @Override
    @SuppressWarnings("try") // the server only has to be there
    public Integer call() {
        if (!isEmpty(scratch)) {
            throw new UsageException(session.words().text("demo.taken", scratch));
        }
        var nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        var silent = new Terminal(nowhere, nowhere, false, false, 100);
        try (var demo = Demo.prepare(scratch, session.now())) {
            run(silent, "fetch", "--all");
        }
        run(silent, "search", "*");
        run(silent, "search", "spectacle OR vertaling", "cpv:79*", "--why", "--format", "json");
        run(silent, "status");
        run(silent, "digest", "preview");
        run(silent, "--help");
        return ExitCode.DONE;
    }

    /** Only a folder made for it is used: never a home. */
    private static boolean isEmpty(Path folder) {
        try (Stream<Path> content = Files.list(folder)) {
            return content.findAny().isEmpty();
        } catch (NoSuchFileException missing) {
            return true;
        } catch (IOException unreadable) {
            return false;
        }
    }

    private void run(Terminal terminal, String... words) {
        var arguments = new ArrayList<>(List.of("--home", scratch.toString()));
        arguments.addAll(List.of(words));
        Main.run(terminal, session.environment(), arguments.toArray(String[]::new));
    }
}
