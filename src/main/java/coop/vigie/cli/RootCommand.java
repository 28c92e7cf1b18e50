package coop.vigie.cli;

import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command itself: global options, and help when nothing else is asked. */
@Command(
        name = "vigie",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        exitCodeOnInvalidInput = ExitCode.WRONG,
        subcommandsRepeatable = false)
final class RootCommand implements Runnable {

    private final Session session;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    RootCommand(Session session) {
        this.session = session;
    }

    @Option(names = "--home", paramLabel = "DIR", scope = ScopeType.INHERIT, order = 90)
    void home(Path home) {
        session.home(home);
    }

    @Option(names = "--now", paramLabel = "INSTANT", scope = ScopeType.INHERIT, order = 91)
    void now(String now) {
        session.now(now);
        try {
            session.now();
        } catch (UsageException wrong) {
            throw new CommandLine.ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        }
    }

    @Option(names = "--ui-lang", paramLabel = "fr|nl|en", scope = ScopeType.INHERIT, order = 92)
    void language(String language) {
        if (!Words.LANGUAGES.contains(language)) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), session.words().text("error.language", language));
        }
        session.language(language);
    }

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            order = 93)
    void verbose(boolean verbose) {
        session.verbose(verbose);
    }

    @Override
    public void run() {
        spec.commandLine().usage(session.terminal().out());
    }
}
