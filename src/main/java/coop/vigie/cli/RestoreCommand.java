package coop.vigie.cli;

import coop.vigie.Vigie;
import coop.vigie.backup.Manifest;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a new home of a backup. */
@Command
final class RestoreCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(index = "0", paramLabel = "BACKUP")
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private Path backup;

    @Parameters(index = "1", paramLabel = "DIR")
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private Path folder;

    @Option(names = "--format", paramLabel = "table|json")
    private BackupCommand.Form format = BackupCommand.Form.TABLE;

    RestoreCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Manifest restored;
        try (Vigie vigie = new Vigie(folder, session.now(), session.environment())) {
            restored = vigie.restore(backup);
        }
        if (format == BackupCommand.Form.JSON) {
            session.listing().json(BackupCommand.view(folder, restored));
        } else {
            session.terminal().out().println(folder);
        }
        session.say(
                "restore.done",
                folder,
                restored.rows("notice"),
                restored.rows("call"),
                restored.rows("working_group"),
                restored.rows("membership"),
                restored.made());
        if (!restored.hasMembers()) {
            session.say("restore.no-members");
        }
        return ExitCode.DONE;
    }
}
