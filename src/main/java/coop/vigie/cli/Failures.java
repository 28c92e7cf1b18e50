package coop.vigie.cli;

import coop.vigie.backup.BackupException;
import coop.vigie.config.ConfigException;
import coop.vigie.config.HomeException;
import coop.vigie.group.ProfileException;
import coop.vigie.index.QuerySyntaxException;
import coop.vigie.notice.VigieException;
import coop.vigie.publish.PullException;
import coop.vigie.source.EntryException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Ends a failed command in one clear sentence on stderr and the right exit code; the stack trace comes with -v. */
final class Failures implements IExecutionExceptionHandler {

    private final Session session;

    Failures(Session session) {
        this.session = session;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult given) {
        var err = session.terminal().err();
        int code;
        switch (failure) {
            case ConfigException wrong -> {
                wrong.problems().forEach(err::println);
                code = ExitCode.WRONG;
            }
            case QuerySyntaxException wrong -> {
                err.println("vigie: " + wrong.render());
                code = ExitCode.WRONG;
            }
            case ProfileException wrong -> {
                wrong.problems().forEach(problem -> err.println("vigie: " + problem));
                code = ExitCode.WRONG;
            }
            case UsageException wrong -> {
                err.println("vigie: " + wrong.getMessage());
                code = ExitCode.WRONG;
            }
            case BackupException failed -> {
                err.println("vigie: " + failed.getMessage());
                code = failed.isInTheWay() ? ExitCode.WRONG : ExitCode.IMPOSSIBLE;
            }
            case HomeException taken -> {
                err.println("vigie: " + taken.getMessage());
                // Without a cause something is in the way; with one the disk refused.
                code = taken.getCause() == null ? ExitCode.WRONG : ExitCode.IMPOSSIBLE;
            }
            case EntryException wrong -> {
                err.println("vigie: " + wrong.getMessage());
                code = wrong.isOfTheDisk() ? ExitCode.IMPOSSIBLE : ExitCode.WRONG;
            }
            case PullException failed -> {
                err.println("vigie: "
                        + session.words()
                                .text("pull.failed." + failed.reason().code(), failed.where(), failed.detail()));
                failed.brought().ifPresent(soFar -> PullProgress.say(session, soFar));
                code = failed.reason().isUsage() ? ExitCode.WRONG : ExitCode.IMPOSSIBLE;
            }
            case VigieException known -> {
                err.println("vigie: " + known.getMessage());
                code = ExitCode.IMPOSSIBLE;
            }
            default -> {
                session.say("error.unexpected", failure);
                code = ExitCode.IMPOSSIBLE;
            }
        }
        if (session.verbose()) {
            failure.printStackTrace(err);
        }
        return code;
    }
}
