package coop.vigie.cli;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Ends a wrong call in one clear sentence in the user's language, with the names near to what was mistyped. */
final class WrongUsage implements IParameterExceptionHandler {

    private final Session session;

    WrongUsage(Session session) {
        this.session = session;
    }

    @Override
    public int handleParseException(ParameterException wrong, String[] arguments) {
        PrintStream err = session.terminal().err();
        err.println("vigie: " + Listing.oneLine(sentence(wrong)));
        if (wrong instanceof UnmatchedArgumentException unmatched
                && !unmatched.getSuggestions().isEmpty()) {
            session.say(
                    "error.near", unmatched.getSuggestions().stream().limit(3).collect(Collectors.joining(", ")));
        }
        session.say("error.usage", wrong.getCommandLine().getCommandSpec().qualifiedName());
        return ExitCode.WRONG;
    }

    private String sentence(ParameterException wrong) {
        Words words = session.words();
        CommandLine command = wrong.getCommandLine();
        ArgSpec argument = wrong.getArgSpec();
        String value = wrong.getValue();
        return switch (wrong) {
            case UnmatchedArgumentException unmatched ->
                words.text(
                        unmatched.isUnknownOption()
                                ? "error.option"
                                : command.getSubcommands().isEmpty() ? "error.superfluous" : "error.command",
                        unmatched.getUnmatched().getFirst());
            case MissingParameterException missing ->
                words.text(
                        "error.missing",
                        missing.getMissing().stream().map(WrongUsage::name).collect(Collectors.joining(", ")));
            case OverwrittenOptionException twice -> words.text("error.twice", name(twice.getOverwritten()));
            default -> {
                if (argument != null && value != null) {
                    String choices = choices(argument);
                    yield choices.isEmpty()
                            ? words.text("error.value", name(argument), argument.paramLabel(), value)
                            : words.text("error.choice", name(argument), choices, value);
                }
                String message = String.valueOf(wrong.getMessage());
                // Nothing but its message tells that a verb is missing.
                yield message.startsWith("Missing required subcommand")
                        ? words.text(
                                "error.verb",
                                command.getCommandSpec().qualifiedName(),
                                String.join(", ", command.getSubcommands().keySet()))
                        : message;
            }
        };
    }

    /** The allowed values in lower case; empty if the argument takes anything of its type. */
    private static String choices(ArgSpec argument) {
        Class<?> type = argument.typeInfo().isMultiValue() ? argument.auxiliaryTypes()[0] : argument.type();
        return type.isEnum()
                ? Arrays.stream(type.getEnumConstants())
                        .map(each -> ((Enum<?>) each).name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "))
                : "";
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }
}
