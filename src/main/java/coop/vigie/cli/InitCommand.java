package coop.vigie.cli;

import coop.vigie.config.HomeFiles;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command
final class InitCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "DIR")
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private Path folder;

    InitCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        for (Path file : HomeFiles.create(folder)) {
            session.terminal().out().println(file);
        }
        session.say("init.next", folder);
        return ExitCode.DONE;
    }
}
