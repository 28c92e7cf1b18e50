package coop.vigie.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * Searches, for the launcher to train its class cache on. Reads the home and changes nothing. What others need
 * beyond that, such as the store, would make the cache, and so every start, slower.
 */
@Command(hidden = true)
final class WarmUpCommand implements Callable<Integer> {

    private final Session session;

    WarmUpCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        run("search", "*");
        run("search", "spectacle OR vertaling", "cpv:79*");
        run("search", "théâtre", "-architecture", "--why", "--format", "json");
        return ExitCode.DONE;
    }

    private void run(String... words) {
        var nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        var arguments = new ArrayList<>(List.of("--home", session.home().toString()));
        arguments.addAll(List.of(words));
        Main.run(
                new Terminal(nowhere, nowhere, false, false, 100),
                session.environment(),
                arguments.toArray(String[]::new));
    }
}
