package coop.vigie.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
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

    private static final Pattern VALUES = Pattern.compile("(?<=_args=\\()(?:\"[A-Z_]+\" ?)+(?=\\))");

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
                            case BASH, ZSH -> bash(root);
                            case FISH -> fish(root);
                        });
        return ExitCode.DONE;
    }

    /** With values as help and documentation write them, where picocli writes the names of constants. */
    private static String bash(CommandLine root) {
        return VALUES.matcher(AutoComplete.bash("vigie", root))
                .replaceAll(values -> Matcher.quoteReplacement(values.group().toLowerCase(Locale.ROOT)));
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
                        + option.longestName().replaceFirst("^-+", "") + values(option) + "\n")
                .collect(Collectors.joining());
    }

    /** The values that an option takes, if they are few. */
    private static String values(OptionSpec option) {
        Class<?> type = option.typeInfo().isMultiValue() ? option.auxiliaryTypes()[0] : option.type();
        return type.isEnum()
                ? Arrays.stream(type.getEnumConstants())
                        .map(each -> String.valueOf(each).toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(" ", " -x -a '", "'"))
                : "";
    }
}
