package coop.vigie.cli;

import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints a completion script for a shell. */
@Command
final class CompletionCommand implements Callable<Integer> {

    /** The shells that we can complete for. */
    enum Shell {
        BASH,
        ZSH,
        FISH
    }

    private final Session session;

    @Parameters(paramLabel = "SHELL")
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private Shell shell;

    CompletionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        CommandLine root = Main.commandLine(session);
        session.terminal()
                .out()
                .print(
                        switch (shell) {
                            case BASH, ZSH -> AutoComplete.bash("vigie", root);
                            case FISH -> fish(root);
                        });
        return ExitCode.DONE;
    }

    private static String fish(CommandLine root) {
        String commands = root.getSubcommands().entrySet().stream()
                .filter(entry ->
                        !entry.getValue().getCommandSpec().usageMessage().hidden())
                .map(entry -> "complete -c vigie -f -n __fish_use_subcommand -a " + entry.getKey() + "\n"
                        + options(entry.getKey(), entry.getValue())
                        + entry.getValue().getSubcommands().entrySet().stream()
                                .map(verb -> "complete -c vigie -f -n '__fish_seen_subcommand_from " + entry.getKey()
                                        + "' -a " + verb.getKey() + "\n"
                                        + options(verb.getKey(), verb.getValue()))
                                .collect(Collectors.joining()))
                .collect(Collectors.joining());
        return "# vigie completion for fish\n" + commands;
    }

    private static String options(String name, CommandLine command) {
        return command.getCommandSpec().options().stream()
                .map(option -> "complete -c vigie -n '__fish_seen_subcommand_from " + name + "' -l "
                        + option.longestName().replaceFirst("^-+", "") + "\n")
                .collect(Collectors.joining());
    }
}
